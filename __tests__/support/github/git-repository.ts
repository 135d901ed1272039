import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** The new value of each path: text, bytes or a link; undefined removes the path. */
export type CommitChange = Readonly<Record<string, string | Uint8Array | { readonly link: string } | undefined>>

export type GitRepository = AsyncDisposable & {
  readonly folder: string
  /** @returns the full SHA of the new commit of the current branch. */
  commit(change: CommitChange): Promise<string>
  git(...args: readonly string[]): string
}

/** Ignores the machine's own settings, and gives the same commits everywhere. */
const ENV = {
  PATH: process.env['PATH'] ?? '',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Somebody',
  GIT_AUTHOR_EMAIL: 'somebody@acme.example',
  GIT_COMMITTER_NAME: 'Somebody',
  GIT_COMMITTER_EMAIL: 'somebody@acme.example',
}

/** A real repository in its own folder, with the branch `main`. */
export async function gitRepository(): Promise<GitRepository> {
  const folder = await mkdtemp(join(tmpdir(), 'repository-'))
  const git = (...args: readonly string[]) =>
    execFileSync('git', [...args], { cwd: folder, env: ENV, encoding: 'utf8', stdio: 'pipe' }).trim()
  git('init', '-q', '-b', 'main')
  return {
    folder,
    git,
    async commit(change) {
      for (const [path, content] of Object.entries(change)) await put(join(folder, path), content)
      git('add', '-A')
      git('commit', '-q', '--allow-empty', '-m', 'A change')
      return git('rev-parse', 'HEAD')
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

async function put(path: string, content: CommitChange[string]): Promise<void> {
  await rm(path, { force: true })
  if (content === undefined) return
  await mkdir(dirname(path), { recursive: true })
  if (typeof content === 'object' && 'link' in content) await symlink(content.link, path)
  else await writeFile(path, content)
}
