import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { refusal, type Answer, type Call } from './github-answer.ts'

const run = promisify(execFile)

/** A Git repository whose objects the local GitHub serves. */
export type ServedRepository = {
  /** The folder of the repository; empty: there is no repository. */
  folder: string
  /** The maximum number of tree entries in one answer. */
  mostEntries: number
  /** Answers as a server that does not know the media type for raw bytes. */
  isBase64: boolean
}

export const NO_REPOSITORY: ServedRepository = { folder: '', mostEntries: 100_000, isBase64: false }

const ROUTE = /^\/repos\/[^/]+\/[^/]+\/(git\/trees|git\/blobs|compare)\/([^?]+)/

/** "Get a tree", "Get a blob" and "Compare two commits" of the REST documentation. */
export async function answerGit({ path, headers }: Call, served: ServedRepository): Promise<Answer | undefined> {
  const [, route, encoded = ''] = ROUTE.exec(path) ?? []
  if (route === undefined) return undefined
  const name = decodeURIComponent(encoded)
  if (served.folder === '') return refusal(404, 'Not Found')
  try {
    if (route === 'git/trees') return await tree(name, /[?&]recursive=/.test(path), served)
    if (route === 'git/blobs') return await blob(name, headers.accept ?? '', served)
    return await compare(name, served)
  } catch {
    return refusal(404, 'Not Found')
  }
}

const TYPES: Readonly<Record<string, string>> = { '040000': 'tree', '160000': 'commit' }

async function tree(sha: string, isRecursive: boolean, { folder, mostEntries }: ServedRepository): Promise<Answer> {
  const listed = await git(folder, ['ls-tree', '-z', '-l', ...(isRecursive ? ['-r', '-t'] : []), sha])
  const lines = listed.toString().split('\0').filter(Boolean)
  const entries = lines.slice(0, mostEntries).map((line) => {
    const [, mode = '', , own, size, path] = /^(\d+) (\w+) (\w+) +(\S+)\t([^]*)$/.exec(line) ?? []
    return { path, mode, type: TYPES[mode] ?? 'blob', sha: own, ...(size === '-' ? {} : { size: Number(size) }) }
  })
  return { status: 200, body: { sha, url: '', tree: entries, truncated: lines.length > mostEntries } }
}

async function blob(sha: string, accept: string, { folder, isBase64 }: ServedRepository): Promise<Answer> {
  const bytes = await git(folder, ['cat-file', 'blob', sha])
  if (accept.includes('raw') && !isBase64) {
    return { status: 200, body: bytes, type: 'application/vnd.github.raw+json; charset=utf-8' }
  }
  const content = bytes.toString('base64').replace(/.{60}/g, '$&\n')
  return { status: 200, body: { sha, size: bytes.length, node_id: '', url: '', content, encoding: 'base64' } }
}

async function compare(name: string, { folder }: ServedRepository): Promise<Answer> {
  const [one = '', other = ''] = name.split('...')
  const sha = (await git(folder, ['merge-base', one, other])).toString().trim()
  return { status: 200, body: { status: 'diverged', merge_base_commit: { sha }, commits: [], files: [] } }
}

/** A cache: objects named by SHA never change, and a process for each of hundreds of requests would be slow. */
const known = new Map<string, Promise<Buffer>>()

function git(folder: string, args: readonly string[]): Promise<Buffer> {
  const key = [folder, ...args].join('\0')
  const answer = known.get(key) ?? runGit(folder, args)
  known.set(key, answer)
  return answer
}

async function runGit(folder: string, args: readonly string[]): Promise<Buffer> {
  const options = { cwd: folder, encoding: 'buffer', maxBuffer: 1e9 } as const
  return (await run('git', args, options)).stdout
}
