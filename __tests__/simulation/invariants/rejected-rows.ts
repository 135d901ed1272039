import { badRows, type Contents, publishedContents } from '../contents.ts'
import type { Played } from '../run-step.ts'
import { saidIn, type SaidRejected, type SaidRow } from '../said-rejected.ts'
import type { Invariant } from './reading.ts'

/** Where a report places a rejected row, the story has put a bad one: in the line of the bad value, where that is known. */
export const rejectedRowsAreWhereTheyStand: Invariant = ({ runs }) =>
  runs.flatMap((run) => {
    const wanted = placesOf(publishedContents(run.plan))
    return saidOfBatches(run).flatMap(({ rows }) => {
      const found = rows.filter(({ kind }) => kind === 'found')
      return Array.from(Map.groupBy(found, placeText)).flatMap(([place, said]) => {
        const count = wanted.filter((one) => one === place).length
        return said.length > count
          ? [`${run.name} says that ${said.length} rows were rejected at ${place}, where ${count} can be`]
          : []
      })
    })
  })

/** A report that says of itself that it knows all rejected rows has each of them, and its place. */
export const rejectedRowsAreAllThere: Invariant = ({ runs }) =>
  runs.flatMap((run) => {
    const bad = badRows(publishedContents(run.plan))
    return saidOfBatches(run)
      .filter(({ isWhole }) => isWhole)
      .flatMap(({ rows }) => {
        const found = rows.filter(({ kind }) => kind === 'found')
        return found.length === bad.length && rows.length === bad.length
          ? []
          : [`${run.name} says of ${bad.length} rejected rows where ${found.length} are, and that these are all`]
      })
  })

function saidOfBatches({ how, recording }: Played): readonly SaidRejected[] {
  return how === 'ended' ? saidIn(recording.kept.get('report.json') ?? '{}') : []
}

/** Two for each row: with the value, and where nobody knows which value is bad. */
function placesOf({ files }: Contents): readonly string[] {
  return files.flatMap(({ path: file, bad, lineOf }) =>
    bad.flatMap((id) => {
      const lines = lineOf.get(id)
      return [
        placeText({ file, line: lines?.value, pointer: '/_emutenant/loyalty/points' }),
        placeText({ file, line: lines?.row, pointer: '' }),
      ]
    }),
  )
}

function placeText({ file, line, pointer }: Pick<SaidRow, 'file' | 'line' | 'pointer'>): string {
  return `${file}:${line}${pointer}`
}
