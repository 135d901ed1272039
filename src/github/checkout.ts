import { stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import {
  type BlobRead,
  type BlobSink,
  type CommitFiles,
  type CommitTree,
  type MergeBase,
  type TreeFile,
  type Unreadable,
  isFullSha,
  unreadable,
} from './commit-files.ts'
import { GitObjects, type GitSetting, runGit } from './git-program.ts'

/** The commit that is checked out. */
export type HeadCommit = {
  readonly kind: 'head'
  readonly commit: string
  /** As the commit itself names them, even in a shallow clone. */
  readonly parents: readonly string[]
  /** The path of the workspace in the repository, with `/` at its end; empty if the workspace is the whole repository. */
  readonly folder: string
}

/**
 * The workspace as Git knows it: only objects that are present locally. Paths are relative to the workspace, which can be
 * a folder of a checkout. A checkout in a folder of the workspace is a separate one.
 */
export type Checkout = CommitFiles &
  AsyncDisposable & {
    head(signal: AbortSignal): Promise<HeadCommit | Unreadable>
  }

/** Reads with the `git` program, which actions/checkout has already used. */
export function openCheckout(setting: GitSetting): Checkout {
  const objects = new GitObjects(setting)
  return {
    head: (signal) => readHead(objects, setting, signal),
    tree: (commit, signal) => readTree(commit, setting, signal),
    read: (file, sink, signal) => readBlob(objects, { file, sink }, signal),
    mergeBase: (one, other, signal) => findMergeBase([one, other], setting, signal),
    [Symbol.asyncDispose]: () => objects[Symbol.asyncDispose](),
  }
}

/** Far longer than any commit that a person made. */
const COMMIT_MOST_BYTES = 1024 * 1024

async function readHead(
  objects: GitObjects,
  setting: GitSetting,
  signal: AbortSignal,
): Promise<HeadCommit | Unreadable> {
  const [prefix, head] = [
    await runGit(['rev-parse', '--show-prefix'], setting, signal),
    await runGit(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], setting, signal),
  ]
  if (prefix.kind === 'failed' || head.kind === 'failed')
    return unreadable((await refusedCheckout(setting)) ?? 'the workspace itself is not a Git checkout')
  const commit = head.bytes.toString().trim()
  const chunks: Buffer[] = []
  const found = await objects.read(commit, {
    accept: ({ type, bytes }) => type === 'commit' && bytes <= COMMIT_MOST_BYTES,
    write: async (bytes) => void chunks.push(Buffer.from(bytes)),
  })
  if (found.kind !== 'read') return unreadable('the commit that is checked out cannot be read')
  const folder = prefix.bytes.toString().replace(/\n$/, '')
  return { kind: 'head', commit, parents: parentsOf(Buffer.concat(chunks).toString()), folder }
}

/**
 * The action vouches for the workspace alone: a checkout that begins above it can belong to anyone.
 *
 * @returns why Git refuses the checkout that contains the workspace; undefined if that is not the reason
 */
async function refusedCheckout({ workspace }: GitSetting): Promise<string | undefined> {
  const folder = await foreignCheckout(workspace)
  if (folder === undefined || folder === resolve(workspace)) return undefined
  return `the Git checkout ${JSON.stringify(folder)} belongs to another user: start in that folder, or as its owner`
}

/**
 * Git reads nothing of a checkout that belongs to another user (`safe.directory`), since its settings could start any
 * program.
 *
 * @returns where the checkout begins that contains the folder; undefined if there is none, or it belongs to this user
 */
export async function foreignCheckout(of: string): Promise<string | undefined> {
  const own = process.getuid?.()
  if (own === undefined) return undefined
  for (let folder = resolve(of); folder !== dirname(folder); folder = dirname(folder)) {
    const inner = await stat(join(folder, '.git')).catch(() => undefined)
    if (inner === undefined) continue
    const outer = await stat(folder)
    return [inner.uid, outer.uid].some((uid) => uid !== own) ? folder : undefined
  }
  return undefined
}

/** The text of a commit begins with its headers, which end at an empty line. */
function parentsOf(text: string): readonly string[] {
  const [headers = ''] = text.split('\n\n', 1)
  return Array.from(headers.matchAll(/^parent ([0-9a-f]{40,64})$/gm), ([, parent = '']) => parent)
}

async function readTree(commit: string, setting: GitSetting, signal: AbortSignal): Promise<CommitTree> {
  if (!isFullSha(commit)) return unreadable('its id is not a full SHA')
  // In a folder of a checkout, this lists the files below it, by their paths from there.
  const listed = await runGit(['ls-tree', '-r', '-z', commit], setting, signal)
  if (listed.kind === 'failed')
    return unreadable((await refusedCheckout(setting)) ?? 'the checkout does not have this commit')
  const files = listed.bytes
    .toString()
    .split('\0')
    .flatMap((line) => treeFile(line) ?? [])
  return { kind: 'tree', files }
}

const KINDS: ReadonlyMap<string, TreeFile['kind']> = new Map([
  ['100644', 'file'],
  ['100755', 'file'],
  ['100664', 'file'],
  ['120000', 'link'],
  ['160000', 'submodule'],
])

function treeFile(line: string): TreeFile | undefined {
  const [, mode = '', sha = '', path = ''] = /^(\d{6}) [a-z]+ ([0-9a-f]{40,64})\t([^]+)$/.exec(line) ?? []
  const kind = KINDS.get(mode)
  return kind === undefined ? undefined : { path, sha, kind }
}

type WantedBlob = { readonly file: TreeFile; readonly sink: BlobSink }

async function readBlob(objects: GitObjects, { file, sink }: WantedBlob, signal: AbortSignal): Promise<BlobRead> {
  signal.throwIfAborted()
  if (!isFullSha(file.sha)) return unreadable('its id is not a full SHA')
  const found = await objects.read(file.sha, {
    accept: ({ type, bytes }) => type === 'blob' && bytes <= sink.mostBytes,
    write: async (bytes) => {
      signal.throwIfAborted()
      await sink.write(bytes)
    },
  })
  if (found.kind === 'read') return { kind: 'read', bytes: found.object.bytes }
  return unreadable(found.kind === 'missing' ? 'the checkout does not have this file' : 'it is too large')
}

/** A shallow history may hide the nearest common commit, and show an earlier one. */
async function findMergeBase(commits: readonly string[], setting: GitSetting, signal: AbortSignal): Promise<MergeBase> {
  if (!commits.every(isFullSha)) return unreadable('its id is not a full SHA')
  const shallow = await runGit(['rev-parse', '--is-shallow-repository'], setting, signal)
  if (shallow.kind === 'failed' || shallow.bytes.toString().trim() !== 'false')
    return unreadable('the checkout is shallow (fetch-depth)')
  const found = await runGit(['merge-base', ...commits], setting, signal)
  const commit = found.kind === 'failed' ? '' : found.bytes.toString().trim()
  return isFullSha(commit)
    ? { kind: 'found', commit }
    : unreadable('the checkout has no common ancestor of the two commits')
}
