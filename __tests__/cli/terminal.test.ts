import { describe, expect, it } from 'vitest'
import type { Shell } from '../../src/cli/shell.ts'
import { Terminal, progressText } from '../../src/cli/terminal.ts'
import { inputSource } from '../support/runs/input-source.ts'
import { keptStream } from '../support/runs/text-stream.ts'
import { bytesContent, readAll } from '../../src/lib/content.ts'

type Given = { readonly isTerminal?: boolean; readonly isLogApart?: boolean; readonly env?: Record<string, string> }

function terminalWith({ isTerminal = false, isLogApart = false, env = {} }: Given) {
  const [output, errors] = [keptStream({ isTerminal }), keptStream({ isTerminal })]
  const time = { ms: 0 }
  const shell: Shell = {
    args: [],
    env,
    folder: '/work',
    temp: '/tmp',
    home: '/',
    input: (async function* () {})(),
    output: output.stream,
    errors: errors.stream,
    ask: () => undefined,
  }
  const clock = { now: () => time.ms, wallNow: () => time.ms, sleep: async () => undefined }
  const shownName = (name: string) => (name === 'stdin.csv' ? '<stdin>' : name)
  const terminal = new Terminal({ shell, clock, source: inputSource({}), isLogApart, isVerbose: false, shownName })
  const said = {
    get output() {
      return output.text()
    },
    get errors() {
      return errors.text()
    },
  }
  return { terminal, runner: terminal.runner(), said, time }
}

const ESC = '\u001b'

const PLACE = { file: 'stdin.csv', line: 7, column: 154, title: 'enum' }

describe('the log on a terminal', () => {
  it('has the place first, as editors find it', () => {
    const { runner, said } = terminalWith({})
    runner.info('50 rows validated')
    runner.error('/tier: not allowed', PLACE)
    runner.warning('Something')
    expect(said.output).toBe('50 rows validated\n<stdin>:7:154: error: /tier: not allowed [enum]\nWarning: Something\n')
    expect(said.errors).toBe('')
  })

  it('is coloured there, and not where NO_COLOR or a dumb terminal forbids it', () => {
    const coloured = (env: Record<string, string>) => {
      const { runner, said } = terminalWith({ isTerminal: true, env })
      runner.error('Bad')
      return said.output.includes('\u001b[')
    }
    expect([coloured({}), coloured({ NO_COLOR: '' })]).toEqual([true, true])
    expect([coloured({ NO_COLOR: '1' }), coloured({ TERM: 'dumb' })]).toEqual([false, false])
  })

  it('commands neither the terminal nor a runner', () => {
    const { runner, said } = terminalWith({ isTerminal: true, env: { NO_COLOR: '1' } })
    runner.error('a\u001b[2J\n::set-output name=a::b', { file: '::x\u0007' })
    for (const text of [ESC, '\u0007']) expect(said.output).not.toContain(text)
    expect(said.output).not.toMatch(/^::/m)
  })

  it('goes to standard error where standard output is for something else', () => {
    const { runner, terminal, said } = terminalWith({ isLogApart: true })
    runner.info('Read')
    terminal.print('{}\n')
    expect(said).toEqual({ output: '{}\n', errors: 'Read\n' })
  })
})

describe('the progress', () => {
  it('shows how much was read, how fast, and the time left', () => {
    const read = { read: 50_000_000, total: 200_000_000, ms: 2000 }
    expect(progressText(read, 79)).toBe('[######..................]  25 %  50.0 MB of 200.0 MB  25.0 MB/s  6.0 s left')
    expect(progressText(read, 60)).toBe(' 25 %  50.0 MB of 200.0 MB  25.0 MB/s  6.0 s left')
    expect(progressText(read, 40)).toBe(' 25 %  50.0 MB of 200.0 MB  25.0 MB/s')
    expect(progressText(read, 20)).toBe(' 25 %')
  })

  it('is drawn over, and gone before the next line', async () => {
    const { terminal, runner, said, time } = terminalWith({ isTerminal: true })
    const content = terminal.watch(bytesContent(new Uint8Array(1000)))
    await readAll(content.slice(0, 500))
    expect(said.errors).toBe('')
    time.ms = 1000
    await readAll(content.slice(500, 600))
    expect(said.errors).toMatch(/^\r\[#+\.+\] +60 %/)
    expect(said.errors.endsWith(`${ESC}[K`)).toBe(true)
    runner.info('Done')
    expect(said.errors.endsWith('\r\u001b[K')).toBe(true)
  })

  it('is nowhere but on a terminal', async () => {
    const { terminal, said, time } = terminalWith({})
    const content = terminal.watch(bytesContent(new Uint8Array(1000)))
    await readAll(content)
    time.ms = 1000
    await readAll(content)
    expect(said.errors).toBe('')
  })
})
