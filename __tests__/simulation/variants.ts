import type { Settings } from '../../emulator/settings.ts'
import type { Chance } from './chance.ts'

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
