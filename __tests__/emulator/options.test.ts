import { describe, expect, it } from 'vitest'
import { readOptions } from '../../emulator/options.ts'

describe('npm run emulator', () => {
  it('tells its options with --help, and starts nothing', () => {
    const asked = readOptions(['--port', '8080', '--help'])
    for (const option of ['--port', '--mode', '--dialect', '--schema', '--dataset', '--help'])
      expect(asked).toMatchObject({ kind: 'help', text: expect.stringContaining(`\n  ${option} `) as string })
  })

  it('starts as it is asked to, or as it does by itself', () => {
    expect(readOptions([])).toEqual({ kind: 'start', port: 0, mode: 'strict', dialect: 'docs' })
    const words = ['--port', '8080', '--mode=lenient', '--dialect', 'oas']
    expect(readOptions(words)).toEqual({ kind: 'start', port: 8080, mode: 'lenient', dialect: 'oas' })
    const own = { schema: 'my-schema.json', dataset: 'Members' }
    expect(readOptions(['--schema', own.schema, '--dataset', own.dataset])).toMatchObject({ kind: 'start', own })
  })

  it.each([
    ['--prot=8080', /^Unknown option '--prot'/],
    ['8080', /^Unexpected argument '8080'/],
    ['--mode=strickt', /^--mode must be one of strict, lenient, not "strickt"$/m],
    ['--dialect=', /^--dialect must be one of docs, oas, lab, not ""$/m],
    ['--schema=a.json', /^--schema and --dataset go together$/m],
    ['--dataset=Members', /^--schema and --dataset go together$/m],
    ['--port=http', /^--port must be a whole number up to 65535, not "http"$/m],
    ['--port=70000', /^--port must be a whole number up to 65535, not "70000"$/m],
  ])('refuses %s, and tells what there is', (word, why) => {
    const asked = readOptions([word])
    expect(asked).toMatchObject({ kind: 'refused', text: expect.stringMatching(why) as string })
    expect(asked).toHaveProperty('text', expect.stringContaining('\n  --dialect DIALECT '))
  })
})
