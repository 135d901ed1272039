import { expect, it } from 'vitest'
import { localPlatform } from '../../support/emulator/local-platform.ts'
import { member } from '../../support/runs/platform-inputs.ts'

const MIB = 2 ** 20

it.concurrent('a slow upload says every few seconds how far it is, how fast, and how long it will take', async () => {
  await using platform = await localPlatform()
  // More than the buffers of the connection take at once, or the end would seem near from the start.
  const row = member('1', { attributes: { a: 'x'.repeat(64 * 1024) } })
  platform.emulator.faults.add({ method: 'PUT', effect: { kind: 'slow-upload', bytesPerSecond: 3 * MIB } })
  const run = await platform.publish({ files: { 'data/a.jsonl': row.repeat(640) } })
  expect(run.exitCode, run.log).toBe(0)
  const lines = run.log.match(/^Uploading: .*$/gm) ?? []
  expect(lines.length, run.log).toBeGreaterThanOrEqual(2)
  for (const line of lines) {
    expect(line).toMatch(/^Uploading: \d+ %, [\d.]+ MB of 42.\d MB, [\d.]+ MB\/s, (\d+ min )?[\d.]+ m?s left$/)
  }
  const percents = lines.map((line) => Number(/(\d+) %/.exec(line)?.[1]))
  expect(percents).toEqual(percents.toSorted((a, b) => a - b))
  expect(percents.at(-1)).toBeLessThanOrEqual(100)
})

it.concurrent('a quick upload says only that it is done', async () => {
  await using platform = await localPlatform()
  const run = await platform.publish({ files: { 'data/a.jsonl': member('1') } })
  expect(run.log).not.toMatch(/^Uploading/m)
  expect(run.log).toMatch(/^Uploaded 1 file, 45 bytes, in /m)
})
