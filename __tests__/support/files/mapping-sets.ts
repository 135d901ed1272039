/** A mapping of a mapping set; `kind` defaults to `ATTRIBUTE`. */
type WishedMapping = readonly [source: string, target: string, kind?: 'EXPRESSION' | 'STATIC']

/** The text of a mapping set. */
export function mappingSet(...mappings: readonly WishedMapping[]): string {
  const all = mappings.map(([source, destination, sourceType = 'ATTRIBUTE']) => ({ sourceType, source, destination }))
  return JSON.stringify({ mappings: all }, undefined, 1)
}

/** Maps the columns "Member No", "Birth date", "Points" and "Tier" to members of the seeded loyalty dataset. */
export const MEMBER_SET = mappingSet(
  ['Member No', '_emutenant.loyalty.loyaltyId'],
  ['date(${Birth date}, "dd/MM/yyyy")', 'person.birthDate', 'EXPRESSION'],
  ['Points', '_emutenant.loyalty.points'],
  ['lower(Tier)', '_emutenant.loyalty.tier', 'EXPRESSION'],
)

/** The record for a row with these columns, as a line. */
export function mappedMember([loyaltyId, birthDate, points, tier]: readonly [string, string, number, string]): string {
  return `${JSON.stringify({ _emutenant: { loyalty: { loyaltyId, points, tier } }, person: { birthDate } })}\n`
}
