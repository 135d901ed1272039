import { makeDataset } from '../../emulator/seed/make-dataset.ts'
import { seededCredential } from '../../emulator/seed.ts'
import { seededOrg } from '../../emulator/seed/ids.ts'
import type { LocalPlatform } from '../support/emulator/local-platform.ts'
import { datasets } from '../support/runs/platform-inputs.ts'
import type { Files, Keeping, Repository } from './repository.ts'
import { membersIn, PARTNERS, strangersPlatform } from './stranger.ts'

export type Landscape = AsyncDisposable & {
  readonly stage: LocalPlatform
  holding(files: Files): Repository
  /** Environment → ids of the members that its dataset holds. */
  members(): Promise<Readonly<Record<string, readonly string[]>>>
}

/** One platform with the sandboxes `dev` and `prod`. It knows no third one, so that of `stage` is on another platform. */
export async function threeEnvironments(): Promise<Landscape> {
  const [platform, stage] = [await strangersPlatform(), await strangersPlatform()]
  platform.emulator.addDataset(makeDataset(PARTNERS, { name: 'Loyalty members', sandbox: 'prod' }))
  const environments = { dev: keeping(platform, 'dev'), stage: keeping(stage, 'dev'), prod: keeping(platform, 'prod') }
  // What is not the same everywhere is nowhere but in the environments.
  const keeps = { platform, vars: { AEP_ORG_ID: seededOrg }, secrets: {} }
  return {
    stage,
    holding: (files) => ({ commits: { '': files }, keeps, environments }),
    members: async () => ({
      dev: await membersIn(platform, datasets.loyalty),
      stage: await membersIn(stage, datasets.loyalty),
      prod: await membersIn(platform, PARTNERS),
    }),
    [Symbol.asyncDispose]: async () => {
      await platform[Symbol.asyncDispose]()
      await stage[Symbol.asyncDispose]()
    },
  }
}

function keeping(platform: LocalPlatform, sandbox: string): Keeping {
  return {
    platform,
    vars: { AEP_SANDBOX: sandbox, AEP_CLIENT_ID: seededCredential.clientId },
    secrets: { AEP_CLIENT_SECRET: seededCredential.secrets[0] },
  }
}
