import type { Context } from '../context.ts'
import { discover, takeShard } from '../files/discover.ts'
import { InvalidFiles } from '../files/refusal.ts'
import { type RunMapping, sentAs } from '../files/mapping.ts'
import { type CheckedFile, preflight } from '../files/read.ts'
import { type CommitFiles, type CommitTree, type TreeFile, gitBlobHash } from '../github/commit-files.ts'
import type { ScratchTree } from '../github/workspace.ts'
import type { Inputs } from '../inputs/inputs.ts'
import type { Content } from '../lib/content.ts'
import { Problem } from '../lib/errors.ts'
import { count, formatBytes, formatNumber } from '../lib/text.ts'
import { noteText } from '../mapping/fault.ts'
import { readMappingSet } from '../mapping/mapping-set.ts'
import { tryPlan } from '../mapping/plan.ts'
import { READ_REMEDY, absent, shortSha } from './base-commit.ts'
import { type ListedTree, selectFiles } from './base-tree.ts'
import type { DiffAbsence } from './row-diff.ts'

/**
 * The most that is copied out of a commit: GitHub's runners have 14 GB of disk, and API requests are limited per hour.
 */
const BASE_MOST: BaseLimits = { files: 20_000, bytes: 4 * 1024 ** 3 }

export type BaseLimits = { readonly files: number; readonly bytes: number }

/** The inputs and the mapping by which the base is read, as the current files are. */
export type HeadFiles = {
  readonly inputs: Inputs
  /** The current files: files of the base that are unchanged need not be requested. */
  readonly files: readonly CheckedFile[]
  /** The mapping of the current rows. */
  readonly mapping: RunMapping | undefined
  readonly limits?: BaseLimits
}

export type BaseFiles = { readonly kind: 'files'; readonly files: readonly CheckedFile[] }

/**
 * The files of a commit that the current patterns find, read by the commit's own mapping set. @throws the signal's
 * reason
 */
export async function readBaseFiles(
  commit: string,
  head: HeadFiles,
  context: Context,
): Promise<BaseFiles | DiffAbsence> {
  try {
    const found = await findTree(commit, context)
    if (found.kind === 'absent') return found
    const wanted = await selectFiles(found, head.inputs, context.signal)
    if (wanted.kind === 'absent') return wanted
    const refusal = refuseSize(wanted.files, { commit, limits: head.limits ?? BASE_MOST })
    if (refusal !== undefined) return refusal
    const base = { ...head, commit, tree: context.workspace.keepTree() }
    const refused = await copyFiles(wanted.files, { ...base, from: found.from }, context)
    return refused ?? (await readTreeFiles(base, context))
  } catch (error) {
    context.signal.throwIfAborted()
    if (error instanceof InvalidFiles) return absent(invalidReason(error, commit))
    if (error instanceof Problem) return absent(`commit ${shortSha(commit)}: ${error.message}`)
    throw error
  }
}

type FoundTree = ListedTree & { readonly kind: 'found' }

async function findTree(commit: string, { github, signal }: Context): Promise<FoundTree | DiffAbsence> {
  const { checkout, contents } = github
  const own = await checkout.tree(commit, signal)
  if (own.kind === 'tree') return { kind: 'found', commit, files: own.files, from: withFallback(checkout, contents) }
  const theirs: CommitTree = await contents.tree(commit, signal)
  if (theirs.kind === 'tree') {
    const head = await checkout.head(signal)
    const files = head.kind === 'head' ? filesBelow(head.folder, theirs.files) : theirs.files
    return { kind: 'found', commit, files, from: contents }
  }
  return absent(`the files of commit ${shortSha(commit)} cannot be read: ${own.reason}; ${theirs.reason}`, READ_REMEDY)
}

/** The files of a folder, with their paths from there. The folder ends with `/` or is empty. */
function filesBelow(folder: string, files: readonly TreeFile[]): readonly TreeFile[] {
  return files.flatMap((file) =>
    file.path.startsWith(folder) ? [{ ...file, path: file.path.slice(folder.length) }] : [],
  )
}

/** A partial clone has the tree, but not every file. */
function withFallback(first: CommitFiles, second: CommitFiles): CommitFiles {
  return {
    ...first,
    read: async (file, sink, signal) => {
      let hasBegun = false
      const write = (bytes: Uint8Array) => {
        hasBegun = true
        return sink.write(bytes)
      }
      const own = await first.read(file, { ...sink, write }, signal)
      // The whole file written after a part of it would be another file.
      if (own.kind === 'read' || hasBegun) return own
      const theirs = await second.read(file, sink, signal)
      return theirs.kind === 'read' ? theirs : { kind: 'unreadable', reason: `${own.reason}; ${theirs.reason}` }
    },
  }
}

type CommitLimits = { readonly commit: string; readonly limits: BaseLimits }

function refuseSize(wanted: readonly TreeFile[], { commit, limits }: CommitLimits): DiffAbsence | undefined {
  const where = `in commit ${shortSha(commit)}`
  if (wanted.length > limits.files) {
    return absent(
      `"glob" matches ${count(wanted.length, 'file')} ${where}, and at most ${formatNumber(limits.files)} are compared`,
    )
  }
  const known = wanted.reduce((bytes, { size = 0 }) => bytes + size, 0)
  return known > limits.bytes ? absent(tooLarge(commit, limits)) : undefined
}

function tooLarge(commit: string, { bytes }: BaseLimits): string {
  return `the files of commit ${shortSha(commit)} exceed ${formatBytes(bytes)} in total`
}

type BaseTree = HeadFiles & { readonly tree: ScratchTree; readonly commit: string }

/** @returns why the files cannot be copied, or undefined */
async function copyFiles(
  wanted: readonly TreeFile[],
  { tree, commit, from, files: today, limits = BASE_MOST }: BaseTree & { readonly from: CommitFiles },
  { github, signal }: Context,
): Promise<DiffAbsence | undefined> {
  const byPath = new Map(today.map((file) => [file.path, file]))
  let left = limits.bytes
  for (const file of wanted) {
    await using target = tree.add(file.path)
    await target.write(new Uint8Array(0))
    const own = from === github.contents ? await unchangedContent(file, byPath.get(file.path)?.source) : undefined
    const sink = { write: (bytes: Uint8Array) => target.write(bytes), mostBytes: left }
    const copied = own === undefined ? await from.read(file, sink, signal) : await copyContent(own, sink)
    if (copied.kind === 'unreadable') {
      const which = `${JSON.stringify(file.path)} of commit ${shortSha(commit)}`
      return absent(`${which} cannot be read: ${copied.reason}`, READ_REMEDY)
    }
    left -= copied.bytes
  }
  return undefined
}

/** The current content if it is unchanged, which saves a request to GitHub's API. */
async function unchangedContent({ sha }: TreeFile, content: Content | undefined): Promise<Content | undefined> {
  if (content === undefined) return undefined
  const hash = gitBlobHash(content.size, sha)
  for await (const chunk of content.bytes()) hash.update(chunk)
  return hash.digest('hex') === sha ? content : undefined
}

async function copyContent(content: Content, { write }: { readonly write: (bytes: Uint8Array) => Promise<void> }) {
  for await (const chunk of content.bytes()) await write(chunk)
  return { kind: 'read', bytes: content.size } as const
}

async function readTreeFiles(
  { tree, commit, inputs, mapping }: BaseTree,
  context: Context,
): Promise<BaseFiles | DiffAbsence> {
  const own = mapping === undefined ? undefined : await readBaseMapping(mapping, inputs, { tree, commit })
  if (own?.kind === 'absent') return own
  const quiet = { info: () => undefined, warning: () => undefined }
  const inTree: Context = {
    ...context,
    log: quiet,
    workspace: { ...context.workspace, find: tree.find, read: tree.read },
  }
  const found = await discover({ ...inputs, replayPredecessors: { kind: 'nothing' } }, inTree)
  const files = takeShard(found, inputs.shard, quiet)
  if (found.length === 0) return await nothingFound(commit, context)
  // The rows are mapped later, when they are compared.
  const unchecked = { mode: 'validate', checker: undefined, mapping: undefined } as const
  const choices = { ...inputs, ...unchecked, isToBeMapped: own !== undefined }
  const { files: read } = files.length === 0 ? { files: [] } : await preflight(files, choices, inTree)
  return { kind: 'files', files: read.map((file) => withMapping(file, own?.mapping)) }
}

/** In a checkout below the workspace, paths begin at another folder. */
async function nothingFound(commit: string, { github, signal }: Context): Promise<DiffAbsence> {
  const head = await github.checkout.head(signal)
  const reason = `commit ${shortSha(commit)} has no file that "glob" matches, and files that are not in Git cannot be compared`
  if (head.kind === 'head') return absent(reason)
  return absent(
    `${reason}; ${head.reason}, and paths in a commit begin at the root of the repository`,
    'Check out the repository into the workspace itself, without "path:".',
  )
}

function withMapping(file: CheckedFile, mapping: RunMapping | undefined): CheckedFile {
  return mapping === undefined ? file : { ...file, mapping, ...sentAs(file, true) }
}

type OwnMapping = { readonly kind: 'mapping'; readonly mapping: RunMapping }

/** The mapping set of the commit. For a set in Data Prep, only the current one exists. */
async function readBaseMapping(
  today: RunMapping,
  { mapping }: Inputs,
  { tree, commit }: Pick<BaseTree, 'tree' | 'commit'>,
): Promise<OwnMapping | DiffAbsence> {
  if (mapping?.kind !== 'file') return { kind: 'mapping', mapping: today }
  const which = `the mapping set ${JSON.stringify(mapping.path)}`
  const text = await tree.read(mapping.path).catch(() => undefined)
  if (text === undefined) return absent(`commit ${shortSha(commit)} does not have ${which}`)
  const read = readMappingSet(text)
  const compiled = read.kind === 'faults' ? read : tryPlan({ ...today.plan, set: read.set })
  if (read.kind === 'faults' || compiled.kind === 'faults') {
    const [fault] = compiled.kind === 'faults' ? compiled.faults : []
    const why = fault === undefined ? '' : `: ${noteText(fault)}`
    return absent(`${which} of commit ${shortSha(commit)} cannot be used${why}`)
  }
  return { kind: 'mapping', mapping: { ...today, plan: { ...today.plan, set: read.set }, compiled: compiled.mapping } }
}

function invalidReason({ refusals }: InvalidFiles, commit: string): string {
  const [first] = refusals
  if (first === undefined) return `the files of commit ${shortSha(commit)} cannot be read`
  const more = refusals.length > 1 ? `, and ${count(refusals.length - 1, 'more problem')}` : ''
  return `${JSON.stringify(first.path)} of commit ${shortSha(commit)} ${first.reason}${more}`
}
