import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { localPlatform } from '../support/emulator/local-platform.ts'
import { member, platformInputs } from '../support/runs/platform-inputs.ts'
import { writeRows } from './check-rows.ts'
import { CHECK_SCHEMA, checkRow } from './check-schema.ts'
import { alternate, type Line, ratioLine } from './line.ts'
import { openPlaces, type Places } from './open-places.ts'
import { publishBuilt, type PublishRun } from './publish-built.ts'
import type { Setting } from './setting.ts'

type Subject = {
  readonly name: string
  readonly most: number
  /** The maximum ratio of peak memory, of many to few. */
  readonly mostMemory: number
  readonly run: (count: number, places: Places) => Promise<PublishRun>
}

/** Compares the full number with a quarter of it: a higher cost for each would mean more than linear growth. */
const FEWER = 4
const MOST_EACH = 1.2

/** Rows with errors, files with errors, and rows that the platform rejected: how time and memory grow with their number. */
export async function manyFindings(setting: Setting): Promise<readonly Line[]> {
  const { sizes, bundle, signal } = setting
  const validate = (places: Places, glob: string) =>
    publishBuilt({ ...places, bundle, url: '', inputs: { ...VALIDATING, glob } }, signal)
  const subjects: readonly Subject[] = [
    {
      name: 'rows with errors',
      most: sizes.badRows,
      mostMemory: 1.2,
      run: async (count, places) => {
        await writeRows(join(places.workspace, 'rows.jsonl'), count, badLine)
        return await validate(places, '*.jsonl')
      },
    },
    {
      name: 'files with errors',
      most: sizes.badFiles,
      mostMemory: 2,
      run: async (count, places) => {
        await writeFiles(places.workspace, count)
        return await validate(places, '**/*.jsonl')
      },
    },
    {
      name: 'rejected rows, located',
      most: sizes.rejectedRows,
      mostMemory: 1.4,
      run: async (count, places) => {
        await using platform = await localPlatform()
        await writeRows(join(places.workspace, 'rows.jsonl'), 2 * count, memberLine)
        const inputs = { ...platformInputs(platform.url), ...REJECTING }
        return await publishBuilt({ ...places, bundle, url: platform.url, inputs }, signal)
      },
    },
  ]
  const lines: Line[] = []
  for (const subject of subjects) lines.push(...(await growth(subject, setting)))
  return lines
}

const VALIDATING = { dataset: '', mode: 'validate', 'schema-file': 'schema.json', validation: 'warn' }

/** The platform rejects half of the rows, which must not fail the job. */
const REJECTING = { glob: '*.jsonl', wait: 'true', 'error-threshold': '99', 'max-rejected-rows': '1000000' }

async function growth({ name, most, mostMemory, run }: Subject, { runs }: Setting): Promise<readonly Line[]> {
  const few = Math.ceil(most / FEWER)
  const fresh = async (count: number) => {
    await using places = await openPlaces()
    await writeFile(join(places.workspace, 'schema.json'), JSON.stringify(CHECK_SCHEMA))
    return await run(count, places)
  }
  const { ours, theirs } = await alternate(runs, { ours: () => fresh(most), theirs: () => fresh(few) })
  const what = `${most.toLocaleString('en-US')} ${name}`
  const against = few.toLocaleString('en-US')
  const each = (count: number) => (one: PublishRun) => (one.cpuMs * 1_000) / count
  return [
    ratioLine({
      what: `${what}: processor time for each`,
      against,
      unit: 'µs',
      ours: ours.map(each(most)),
      theirs: theirs.map(each(few)),
      target: { kind: 'at most', figure: MOST_EACH },
    }),
    ratioLine({
      what: `${what}: peak memory`,
      against,
      unit: 'MB',
      ours: ours.map(({ peakBytes }) => peakBytes / 1e6),
      theirs: theirs.map(({ peakBytes }) => peakBytes / 1e6),
      target: { kind: 'at most', figure: mostMemory },
    }),
  ]
}

/** A row with a value of the wrong type, and with an unknown field whose name no other row has. */
function badLine(number: number): string {
  const { person, ...row } = checkRow(number)
  return `${JSON.stringify({ ...row, person: { ...person, birthDate: 'unknown' }, [`extra${number}`]: 1 })}\n`
}

function memberLine(number: number): string {
  return member(`m${number}`, number % 2 === 0 ? {} : { points: 'many' })
}

const FILES_A_FOLDER = 500

async function writeFiles(workspace: string, count: number): Promise<void> {
  for (let number = 0; number < count; number++) {
    const path = join(workspace, `part-${Math.floor(number / FILES_A_FOLDER)}`, `${number}.jsonl`)
    if (number % FILES_A_FOLDER === 0) await mkdir(dirname(path))
    await writeFile(path, badLine(number))
  }
}
