import type { Emulator } from '../../emulator/emulator.ts'
import { isReady, profileTagsIn } from './truth.ts'
import type { ProfileTags } from './story.ts'
import type { VirtualTime } from './virtual-time.ts'

/** What somebody did to the platform, whatever was answered. */
export type Deed = { readonly who: string; readonly atMs: number } & (
  | { readonly kind: 'changes a dataset'; readonly dataset: string; readonly tags: ProfileTags }
  | { readonly kind: 'reads a dataset'; readonly dataset: string }
  | { readonly kind: 'completes'; readonly batch: string; readonly isReadyForUpsert: boolean }
  | { readonly kind: 'reverts'; readonly batch: string }
)

export type Witness = { readonly emulator: Emulator; readonly time: VirtualTime; readonly deeds: Deed[] }

type Request = { readonly method: string; readonly target: string; readonly who: string }

/** Lets a request act, and notes what it has changed. */
export async function witness<T>({ method, target, who }: Request, act: () => Promise<T>, on: Witness): Promise<T> {
  const [, dataset] = /\/dataSets\/(\w+)(?:\?|$)/.exec(target) ?? []
  const [, batch, action] = /\/batches\/(\w+)\?action=(COMPLETE|REVERT)$/.exec(target) ?? []
  const note = (deed: Omitted) => on.deeds.push({ who, atMs: on.time.now(), ...deed })
  if (batch !== undefined) return await witnessAction({ batch, action }, act, { ...on, note })
  const before = dataset === undefined ? undefined : on.emulator.dataset(dataset)
  const result = await act()
  if (dataset === undefined) return result
  if (method === 'GET') note({ kind: 'reads a dataset', dataset })
  const after = on.emulator.dataset(dataset)
  if (after !== before) note({ kind: 'changes a dataset', dataset, tags: profileTagsIn(after) })
  return result
}

type Omitted = Deed extends infer One ? (One extends unknown ? Omit<One, 'who' | 'atMs'> : never) : never

type Action = { readonly batch: string; readonly action: string | undefined }

async function witnessAction<T>(
  { batch, action }: Action,
  act: () => Promise<T>,
  { emulator, note }: Witness & { readonly note: (deed: Omitted) => void },
): Promise<T> {
  const look = async () => (await emulator.batches()).find(({ id }) => id === batch)
  const before = await look()
  const result = await act()
  const after = await look()
  if (after === undefined || before?.stage === after.stage) return result
  if (action === 'REVERT') note({ kind: 'reverts', batch })
  const tags = profileTagsIn(emulator.dataset(after.datasetId))
  if (before?.stage === 'loading') note({ kind: 'completes', batch, isReadyForUpsert: isReady(tags) })
  return result
}
