import { makeDataset } from '../../emulator/seed/make-dataset.ts'
import { seededCredential } from '../../emulator/seed.ts'
import { seededOrg } from '../../emulator/seed/ids.ts'
import { READY } from '../support/emulator/dataset-tags.ts'
import { localPlatform, type LocalPlatform } from '../support/emulator/local-platform.ts'
import type { Files, Repository } from './repository.ts'

/** The datasets that the examples name. */
export const MEMBERS = '5c8c3c555033b814b69f947f'
export const PARTNERS = '5c8c3c555033b814b69f9480'

/** A platform that has them, the first one enabled for profile updates. */
export async function strangersPlatform(): Promise<LocalPlatform> {
  const platform = await localPlatform({ staleReads: 0 })
  platform.emulator.addDataset(makeDataset(MEMBERS, { name: 'Members', tags: READY }))
  platform.emulator.addDataset(makeDataset(PARTNERS, { name: 'Partners' }))
  return platform
}

/** A repository that holds what the examples name, as the README advises, and these files. */
export function strangersRepository(platform: LocalPlatform, files: Files): Repository {
  return {
    commits: { '': files },
    keeps: { platform, vars: { AEP_ORG_ID: seededOrg, AEP_CLIENT_ID: seededCredential.clientId }, secrets: {} },
    // A job without this environment can't have the secret.
    environments: { dev: { platform, vars: {}, secrets: { AEP_CLIENT_SECRET: seededCredential.secrets[0] } } },
  }
}

/** Ids of the members in the active batches of a dataset, sorted. */
export async function membersIn({ emulator }: LocalPlatform, dataset: string): Promise<readonly string[]> {
  const rows = await emulator.datasetRows(dataset)
  return rows.map((row) => /"loyaltyId":"([^"]*)"/.exec(JSON.stringify(row))?.[1] ?? '').toSorted()
}
