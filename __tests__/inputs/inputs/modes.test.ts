import { describe, expect, it } from 'vitest'
import { faultsOf, inputsOf, LEAST } from './given.ts'

const BATCH = '01M818CT8W51BJK6Z6REW345AQ'
const LOYALTY = { kind: 'id', id: LEAST['dataset'] }

describe('a publish', () => {
  it('is what happens when no mode is given', () => {
    expect(inputsOf({}).mode).toBe('publish')
  })

  it('may have a name, which keeps its inner blanks and takes any letters', () => {
    expect(inputsOf({ publication: '  Mitglieder für "EU" 😀 ' }).publication).toBe('Mitglieder für "EU" 😀')
    expect(inputsOf({ publication: 'x'.repeat(160) }).publication).toHaveLength(160)
  })

  it('may take the place of the publish before, or of batches by their ids', () => {
    expect(inputsOf({ 'replay-predecessors': 'previous' }).replayPredecessors).toEqual({ kind: 'previous' })
    expect(inputsOf({ 'replay-predecessors': BATCH }).replayPredecessors).toEqual({ kind: 'ids', ids: [BATCH] })
  })

  it('may send again what has not changed', () => {
    expect(inputsOf({ 'if-unchanged': 'publish' }).ifUnchanged).toBe('publish')
  })

  it('needs patterns', () => {
    expect(faultsOf({ glob: '' })).toEqual(['- "glob" is missing; allowed: a value, which "mode: publish" requires'])
  })

  it('is not about a batch', () => {
    expect(faultsOf({ 'batch-id': BATCH })).toEqual([
      '- "batch-id" is given; allowed: only with "mode: revert", "mode: resume" and "mode: abort"',
    ])
  })
})

describe.each(['revert', 'resume', 'abort'] as const)('mode: %s', (mode) => {
  it('is about one batch, and needs no patterns', () => {
    expect(inputsOf({ mode, 'batch-id': BATCH, glob: '' })).toMatchObject({ mode, batchId: BATCH, patterns: [] })
  })

  it('needs that batch', () => {
    expect(faultsOf({ mode })).toEqual([`- "batch-id" is missing; allowed: a value, which "mode: ${mode}" requires`])
  })

  it.each([`${BATCH}, ${BATCH}`, '../batches', 'x'.repeat(65)])('takes the id of one batch, and not %j', (text) => {
    expect(faultsOf({ mode, 'batch-id': text })).toEqual([expect.stringContaining('allowed: the id of one batch')])
  })

  it('needs dataset, sandbox and connection like any other', () => {
    const given = { mode, 'batch-id': BATCH, dataset: '', sandbox: '', 'client-secret': '' }
    expect(faultsOf(given).map((line) => /"(.*?)"/.exec(line)?.[1])).toEqual(['dataset', 'sandbox', 'client-secret'])
  })
})

describe('mode: doctor', () => {
  const mode = 'doctor'

  it('needs the connection, and neither a dataset nor patterns', () => {
    expect(inputsOf({ mode, dataset: '', glob: '' })).toMatchObject({ mode, patterns: [] })
    expect(faultsOf({ mode, sandbox: '' })).toEqual([expect.stringMatching(/^- "sandbox" is missing/)])
  })

  it('does not let an invalid input of another mode pass, although it has no use for it', () => {
    const given = { mode, 'error-threshold': '5%', 'batch-id': BATCH }
    expect(faultsOf(given).map((line) => /"(.*?)"/.exec(line)?.[1])).toEqual(['error-threshold', 'batch-id'])
  })
})

describe('the last publish of a publication', () => {
  const previous = { 'batch-id': 'previous' }

  it.each([
    ['its name', { publication: 'members', glob: '' }],
    ['its patterns', { glob: 'data/*.json' }],
  ])('is reverted where %s tells which', (_, more) => {
    expect(inputsOf({ mode: 'revert', ...previous, ...more })).toMatchObject({ mode: 'revert', batchId: 'previous' })
  })

  it('is not known where nothing tells which', () => {
    expect(faultsOf({ mode: 'revert', ...previous, glob: '' })).toEqual([
      '- "publication" and "glob" are both missing; allowed: one of them, to tell which publication "batch-id: previous" means',
    ])
  })

  it.each(['resume', 'abort'])('is nothing that mode: %s can be about', (mode) => {
    expect(faultsOf({ mode, ...previous })).toEqual(['- "batch-id" is "previous"; allowed: only with "mode: revert"'])
  })
})

describe('mode: resume', () => {
  it('waits, so it cannot be told not to', () => {
    expect(faultsOf({ mode: 'resume', 'batch-id': BATCH, wait: 'false' })).toEqual([
      '- "wait" is "false"; allowed: "true" with "mode: resume", which only waits',
    ])
  })
})

describe('mode: validate', () => {
  const mode = 'validate'

  it('reads the schema of a dataset, and needs a connection for that', () => {
    expect(inputsOf({ mode })).toMatchObject({ mode, dataset: LOYALTY, schemaFile: '' })
    const nothing = Object.fromEntries(Object.keys(LEAST).map((name) => [name, '']))
    const missing = faultsOf({ mode, ...nothing, glob: 'data/*.json' }).map((line) => /"(.*?)"/.exec(line)?.[1])
    expect(missing).toEqual(['schema-file', 'dataset', 'client-id', 'org-id', 'sandbox', 'client-secret'])
  })

  it('asks for a schema-file first, where there is no dataset either', () => {
    const [first] = faultsOf({ mode, dataset: '', sandbox: '' })
    expect(first).toContain('"schema-file" is missing; allowed: the path of a stored schema')
    expect(faultsOf({ mode, sandbox: '' })).toEqual([expect.stringContaining('"sandbox" is missing')])
  })

  it('needs patterns, and is not about a batch', () => {
    expect(faultsOf({ mode, glob: '', 'batch-id': BATCH })).toEqual([
      '- "glob" is missing; allowed: a value, which "mode: validate" requires',
      '- "batch-id" is given; allowed: only with "mode: revert", "mode: resume" and "mode: abort"',
    ])
  })
})

describe('mode: validate with a schema-file', () => {
  const offline = { mode: 'validate', 'schema-file': 'schemas/members.json' }
  const unconnected = Object.fromEntries(Object.keys(LEAST).map((name) => [name, name === 'glob' ? 'data/*.json' : '']))

  it('needs neither dataset nor credentials', () => {
    const inputs = inputsOf({ ...unconnected, ...offline })
    expect(inputs).toMatchObject({
      mode: 'validate',
      schemaFile: 'schemas/members.json',
      dataset: { kind: 'name', name: '' },
      sandbox: '',
    })
  })

  it('may have them all the same', () => {
    expect(inputsOf(offline)).toMatchObject({ dataset: LOYALTY, sandbox: 'dev' })
  })

  it('still refuses what is wrong among them', () => {
    expect(faultsOf({ ...unconnected, ...offline, dataset: '5c\t8c', sandbox: 'Dev' })).toEqual([
      expect.stringContaining('"dataset" is "5c\\t8c"'),
      expect.stringContaining('"sandbox" is "Dev"'),
    ])
    expect(faultsOf({ ...offline, 'access-token': 'eyJ.a-b_c' })).toEqual([
      '- "client-secret" and "access-token" are both given; allowed: one of them',
    ])
  })

  it('is what "mode: validate" asks for first where there is no dataset', () => {
    const [first, ...others] = faultsOf({ ...unconnected, mode: 'validate' })
    expect(first).toContain('"schema-file" is missing; allowed: the path of a stored schema')
    expect(others.map((line) => /"(.*?)"/.exec(line)?.[1])).toContain('dataset')
    expect(faultsOf({ ...LEAST, mode: 'validate', sandbox: '' })).toEqual([
      expect.stringContaining('"sandbox" is missing'),
    ])
  })

  it('needs patterns', () => {
    expect(faultsOf({ ...unconnected, ...offline, glob: '' })).toEqual([
      '- "glob" is missing; allowed: a value, which "mode: validate" requires',
    ])
  })

  it.each(['publish', 'revert', 'resume', 'abort'])(
    'is the only mode that does without them: %s needs them',
    (mode) => {
      const missing = faultsOf({ ...unconnected, ...offline, mode, 'batch-id': mode === 'publish' ? '' : BATCH })
      expect(missing.map((line) => /"(.*?)"/.exec(line)?.[1])).toEqual([
        'dataset',
        'client-id',
        'org-id',
        'sandbox',
        'client-secret',
      ])
    },
  )
})

describe('a mode', () => {
  it.each(['check', 'rollback', 'Publish'])('is not %j', (mode) => {
    const [fault] = faultsOf({ mode })
    expect(fault).toContain(
      `- "mode" is "${mode}"; allowed: "publish", "validate", "plan", "revert", "resume", "abort"`,
    )
  })
})
