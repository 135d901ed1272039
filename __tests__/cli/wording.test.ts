import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { WORDING, asCommand, reportAsCommand } from '../../src/cli/wording.ts'

const src = join(import.meta.dirname, '../../src')
const texts = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('wording.ts'))
  .map((path) => readFileSync(join(src, path), 'utf8'))

/** A template may fill in what stands behind. */
const isIn = (workflow: string) => texts.some((text) => text.includes(workflow))

describe('what the action says, on the command line', () => {
  it.each(WORDING)('still has the words %j', (workflow) => {
    expect(isIn(workflow)).toBe(true)
  })

  it('names neither a step nor a runner', () => {
    const said = asCommand(
      'The step was cancelled (SIGINT). Check that this runner can reach "ims-url", and run the job again.',
    )
    expect(said).toBe('Cancelled (SIGINT). Check that this machine can reach "ims-url", and run the command again.')
  })

  it.each([
    ['Run the job again later.', 'Run the command again later.'],
    [
      'Run the job again with debug logging, and report the answer.',
      'Run the command again with --verbose, and report the answer.',
    ],
  ])('asks for no job where it says %j', (workflow, command) => {
    expect(asCommand(workflow)).toBe(command)
  })

  it('proposes a mapping set by a command, since there is no job summary', () => {
    const advice =
      'The rows are flat. The report and the job summary propose a mapping set to copy, correct and commit.'
    expect(asCommand(advice)).toBe('The rows are flat. The command "map" with --suggest proposes one.')
  })

  it('writes an input with its value as the option is written', () => {
    const settings = '"validation: warn", "show-values: true", "wait: false", "error-threshold: 2.5"'
    expect(asCommand(settings)).toBe('"--validation warn", "--show-values", "--wait=false", "--error-threshold 2.5"')
    const others = '"mode: plan", "name: ada", "validation"'
    expect(asCommand(others)).toBe(others)
  })

  it('is in the report of a command what it is in its log, and data stays as it is', () => {
    const words = 'The step was cancelled (SIGINT)'
    const data = { files: [{ path: words }], outputs: { outcome: words }, times: 1.5 }
    const report = { verdict: words, stopped: { message: words, remedy: null }, plan: { notes: [words], files: 2 } }
    expect(JSON.parse(reportAsCommand(JSON.stringify({ ...report, ...data })))).toEqual({
      verdict: 'Cancelled (SIGINT)',
      stopped: { message: 'Cancelled (SIGINT)', remedy: null },
      plan: { notes: ['Cancelled (SIGINT)'], files: 2 },
      ...data,
    })
  })
})
