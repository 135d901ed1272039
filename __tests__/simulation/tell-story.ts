import { seededDatasetIds } from '../../src/emulator/seed/ids.ts'
import { defaultSettings, type Settings } from '../../src/emulator/settings.ts'
import { createChance, type Chance } from './chance.ts'
import { makeContents, type Contents, type Kind } from './contents.ts'
import { publicationOf, type Cut, type RunPlan, type Start, type Story, type Weather } from './story.ts'
import { drawVariants } from './variants.ts'

const WEATHERS: readonly [Weather, ...Weather[]] = [
  { name: 'calm', perAttempt: 0 },
  { name: 'breezy', perAttempt: 0.03 },
  { name: 'stormy', perAttempt: 0.14 },
]

/** Where a publication's files lie, and what it is called. */
type Stream = { readonly folder: string; readonly patterns: readonly [string, ...string[]]; readonly name: string }

/** What the runs of a story have in common. */
type Setting = {
  readonly chance: Chance
  readonly kind: Kind
  readonly streams: readonly [Stream, ...Stream[]]
  readonly versions: ReadonlyMap<string, readonly [Contents, ...Contents[]]>
  readonly manner: RunPlan['replaces']
}

export function tellStory(seed: number): Story {
  const chance = createChance(seed, 'story')
  const variants = drawVariants(createChance(seed, 'variants'), defaultSettings)
  const setting = drawSetting(seed, chance)
  const before = Array.from({ length: chance.whole(0, 3) }, (_, index) => drawEarlier(setting, index))
  const runs: RunPlan[] = []
  for (let index = chance.whole(1, 5); index > 0; index--) runs.push(drawRun(setting, runs, before.length))
  return {
    seed,
    settings: variants.settings,
    variants: variants.names,
    weather: chance.pick(WEATHERS),
    before,
    runs,
    consolidations: drawConsolidations(chance, variants.settings),
  }
}

/** A part that names a successor which the catalogue doesn't know yet would be a catalogue that contradicts itself. */
function drawConsolidations(chance: Chance, { catalogueLagMs }: Settings): readonly number[] {
  const times = [chance.magnitude(300, 60_000), chance.magnitude(3_000, 200_000)]
  return chance.happens(0.25) && catalogueLagMs.created === 0 ? times : []
}

export function datasetOf({ contents }: RunPlan): string {
  return contents.kind === 'csv' ? seededDatasetIds.products : seededDatasetIds.loyalty
}

function drawSetting(seed: number, chance: Chance): Setting {
  const kind = chance.pick<Kind>(['lines', 'lines', 'lines', 'array', 'csv'])
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
          badRows: hasBadRows && chance.happens(0.5) ? 1 : 0,
          weight,
        })
      return [folder, [make(1), make(2), make(3)] as const]
    }),
  )
  return { chance, kind, streams, versions, manner: chance.pick(['nothing', 'previous', 'previous', 'ids']) }
}

const CALM = { waits: true, ifUnchanged: 'skip', timeoutMinutes: 60, cut: { kind: 'none' } } as const

/** Of another publication, another repository, or an older run of this one. */
function drawEarlier(setting: Setting, index: number): RunPlan {
  const { chance } = setting
  const stream = chance.oneOf(setting.streams) ?? setting.streams[0]
  return {
    ...CALM,
    ...drawContent(setting, stream),
    repositoryId: chance.happens(0.3) ? '2002' : '1001',
    runId: 10 + index,
    attempt: 1,
    ref: chance.happens(0.1) ? 'refs/heads/side' : 'refs/heads/main',
    replaces: chance.happens(0.4) ? 'previous' : 'nothing',
    errorThreshold: 60,
    start: { kind: 'after', pauseMs: chance.magnitude(1_000, 86_400_000) },
  }
}

function drawRun(setting: Setting, earlier: readonly RunPlan[], olderRuns: number): RunPlan {
  const { chance } = setting
  const stream = chance.happens(0.75) ? setting.streams[0] : (setting.streams[1] ?? setting.streams[0])
  const fresh: RunPlan = {
    ...drawContent(setting, stream),
    repositoryId: '1001',
    runId: 100 + earlier.length,
    attempt: 1,
    ref: chance.happens(0.05) ? 'refs/heads/side' : 'refs/heads/main',
    replaces: chance.happens(0.85) ? setting.manner : chance.pick(['nothing', 'previous', 'ids']),
    ifUnchanged: chance.happens(0.15) ? 'publish' : 'skip',
    waits: chance.happens(0.88),
    errorThreshold: chance.pick([0, 0, 40, 100]),
    timeoutMinutes: chance.pick([60, 60, 60, 5, 0.3]),
    start: drawStart(chance),
    cut: drawCut(chance),
  }
  const again = chance.oneOf(earlier)
  if (earlier.length === 0 && olderRuns > 0 && chance.happens(0.15)) return aged(fresh)
  if (again === undefined || !chance.happens(0.35)) return fresh
  return rerun(fresh, again, { chance, earlier })
}

/** A run of long ago that is run again, beside newer ones. */
function aged(fresh: RunPlan): RunPlan {
  return { ...fresh, runId: 10, attempt: 2 }
}

type Rerunning = { readonly chance: Chance; readonly earlier: readonly RunPlan[] }

/** A run again: mostly with what it had; a checkout of a moved branch, or a step that makes its files, has other content. */
function rerun(fresh: RunPlan, again: RunPlan, { chance, earlier }: Rerunning): RunPlan {
  const attempts = earlier.filter(({ runId }) => runId === again.runId).map(({ attempt }) => attempt)
  const same = { ...again, start: { ...fresh.start, kind: 'after' as const }, cut: fresh.cut }
  const isOther = chance.happens(0.25) && publicationOf(fresh) === publicationOf(again)
  return { ...same, attempt: Math.max(...attempts) + 1, contents: isOther ? fresh.contents : again.contents }
}

function drawContent({ chance, versions }: Setting, { folder, patterns, name }: Stream) {
  const known = versions.get(folder)
  if (known === undefined) throw new Error(`no contents of ${folder}`)
  const pattern = chance.happens(0.1) ? (patterns[1] ?? patterns[0]) : patterns[0]
  return { contents: chance.pick([known[0], known[0], ...known]), pattern, publication: name }
}

function drawStart(chance: Chance): Start {
  if (chance.happens(0.35)) return { kind: 'with', pauseMs: chance.magnitude(1, 500) }
  if (chance.happens(0.35)) return { kind: 'with', pauseMs: chance.magnitude(100, 20_000) }
  return { kind: 'after', pauseMs: chance.magnitude(1, 600_000) }
}

function drawCut(chance: Chance): Cut {
  const kind = chance.pick<Cut['kind']>(['none', 'none', 'none', 'none', 'cancel', 'kill'])
  return kind === 'none' ? { kind } : { kind, afterMs: chance.magnitude(50, chance.pick([3_000, 40_000])) }
}
