// Starts a program that outlives this step of a job, and tells later steps its URL and process id:
//   node start.ts PLATFORM emulator/main.ts   →   $PLATFORM_URL, $PLATFORM_PID
import { spawn } from 'node:child_process'
import { appendFileSync, mkdtempSync, openSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

const [name = '', ...program] = process.argv.slice(2)
const log = join(mkdtempSync(join(process.env['RUNNER_TEMP'] ?? tmpdir(), 'started-')), 'log')
const out = openSync(log, 'w')
// Into a file, not a pipe, which would break when this step ends.
const child = spawn(process.execPath, program, { detached: true, stdio: ['ignore', out, out] })
child.unref()

const told = await urlIn(log)
appendFileSync(process.env['GITHUB_ENV'] ?? '/dev/stdout', `${name}_URL=${told}\n${name}_PID=${child.pid}\n`)
console.log(readFileSync(log, 'utf8'))

/** The first URL that the program tells of itself, however long it takes to start on a machine under load. */
async function urlIn(path: string): Promise<string> {
  while (child.exitCode === null && child.signalCode === null) {
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(readFileSync(path, 'utf8')) ?? []
    if (url !== undefined) return url
    await setTimeout(50)
  }
  throw new Error(`${program.join(' ')} ended and told no URL: ${readFileSync(path, 'utf8')}`)
}
