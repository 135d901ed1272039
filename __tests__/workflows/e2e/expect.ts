// Holds what became of a step, and what the local platform saw of it, against what should have:
//   STEP='{"outcome":"success","outputs":{…}}' PLATFORM_URL=http://… node expect.ts published
import assert from 'node:assert/strict'

type Expected = {
  /** How the step ended. */
  readonly step: 'success' | 'failure'
  readonly outputs: Readonly<Record<string, string>>
  /** Where the batches at the platform stand; one that is open would be `loading`. */
  readonly stages: readonly string[]
  /** In the dataset. */
  readonly rows: number
}

const SITUATIONS: Readonly<Record<string, Expected>> = {
  published: {
    step: 'success',
    outputs: { outcome: 'published', status: 'success', 'file-count': '2', 'records-written': '50' },
    stages: ['success'],
    rows: 50,
  },
  skipped: { step: 'success', outputs: { outcome: 'skipped', status: 'success' }, stages: ['success'], rows: 50 },
  failed: { step: 'failure', outputs: { outcome: 'failed', status: 'failed' }, stages: ['failed'], rows: 0 },
  cancelled: { step: 'failure', outputs: { outcome: 'cancelled', status: 'aborted' }, stages: ['aborted'], rows: 0 },
}

const situation = process.argv[2] ?? ''
const expected = SITUATIONS[situation]
assert.ok(expected, `"${situation}" is none of ${Object.keys(SITUATIONS).join(', ')}`)

const step = JSON.parse(process.env['STEP'] ?? '') as Pick<Expected, 'outputs'> & { readonly outcome: string }
assert.equal(step.outcome, expected.step, 'how the step ended')
for (const [name, value] of Object.entries(expected.outputs)) assert.equal(step.outputs[name], value, `output ${name}`)

const batches = (await look('batches')) as readonly { readonly id: string; readonly stage: string }[]
assert.deepEqual(
  Array.from(batches, ({ stage }) => stage),
  expected.stages,
  'where the batches stand',
)
assert.equal(step.outputs['batch-id'], batches[0]?.id, 'the output names the batch')
const rows = (await look(`datasets/${process.env['DATASET']}/rows`)) as readonly unknown[]
assert.equal(rows.length, expected.rows, 'rows in the dataset')
console.log(`${situation}: as it should be`)

async function look(at: string): Promise<unknown> {
  return await (await fetch(`${process.env['PLATFORM_URL']}/_emulator/${at}`)).json()
}
