import { createEmulator, type Emulator } from '../../emulator/emulator.ts'
import { seededDatasetIds } from '../../emulator/seed/ids.ts'
import { loyaltySchema } from '../../emulator/seed/loyalty-schema.ts'
import { productsSchema } from '../../emulator/seed/products-schema.ts'
import { memoryStorage } from '../../emulator/uploads/storage.ts'
import type { ClosableTransport } from '../../src/platform/http/transport.ts'
import { createChance, type Story } from './story.ts'
import { otherTagsIn } from './truth.ts'
import { createVirtualTime, type VirtualTime } from './virtual-time.ts'
import type { Deed } from './witness.ts'

/** Makes the network lie, to see that somebody notices. */
export type Tamper = (line: ClosableTransport) => ClosableTransport

/** What everyone in a story shares. */
export type Stage = {
  readonly story: Story
  readonly time: VirtualTime
  readonly emulator: Emulator
  readonly tamper: Tamper
  readonly deeds: Deed[]
  /** The whole story, line by line. */
  readonly transcript: string[]
  /** How often each thing happened. */
  readonly tally: Map<string, number>
  note(who: string, text: string): void
  count(what: string): void
}

const START_MS = 1_800_000_000_000

export function setStage(story: Story, tamper: Tamper = (line) => line): Stage {
  const time = createVirtualTime(START_MS)
  const chance = createChance(story.seed, 'platform')
  const emulator = createEmulator({
    clock: { now: () => time.now() },
    random: () => chance.next(),
    storage: memoryStorage(),
    publicUrl: 'https://platform.adobe.io',
    settings: story.settings,
    wait: (ms) => time.sleep(ms),
  })
  dress(emulator, story)
  const transcript: string[] = []
  const tally = new Map<string, number>()
  return {
    story,
    time,
    emulator,
    tamper,
    deeds: [],
    transcript,
    tally,
    note: (who, text) =>
      void transcript.push(`${((time.now() - START_MS) / 1000).toFixed(3).padStart(10)} ${who} ${text}`),
    count: (what) => void tally.set(what, (tally.get(what) ?? 0) + 1),
  }
}

/** Rows of the same fields, that count as events: only those can be taken out of Profile by their batch. */
const EVENTS_IN_ITS_PLACE = {
  ...loyaltySchema,
  'meta:extends': [...loyaltySchema['meta:extends'], 'https://ns.adobe.com/xdm/data/time-series'],
}

/** Every dataset of members and products becomes one, and the platform would take batches into it. */
function makeRelational(emulator: Emulator): void {
  emulator.change({ relationalBatches: 'accepted' })
  for (const schema of [loyaltySchema, productsSchema]) {
    emulator.addSchema({ ...schema, 'meta:extends': ['https://ns.adobe.com/xdm/data/adhoc-v2'] })
    const [field = ''] = Object.keys(schema.properties)
    const about = { 'xdm:sourceSchema': schema.$id, 'xdm:sourceProperty': `/${field}` }
    for (const type of ['PrimaryKey', 'Version'])
      emulator.addDescriptor({ ...about, '@id': `${type} of ${schema.title}`, '@type': `xdm:descriptor${type}` })
  }
}

/** Sets the two tags of the dataset, and gives it one that is nobody's business. */
function dress(emulator: Emulator, { themes }: Story): void {
  const { creation: name } = themes
  if (name !== undefined && themes.namesakes) emulator.addDatasets([{ name }, { name }])
  if (themes.relational) makeRelational(emulator)
  if (themes.events) emulator.addSchema(EVENTS_IN_ITS_PLACE)
  const { id, sandbox, record } = emulator.datasets().find((dataset) => dataset.id === seededDatasetIds.loyalty) ?? {}
  // The dataset is enabled for Profile as it is seeded.
  if (themes.upsert === undefined || id === undefined || sandbox === undefined) return
  const tags = { ...otherTagsIn(record), team: ['data'], ...themes.upsert }
  emulator.addDataset({ id, sandbox, record: { ...record, tags } })
}
