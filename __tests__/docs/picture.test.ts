import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')

it('the pictures of the job summary and of the comment show what the action writes now', () => {
  const { stderr } = spawnSync(process.execPath, ['scripts/picture/check.mjs'], { cwd: ROOT, encoding: 'utf8' })
  expect(stderr).toBe('')
})
