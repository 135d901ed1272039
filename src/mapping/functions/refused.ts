const FPID = "Adobe's algorithm is not public, and a wrong ECID would merge strangers"
const AGENT = 'Data Prep parses user agents with a Java library, and other parsers disagree on half of them'
const ANALYTICS = 'it only works in Web SDK and Adobe Analytics flows'
const DESTINATION = 'it only works in destinations'

/** Documented functions that the action recognizes but does not support, each with the reason and an alternative. */
export const REFUSED_FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ['fpid_to_ecid', FPID],
  ...[
    'ua_os_name',
    'ua_os_version_major',
    'ua_os_version',
    'ua_os_name_version',
    'ua_agent_version',
    'ua_agent_version_major',
    'ua_agent_name',
    'ua_device_class',
  ].map((name) => [name, AGENT] as const),
  ...[
    'aa_get_event_id',
    'aa_get_event_value',
    'aa_get_product_categories',
    'aa_get_product_names',
    'aa_get_product_quantity',
    'aa_get_product_quantities',
    'aa_get_product_prices',
    'aa_get_product_event_values',
    'aa_get_product_evars',
    'aa_get_product_events',
    'aa_get_product_event_ids',
  ].map((name) => [name, ANALYTICS] as const),
  ['array_to_string', `${DESTINATION}: use join()`],
  ['filterArray', DESTINATION],
  ['transformArray', DESTINATION],
  ['flattenArray', DESTINATION],
  ['current_date', 'use format(now(), "dd-MMM-yyyy")'],
])
