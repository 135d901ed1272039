import { type GithubAnswer, type GithubApi, GithubProblem, type GithubRequest, foreignAnswer } from './api.ts'
import {
  type BlobRead,
  type BlobSink,
  type CommitFiles,
  type CommitTree,
  type MergeBase,
  type TreeFile,
  type Unreadable,
  gitBlobHash,
  isFullSha,
  unreadable,
} from './commit-files.ts'
import { isPlainPath } from './file.ts'
import { type JsonReader, jsonReader } from '../lib/json-reader.ts'
import { OPEN_BRACE, formatBytes, formatDuration, formatNumber } from '../lib/text.ts'

/** The token of a job has 1,000 requests an hour for the whole repository: no run uses more of them than this. */
const MOST_REQUESTS = 300
/** For all blobs of a run together. */
const MOST_BYTES = 1_000_000_000
/** GitHub lists at most 100,000 entries of a tree at once; a larger one is walked folder by folder. */
const MOST_ENTRIES = 1_000_000
/** For a passing fault. A rate limit that lasts longer is reported instead. */
const PATIENCE_MS = 10_000

/**
 * Files of commits from GitHub's API, whatever the checkout holds: REST API documentation, "Git trees", "Git blobs" and
 * "Compare two commits"; all need `contents: read`. The hash of each file proves that it is the one that the tree names.
 */
export function openContents(api: GithubApi): CommitFiles {
  const soFar: ReadSoFar = { requests: 0, bytes: 0, entries: 0 }
  const tools = (signal: AbortSignal): ReadTools => ({
    signal,
    soFar,
    send: (asked) => sendWithin(soFar, () => api.send({ ...ASKED, ...asked }, signal)),
  })
  return {
    tree: (commit, signal) => orUnreadable(signal, () => readTree(commit, tools(signal))),
    read: (file, sink, signal) => orUnreadable(signal, () => readBlob(file, sink, tools(signal))),
    mergeBase: (one, other, signal) => orUnreadable(signal, () => readMergeBase(one, other, tools(signal))),
  }
}

const ASKED = { expects: 200, needs: 'contents: read', isRepeatable: true, patienceMs: PATIENCE_MS } as const

/** How much this run has requested so far. */
type ReadSoFar = { requests: number; bytes: number; entries: number }

type ReadTools = {
  readonly signal: AbortSignal
  readonly soFar: ReadSoFar
  /** @throws GithubProblem, or TooMuch */
  readonly send: (request: Pick<GithubRequest, 'route' | 'params' | 'accept' | 'mostBytes'>) => Promise<GithubAnswer>
}

/** A request would exceed a limit of the action; the message says which. */
class TooMuch extends Error {
  override readonly name = 'TooMuch'
}

async function sendWithin(soFar: ReadSoFar, send: () => Promise<GithubAnswer>): Promise<GithubAnswer> {
  if (soFar.requests >= MOST_REQUESTS)
    throw new TooMuch(`they would take more than ${formatNumber(MOST_REQUESTS)} requests to GitHub`)
  soFar.requests++
  return await send()
}

async function orUnreadable<T>(signal: AbortSignal, read: () => Promise<T>): Promise<T | Unreadable> {
  try {
    return await read()
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof TooMuch) return unreadable(error.message)
    if (error instanceof GithubProblem) return unreadable(reasonOf(error))
    throw error
  }
}

function reasonOf({ failure, message, wishMs }: GithubProblem): string {
  if (failure === 'refused') return `${message}; the job needs "${ASKED.needs}"`
  if (failure !== 'limited') return message
  const end = wishMs === undefined ? '' : `, for another ${formatDuration(wishMs)}`
  return `the rate limit of GitHub is reached${end}`
}

async function readTree(commit: string, tools: ReadTools): Promise<CommitTree> {
  if (!isFullSha(commit)) return unreadable(`${JSON.stringify(commit)} is not a commit`)
  const entries = await listFolder({ path: '', sha: commit, kind: 'folder' }, tools)
  return entries === undefined
    ? unreadable('GitHub does not list all files of this commit')
    : { kind: 'tree', files: entries }
}

type TreeFolder = { readonly path: string; readonly sha: string; readonly kind: 'folder' }
type Listing = { readonly entries: readonly (TreeFile | TreeFolder)[]; readonly isWhole: boolean }

/** @returns undefined if the entries of one folder exceed GitHub's limit for a list */
async function listFolder(folder: TreeFolder, tools: ReadTools): Promise<readonly TreeFile[] | undefined> {
  const all = await readListing(folder, { recursive: 1 }, tools)
  if (all.isWhole) return all.entries.filter((entry) => entry.kind !== 'folder')
  const own = await readListing(folder, {}, tools)
  if (!own.isWhole) return undefined
  const files: TreeFile[] = []
  for (const entry of own.entries) {
    const below = entry.kind === 'folder' ? await listFolder(entry, tools) : [entry]
    if (below === undefined) return undefined
    for (const file of below) files.push(file)
  }
  return files
}

/** "Get a tree": any value of `recursive` requests everything below, so it must be absent to list one folder. */
async function readListing(folder: TreeFolder, how: { readonly recursive?: 1 }, tools: ReadTools): Promise<Listing> {
  const { json } = await tools.send({
    route: 'GET /git/trees/{tree_sha}',
    params: { tree_sha: folder.sha, ...how },
  })
  const listed = json.get('tree')
  const isWhole = json.get('truncated').boolean() === false
  if (!Array.isArray(listed.value())) throw foreignAnswer(NO_FILES)
  const entries = listed.items().map((at) => readEntry(folder.path, at))
  tools.soFar.entries += isWhole ? entries.length : 0
  if (tools.soFar.entries > MOST_ENTRIES) throw new TooMuch(`there are more than ${formatNumber(MOST_ENTRIES)} files`)
  return { entries, isWhole }
}

/** Modes of Git: `120000` is a symbolic link, `160000` a commit of a submodule, `040000` a folder. */
function readEntry(folder: string, at: JsonReader): TreeFile | TreeFolder {
  const [name, mode, sha] = ['path', 'mode', 'sha'].map((member) => at.get(member).text() ?? '')
  const path = folder === '' ? (name ?? '') : `${folder}/${name}`
  // Git itself stores no path that leads out of the repository.
  if (sha === undefined || !isFullSha(sha) || !isPlainPath(path)) throw foreignAnswer(NO_FILES)
  const size = at.get('size').number()
  if (mode === '040000') return { path, sha, kind: 'folder' }
  const kind = mode === '120000' ? 'link' : mode === '160000' ? 'submodule' : 'file'
  return { path, sha, kind, ...(size === undefined ? {} : { size }) }
}

const NO_FILES = 'the answer of GitHub does not contain the files of a commit'

/** "Get a blob": files up to 100 MB. With this media type the response is the raw file, otherwise base64 within JSON. */
const RAW = 'application/vnd.github.raw+json'

async function readBlob(file: TreeFile, { write, mostBytes }: BlobSink, tools: ReadTools): Promise<BlobRead> {
  const { path, sha, kind, size = 0 } = file
  if (kind !== 'file') return unreadable(`${JSON.stringify(path)} is a ${kind}`)
  if (size > mostBytes) return tooLargeBlob(path, mostBytes)
  if (tools.soFar.bytes + size > MOST_BYTES)
    throw new TooMuch(`they have more than ${formatBytes(MOST_BYTES)} in total`)
  const params = { file_sha: sha }
  const asked = { route: 'GET /git/blobs/{file_sha}', params, accept: RAW, mostBytes: mostInBase64(mostBytes) } as const
  const { bytes } = await tools.send(asked)
  const isIt = (one: Uint8Array) => gitBlobHash(one.length, sha).update(one).digest('hex') === sha
  const found = [bytes, unpack(bytes)].find((one) => one !== undefined && isIt(one))
  if (found === undefined) return unreadable(`the answer of GitHub is not the file ${JSON.stringify(path)}`)
  if (found.length > mostBytes) return tooLargeBlob(path, mostBytes)
  tools.soFar.bytes += found.length
  await write(found)
  return { kind: 'read', bytes: found.length }
}

function tooLargeBlob(path: string, mostBytes: number): Unreadable {
  return unreadable(`${JSON.stringify(path)} is larger than ${formatBytes(mostBytes)}`)
}

/** Allows for a line end after every 60 characters, and for the JSON around the text. */
function mostInBase64(bytes: number): number {
  return Math.ceil(bytes * 1.4) + 10_000
}

/** Accepts JSON too: a server that does not know the media type answers with it. */
function unpack(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes[0] !== OPEN_BRACE) return undefined
  try {
    const answer = jsonReader(JSON.parse(new TextDecoder().decode(bytes)), 'the answer')
    const content = answer.get('content').text()
    const encoding = answer.get('encoding').text()
    return content === undefined || encoding !== 'base64' ? undefined : Buffer.from(content, 'base64')
  } catch {
    return undefined
  }
}

/** Only the merge base is needed, not the commits in between nor their changes. */
async function readMergeBase(one: string, other: string, tools: ReadTools): Promise<MergeBase> {
  if (![one, other].every(isFullSha)) return unreadable('these are not two commits')
  const params = { basehead: `${one}...${other}`, per_page: 1 }
  const { json } = await tools.send({ route: 'GET /compare/{basehead}', params })
  const commit = json.get('merge_base_commit').get('sha').text() ?? ''
  return isFullSha(commit)
    ? { kind: 'found', commit }
    : unreadable('GitHub finds no common ancestor of the two commits')
}
