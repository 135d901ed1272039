import { seededDatasetIds, seededOrg } from '../../../emulator/seed/ids.ts'
import { seededCredential } from '../../../emulator/seed.ts'

export { seededDatasetIds as datasets }

export const SECRET = seededCredential.secrets[0]

/**
 * The inputs that connect to an emulator, with a short wait. A scenario adds or replaces the inputs under test. Validation
 * is off, so that invalid rows reach the platform.
 */
export function platformInputs(url: string): Record<string, string> {
  return {
    dataset: seededDatasetIds.loyalty,
    glob: 'data/*.jsonl',
    'client-id': seededCredential.clientId,
    validation: 'off',
    'client-secret': SECRET,
    'org-id': seededOrg,
    sandbox: 'dev',
    'platform-url': url,
    'ims-url': url,
    'poll-interval-seconds': '0.05',
    'timeout-minutes': '1',
  }
}

/** One valid record of the seeded loyalty dataset, as a line of JSON Lines. */
export function member(id: string, more: Readonly<Record<string, unknown>> = {}): string {
  return `${JSON.stringify({ _emutenant: { loyalty: { loyaltyId: id, ...more } } })}\n`
}
