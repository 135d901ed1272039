import { describe, expect, it } from 'vitest'
import { loyaltySchema } from '../../../emulator/seed/loyalty-schema.ts'
import { runStep } from '../../support/runs/in-memory-action.ts'
import { inMemoryPlatform } from '../../support/emulator/in-memory-platform.ts'
import { contentOf } from '../../support/files/members.ts'
import { type Asked, creations, outcome } from '../../support/runs/publishing-desk.ts'

const OTHER_ID = { $id: 'https://ns.adobe.com/emutenant/schemas/00000000000000000000000000000042' }
const nickname = { nickname: { type: 'string' } }
const wider = { ...loyaltySchema, properties: { ...loyaltySchema.properties, ...nickname } }

/** With a registry that refuses every question, where `isForbidden`. */
async function publishWith(stored: object, inputs: Asked = {}, isForbidden = false) {
  const platform = inMemoryPlatform()
  const effect = { kind: 'answer', status: 403, body: '{}' } as const
  if (isForbidden) platform.emulator.faults.add({ method: 'GET', path: '/**/schemaregistry/**', times: 0, effect })
  const run = await runStep(platform, {
    files: contentOf('a'),
    named: { 'stored.json': JSON.stringify(stored) },
    inputs: { validation: 'error', 'schema-file': 'stored.json', ...inputs },
  })
  return { ...run, platform }
}

describe('a stored schema that is not the one of the dataset', () => {
  const other = { ...wider, ...OTHER_ID }

  it('stops the run where rows that fit it would be changed, with each such field and the ids of schemas of one title', async () => {
    const run = await publishWith(other)
    expect([run.failed, outcome(run), creations(run.platform)], run.log).toEqual([true, 'failed', 0])
    expect(run.log).toContain(
      `Cannot validate: "stored.json" holds the schema "Loyalty Members" (https://ns.adobe.com/emutenant/schemas/00000000000000000000000000000042), which is not the schema of the dataset, "Loyalty Members" (${loyaltySchema.$id}). Rows that fit it can be rejected or changed at /nickname`,
    )
    expect(run.log).toContain('Remove "schema-file", or store the schema of this dataset with the command "schema".')
  })

  it.each(['plan', 'validate'])('fails a run with "mode: %s", too', async (mode) => {
    const run = await publishWith(other, { mode })
    expect([run.failed, outcome(run)], run.log).toEqual([true, 'failed'])
    expect(run.log).toContain('Rows that fit it can be rejected or changed at /nickname')
  })

  it('is a warning with "validation: warn"', async () => {
    const run = await publishWith(other, { validation: 'warn' })
    expect(outcome(run), run.log).toBe('published')
    expect(run.warnings).toEqual([expect.stringContaining('Rows that fit it can be rejected or changed at /nickname')])
  })

  it('is only told where it takes the same rows, as that of another sandbox does', async () => {
    const run = await publishWith({ ...loyaltySchema, ...OTHER_ID })
    expect([outcome(run), run.warnings], run.log).toEqual(['published', []])
    expect(run.log).toContain('which is not the schema of the dataset; rows that fit it fit both')
  })

  it('is a warning where the other one cannot be read', async () => {
    const run = await publishWith(other, {}, true)
    expect(outcome(run), run.log).toBe('published')
    expect(run.warnings).toEqual([expect.stringMatching(/the two were not compared: .*the answer was 403/)])
  })
})

describe('a stored schema of the dataset, or of which nobody knows, is taken as it is', () => {
  it.each([
    ['another version of it', wider],
    ['one that does not tell its class', { ...wider, 'meta:class': undefined, 'meta:extends': undefined }],
    ['one without an id', { ...wider, $id: undefined }],
  ])('%s', async (_, stored) => {
    const run = await publishWith(stored)
    expect([outcome(run), run.warnings], run.log).toEqual(['published', []])
    expect(run.log).not.toContain('not the schema of the dataset')
    const unreadable = await publishWith(stored, {}, true)
    expect([outcome(unreadable), unreadable.warnings], unreadable.log).toEqual(['published', []])
  })
})
