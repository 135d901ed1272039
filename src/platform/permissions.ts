/** What to do if a role lacks the permission for one kind of request ("Access control overview"). */

export const VIEW_SCHEMAS =
  'Check that the credential has a role with this sandbox and the permission "View Schemas", and that no access label denies access to the schema.'

export const VIEW_SOURCES =
  'Check that "sandbox" names the right one. Adobe names no permission for mapping sets: try a role with "View Sources".'
