import { createChance, type Chance } from './chance.ts'
import { makeContents, type Contents, type ContentWish, type Kind } from './contents.ts'
import type { RunPlan, Themes } from './story.ts'

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
