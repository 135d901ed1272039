import { describe, expect, it } from 'vitest'
import { loyaltySchema } from '../../../emulator/seed/loyalty-schema.ts'
import { runStep } from '../../support/runs/in-memory-action.ts'
import { inMemoryPlatform } from '../../support/emulator/in-memory-platform.ts'
import { contentOf } from '../../support/files/members.ts'
import { type Asked, outcome } from '../../support/runs/publishing-desk.ts'

const BY_STORED = 'the rows are validated by "schema-file" alone'

async function validateStored(inputs: Asked) {
  return await runStep(inMemoryPlatform(), {
    files: contentOf('a'),
    named: { 'stored.json': JSON.stringify(loyaltySchema) },
    inputs: { mode: 'validate', validation: 'error', 'schema-file': 'stored.json', ...inputs },
  })
}

describe('"dataset" beside "schema-file" in "mode: validate"', () => {
  it('is looked up with a connection', async () => {
    const run = await validateStored({})
    expect([outcome(run), run.warnings], run.log).toEqual(['validated', []])
    expect(run.log).toMatch(/Dataset "[^"]+" \([0-9a-f]{24}\) in sandbox/)
    expect(run.log).not.toContain(BY_STORED)
  })

  it('that does not exist is a warning', async () => {
    const run = await validateStored({ dataset: 'Loyalty Membres' })
    expect(outcome(run), run.log).toBe('validated')
    expect(run.warnings).toEqual([expect.stringContaining(`"dataset" was not found: ${BY_STORED}. `)])
    expect(run.warnings[0]).toContain('"Loyalty Membres"')
  })

  it('is not looked up without a connection, which the log tells', async () => {
    const run = await validateStored({ sandbox: '', 'org-id': '', 'client-secret': '', 'client-id': '' })
    expect([outcome(run), run.warnings], run.log).toEqual(['validated', []])
    expect(run.log).toContain(`"dataset" is not looked up, because the connection is incomplete: ${BY_STORED}`)
  })

  it('that is not given is not mentioned', async () => {
    const run = await validateStored({ dataset: '' })
    expect([outcome(run), run.warnings], run.log).toEqual(['validated', []])
    expect(run.log).not.toContain('"dataset"')
  })
})
