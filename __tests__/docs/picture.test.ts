import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')

it('the picture in README.md shows the job summary that the action writes now', () => {
  const { stderr } = spawnSync(process.execPath, ['scripts/picture/check.mjs'], { cwd: ROOT, encoding: 'utf8' })
  expect(stderr).toBe('')
})
