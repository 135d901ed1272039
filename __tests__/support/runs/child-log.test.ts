import { spawn } from 'node:child_process'
import { expect, it } from 'vitest'
import { logOf } from './child-log.ts'

it('the log of a process has whole lines, though a line of the other output comes amid one, and amid a character', async () => {
  const program = `
    const [begun, rest] = [Buffer.from('für').subarray(0, 2), Buffer.from('für\\n').subarray(2)]
    process.stdout.write(begun, () => process.stderr.write('meanwhile\\n'))
    process.stdin.once('data', () => process.stdout.write(rest, () => process.stdout.write('no end', () => process.exit())))`
  const child = spawn(process.execPath, ['-e', program])
  const seen: string[] = []
  const log = await logOf(child, (lines) => {
    seen.push(lines)
    if (seen.length === 1) child.stdin.write('go on')
  })
  expect(seen[0]).toBe('meanwhile\n')
  expect(log).toBe('meanwhile\nfür\nno end')
})
