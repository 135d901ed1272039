import { execFileSync } from 'node:child_process'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Files, Repository } from './repository.ts'

/** What `actions/checkout` does with these inputs; any other is refused, since nobody would test it. */
export async function checkOut(
  { ref = '', 'persist-credentials': keeps, 'fetch-depth': depth = '1', ...more }: Readonly<Record<string, string>>,
  { commits, unmerged = [] }: Pick<Repository, 'commits' | 'unmerged'>,
  workspace: string,
): Promise<void> {
  const files = commits[ref]
  if (files === undefined || keeps !== 'false' || !['0', '1'].includes(depth) || Object.keys(more).length > 0) {
    throw new Error(`Cannot check out ${JSON.stringify({ ref, keeps, depth, ...more })}`)
  }
  await write(files, workspace)
  if (depth === '0') commit(workspace, unmerged.includes(ref))
}

async function write(files: Files, workspace: string): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const place = join(workspace, path)
    await mkdir(dirname(place), { recursive: true })
    await writeFile(place, content)
    if (String(content).startsWith('#!')) await chmod(place, 0o755)
  }
}

/** As much of the history as tells whether what is checked out was merged. */
function commit(workspace: string, isUnmerged: boolean): void {
  // Nothing of the machine's own settings, such as signing.
  const env = { PATH: process.env['PATH'] ?? '', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' }
  const git = (...words: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...words], { cwd: workspace, env })
  git('init', '--quiet')
  git('commit', '--quiet', '--allow-empty', '--message', 'What main holds')
  if (isUnmerged) git('update-ref', 'refs/remotes/origin/main', 'HEAD')
  git('add', '.')
  git('commit', '--quiet', '--message', 'What is checked out')
  if (!isUnmerged) git('update-ref', 'refs/remotes/origin/main', 'HEAD')
}
