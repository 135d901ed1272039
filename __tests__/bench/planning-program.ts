import { contextOf } from '../support/runs/context.ts'
import { PARQUET } from '../support/files/shapes.ts'
import { create } from '@actions/glob'
import { readFile } from 'node:fs/promises'
import { createMemory } from '../../src/github/left-behind.ts'
import { openWorkspace } from '../../src/github/workspace.ts'
import { discover, type FoundFile } from '../../src/files/discover.ts'
import { sentAs } from '../../src/files/mapping.ts'
import { plan } from '../../src/files/plan.ts'
import { BATCH_MOST } from '../../src/platform/limits.ts'
import type { CheckedFile } from '../../src/files/read.ts'

/** The output of this program. */
export type PlanningRun = { readonly ms: number; readonly files: number; readonly batches: number }

const READING = { dataset: 'd', sandbox: 'dev', format: 'parquet', upsert: false, options: {} } as const

/** `list` is a file with one pattern per line; no space follows the `!` of an exclude. */
async function main([side = '', workspace = '', temp = '', list = '']: readonly string[]): Promise<PlanningRun> {
  const patterns = (await readFile(list, 'utf8')).split('\n')
  const begun = performance.now()
  if (side === 'glob') {
    const lines = patterns.map((pattern) => pattern.replace(/^!?/, (mark) => `${mark}${workspace}/`))
    const found = await (await create(lines.join('\n'), { matchDirectories: false })).glob()
    return { ms: performance.now() - begun, files: found.length, batches: 0 }
  }
  await using opened = openWorkspace(
    { workspace, temp },
    createMemory<string>(() => undefined),
  )
  const log = { info: () => undefined, warning: () => undefined }
  const sought = { patterns, format: 'auto', replayPredecessors: { kind: 'nothing' } } as const
  const found = await discover(sought, contextOf({ workspace: opened, log }))
  const batches = plan(found.map(unread), READING, BATCH_MOST)
  return { ms: performance.now() - begun, files: found.length, batches: batches.length }
}

/** Treats the file as read, to measure the cost of planning without reading. */
function unread({ content, ...file }: FoundFile): CheckedFile {
  const read = { sourceBytes: content.size, sha256: '0'.repeat(64), rows: 1, isMultiLine: false, shape: PARQUET }
  return {
    ...file,
    ...read,
    ...sentAs(file, false),
    mapping: undefined,
    content,
    source: content,
    chunks: [],
    packing: 'alone',
  }
}

console.log(JSON.stringify(await main(process.argv.slice(2))))
