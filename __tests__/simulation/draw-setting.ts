import type { Settings } from '../../emulator/settings.ts'
import { type ContentWish, type Contents, type Kind, makeContents } from './contents.ts'
import { type Chance, type ProfileTags, type RunPlan, type StrangerAct, type Themes, createChance } from './story.ts'

type Variant = {
  readonly name: string
  readonly probability: number
  set(chance: Chance, before: Settings): Partial<Settings>
}

/** What no document settles, or what only some tenants do; each is drawn by itself. */
const VARIANTS: readonly Variant[] = [
  { name: 'lenient', probability: 0.4, set: () => ({ mode: 'lenient' }) },
  { name: 'dialect oas', probability: 0.25, set: () => ({ dialect: 'oas' }) },
  { name: 'dialect lab', probability: 0.2, set: () => ({ dialect: 'lab' }) },
  replay('replay ignored', 0.08, { honoured: false }),
  replay('second successor accepted', 0.4, { secondSuccessor: 'accepted' }),
  replay('predecessors of failed lost', 0.2, { predecessorsOfFailed: 'lost' }),
  replay('plain ids only', 0.2, { idStyles: ['plain'] }),
  replay('dollar ids only', 0.15, { idStyles: ['dollar'] }),
  replay('no id style', 0.05, { idStyles: [] }),
  { name: 'lag after create', probability: 0.25, set: (chance) => lag('created', chance) },
  { name: 'lag after COMPLETE', probability: 0.25, set: lagAfterComplete },
  {
    name: 'datasets listed late',
    probability: 0.3,
    set: (chance, before) => datasetLag({ listedMs: late(chance) }, before),
  },
  {
    name: 'datasets read late',
    probability: 0.15,
    set: (chance, before) => datasetLag({ readMs: late(chance) }, before),
  },
  {
    name: 'datasets read stale',
    probability: 0.3,
    set: (chance, before) => datasetLag({ staleReads: chance.whole(1, 3) }, before),
  },
  { name: 'short pages of schemas', probability: 0.3, set: (chance) => ({ schemasPerPage: chance.whole(1, 2) }) },
  { name: 'bare create answer', probability: 0.25, set: () => ({ createAnswer: 'without-tags-and-replay' }) },
  { name: 'stale reads', probability: 0.3, set: (chance) => ({ staleReads: chance.whole(0, 6) }) },
  { name: 'other status words', probability: 0.25, set: () => ({ statusWords: 'active-failure' }) },
  {
    name: 'other status case',
    probability: 0.3,
    set: (chance) => ({ statusCase: chance.pick(['capitalised', 'upper']) }),
  },
  { name: 'retrying', probability: 0.08, set: (chance) => hold('retrying', chance.magnitude(2_000, 300_000)) },
  { name: 'stalled', probability: 0.06, set: (chance) => hold('stalled', chance.magnitude(60_000, 1_800_000)) },
  { name: 'unknown status', probability: 0.06, set: (chance) => hold('reticulating', chance.magnitude(2_000, 60_000)) },
  { name: 'metrics missing', probability: 0.15, set: () => ({ metrics: 'missing' }) },
  { name: 'scalars in tags', probability: 0.2, set: () => ({ tags: 'scalars' }) },
  { name: 'slow promotion', probability: 0.4, set: (chance) => ({ stagingMs: chance.magnitude(1_000, 90_000) }) },
  { name: 'small PUT limit', probability: 0.15, set: () => ({ maxPutBytes: 300 }) },
  { name: 'short-lived tokens', probability: 0.15, set: (chance) => ({ tokenLifeSeconds: chance.whole(20, 300) }) },
]

export function drawVariants(chance: Chance, base: Settings): { settings: Settings; names: readonly string[] } {
  const drawn = VARIANTS.filter(({ probability }) => chance.happens(probability))
  const settings = drawn.reduce((before, variant) => ({ ...before, ...variant.set(chance, before) }), base)
  return { settings, names: drawn.map(({ name }) => name) }
}

function replay(name: string, probability: number, change: Partial<Settings['replay']>): Variant {
  return { name, probability, set: (_, before) => ({ replay: { ...before.replay, ...change } }) }
}

function hold(status: string, forMs: number): Partial<Settings> {
  return { hold: { status, forMs } }
}

function lag(what: 'created' | 'completed', chance: Chance, before = { created: 0, completed: 0 }): Partial<Settings> {
  return { catalogueLagMs: { ...before, [what]: chance.magnitude(200, 20_000) } }
}

function late(chance: Chance): number {
  return chance.magnitude(200, 8_000)
}

function datasetLag(change: Partial<Settings['datasetLag']>, before: Settings): Partial<Settings> {
  return { datasetLag: { ...before.datasetLag, ...change } }
}

function lagAfterComplete(chance: Chance, { catalogueLagMs }: Settings): Partial<Settings> {
  return lag('completed', chance, catalogueLagMs)
}

const ON = ['enabled:true']
const OFF = ['enabled:false']
const UPSERT = ['enabled:true', 'isUpsert:true']

/** What Profile may have been told of a dataset before, by whomever. */
const TAG_STATES: readonly [ProfileTags, ...ProfileTags[]] = [
  { unifiedProfile: ON, unifiedIdentity: ON },
  { unifiedProfile: ON, unifiedIdentity: ON },
  { unifiedProfile: [...ON, 'enabledAt:2024-11-05 12:33:59'], unifiedIdentity: ON },
  { unifiedProfile: ['enabled: true'], unifiedIdentity: ['enabled: true'] },
  { unifiedProfile: ON },
  {},
  { unifiedProfile: OFF, unifiedIdentity: OFF },
  { unifiedIdentity: ON },
  { unifiedProfile: UPSERT, unifiedIdentity: ON },
  { unifiedProfile: UPSERT },
]

function drawLegsTheme(chance: Chance): Pick<Themes, 'legs'> {
  return chance.happens(0.14) ? { legs: chance.pick(['legs', 'calls', 'calls', 'unproved', 'nested']) } : {}
}

export function drawThemes(seed: number, chance: Chance): Themes {
  const themes = drawMainThemes(seed, chance)
  const events = themes.reverts && themes.upsert === undefined && themes.creation === undefined
  const isPlain = !themes.reverts && themes.upsert === undefined && themes.creation === undefined && !themes.endless
  return {
    ...themes,
    events,
    profileRemoval: events && createChance(seed, 'profile removal').happens(0.5),
    relational: isPlain && createChance(seed, 'relational').happens(0.06),
  }
}

function drawMainThemes(seed: number, chance: Chance): Omit<Themes, 'events' | 'profileRemoval' | 'relational'> {
  return {
    ...(chance.happens(0.4) ? { upsert: chance.pick(TAG_STATES) } : {}),
    ...(chance.happens(0.28) ? { creation: `Members of story ${seed}` } : {}),
    namesakes: chance.happens(0.2),
    reverts: chance.happens(0.4),
    many: chance.happens(0.06),
    ...(chance.happens(0.16) ? { matrix: chance.pick([2, 2, 3, 4]) } : drawLegsTheme(createChance(seed, 'legs'))),
    endless: chance.happens(0.04),
    behind: chance.happens(0.12),
    ...drawHostile(createChance(seed, 'hostile')),
  }
}

/** Drawn by themselves, so that the stories about all else stay what they are. */
function drawHostile(chance: Chance): Pick<Themes, 'apart' | 'twice' | 'stateRoom' | 'several'> {
  const [apart, twice, isFull, several] = [0.08, 0.08, 0.08, 0.1].map((probability) => chance.happens(probability))
  return {
    apart: apart ?? false,
    twice: twice ?? false,
    ...(isFull ? { stateRoom: chance.magnitude(150, 4_000) } : {}),
    several: several ?? false,
  }
}

/** Whatever the dataset that is written to is: nobody asks others what they are about. */
export function drawStrangers({ upsert, creation }: Themes, chance: Chance): readonly StrangerAct[] {
  const afterMs = () => chance.magnitude(100, 60_000)
  const acts: StrangerAct[] = []
  if (chance.happens(upsert ? 0.5 : 0.1)) {
    acts.push({ kind: 'publishes', afterMs: afterMs(), uploadMs: chance.magnitude(10, 20_000) })
  }
  if (upsert && chance.happens(0.3)) acts.push({ kind: 'sets a tag', afterMs: afterMs(), value: 'stranger' })
  // Mostly while the first run is between its first look and COMPLETE.
  if (upsert && chance.happens(0.3)) acts.push({ kind: 'switches Profile on', afterMs: chance.magnitude(500, 8_000) })
  if (creation !== undefined && chance.happens(0.3)) acts.push({ kind: 'creates a namesake', afterMs: afterMs() })
  return acts
}

/** Where a publication's files lie, and what it is called. */
export type Stream = {
  readonly folder: string
  readonly patterns: readonly [string, ...string[]]
  readonly name: string
}

/** What the runs of a story have in common. */
export type Setting = {
  readonly chance: Chance
  readonly kind: Kind
  readonly streams: readonly [Stream, ...Stream[]]
  readonly versions: ReadonlyMap<string, readonly [Contents, ...Contents[]]>
  readonly manner: RunPlan['replaces']
  readonly themes: Themes
}

export function drawSetting(seed: number, chance: Chance, themes: Themes): Setting {
  const kind = drawKind(chance, themes)
  const isNamed = chance.happens(0.6)
  const stream = (region: string): Stream => ({
    folder: `data/${region}`,
    patterns: [`data/${region}/*`, `data/${region}/**`],
    name: isNamed ? region : '',
  })
  const streams = [stream('eu'), stream('us')] as const
  const weight = kind === 'lines' && chance.happens(0.03) ? 900_000 : 0
  const hasBadRows = chance.happens(0.25)
  const versions = new Map(
    streams.map(({ folder }) => {
      const make = (version: number) =>
        makeContents({
          name: `${folder.slice(-2)}${version}s${seed}`,
          folder,
          kind,
          files: chance.pick([1, 1, 2, 2, 3]),
          rowsPerFile: chance.whole(1, 5),
          badRows: hasBadRows && chance.happens(0.5) && kind !== 'csv' ? [{ file: 0, row: 0 }] : [],
          weight,
          ...drawNumbers(themes, createChance(seed, `${folder} ${version}`)),
        })
      return [folder, [make(1), make(2), make(3)] as const]
    }),
  )
  return { chance, kind, streams, versions, manner: chance.pick(['nothing', 'previous', 'previous', 'ids']), themes }
}

function drawKind(chance: Chance, { upsert, creation, many }: Themes): Kind {
  const drawn = chance.pick<Kind>(['lines', 'lines', 'lines', 'array', 'csv'])
  if (many) return 'many'
  // The schema of the CSV files has no identity, so that nothing of it concerns Profile.
  return drawn === 'csv' && (upsert || creation !== undefined) ? 'lines' : drawn
}

/** What else there is of files and bad rows where the story is about that; of two shards of many each is still many. */
function drawNumbers({ many, matrix }: Themes, chance: Chance): Partial<ContentWish> {
  if (!many) return matrix === undefined ? {} : { files: chance.whole(2, 7) }
  const files = matrix === 2 && chance.happens(0.5) ? 240 : chance.whole(101, 140)
  const rowsPerFile = chance.whole(1, 3)
  const badRows = Array.from({ length: chance.pick([0, 0, 1, 2, 5]) }, () => ({
    file: chance.whole(0, files - 1),
    row: chance.whole(0, rowsPerFile - 1),
  }))
  return { files, rowsPerFile, badRows, weight: 0 }
}
