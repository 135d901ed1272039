const text = { type: 'string', 'meta:xdmType': 'string' }

/** A schema in the registry's form (`xed-full`) that needs no conversions, so that ajv can use it, too. */
export const CHECK_SCHEMA = {
  $id: 'https://ns.adobe.com/acme/schemas/bench',
  title: 'Benchmark',
  type: 'object',
  'meta:class': 'https://ns.adobe.com/xdm/context/profile',
  'meta:xdmType': 'object',
  properties: {
    _id: text,
    person: object({
      birthDate: { type: 'string', format: 'date', 'meta:xdmType': 'date' },
      name: object({ firstName: text, lastName: text }),
    }),
    _acme: object({
      loyalty: {
        ...object({
          loyaltyId: { ...text, minLength: 1 },
          tier: { ...text, enum: ['silver', 'gold'] },
          points: { type: 'integer', minimum: -2147483648, maximum: 2147483647, 'meta:xdmType': 'int' },
          discount: { type: 'number', 'meta:xdmType': 'number' },
          newsletter: { type: 'boolean', 'meta:xdmType': 'boolean' },
          memberSince: { type: 'string', format: 'date-time', 'meta:xdmType': 'date-time' },
          tags: { type: 'array', items: text, 'meta:xdmType': 'array' },
          attributes: { type: 'object', additionalProperties: text, 'meta:xdmType': 'map' },
        }),
        required: ['loyaltyId'],
      },
    }),
  },
}

export function checkRow(number: number) {
  return {
    _id: `m${number}`,
    person: { birthDate: '1984-05-06', name: { firstName: 'Renée', lastName: 'Ångström' } },
    _acme: {
      loyalty: {
        loyaltyId: `L${String(number).padStart(7, '0')}`,
        tier: number % 3 === 0 ? 'gold' : 'silver',
        points: number % 50_000,
        discount: 0.125,
        newsletter: number % 2 === 0,
        memberSince: '2021-03-04T05:06:07Z',
        tags: ['north', 'early bird', 'ünïcödé'],
        attributes: { note: 'Prefers a call in the morning', shop: `S${number % 100}` },
      },
    },
  }
}

function object(properties: Readonly<Record<string, object>>) {
  return { type: 'object', 'meta:xdmType': 'object', properties }
}

const COLUMNS = ['id', 'firstName', 'lastName', 'birthDate', 'points', 'tier', 'note'] as const

/** A flat ad-hoc schema, as CSV needs. */
export const FLAT_SCHEMA = {
  $id: 'https://ns.adobe.com/acme/schemas/flat',
  title: 'Flat benchmark',
  type: 'object',
  'meta:xdmType': 'object',
  properties: Object.fromEntries(COLUMNS.map((name) => [name, text])),
}

export const FLAT_HEADER: readonly string[] = COLUMNS

export function flatRow(number: number): string {
  const note = number % 10 === 0 ? '"Calls, in the ""morning"""' : 'none'
  return `m${number},"Renée",Ångström,1984-05-06,${number % 50_000},silver,${note}\n`
}
