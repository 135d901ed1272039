import { posix } from 'node:path'
import type { Context } from '../context.ts'
import { joinFirst } from '../lib/text.ts'
import type { CommitFiles, TreeFile } from '../github/commit-files.ts'
import { type PathFilter, isGarbled, pathFilter } from '../github/pattern.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { absent, shortSha } from './base-commit.ts'
import type { DiffAbsence } from './row-diff.ts'

/** The tree of a commit, and the reader of its files. */
export type ListedTree = { readonly commit: string; readonly files: readonly TreeFile[]; readonly from: CommitFiles }

export type WantedFiles = { readonly kind: 'wanted'; readonly files: readonly TreeFile[] }

/**
 * The files of a commit that the current patterns would find in a checkout of it, and the mapping set. Links and
 * submodules are not followed: one that could lead to matching files is a reason not to compare.
 */
export async function selectFiles(
  { commit, files, from }: ListedTree,
  { patterns, mapping }: Inputs,
  signal: AbortSignal,
): Promise<WantedFiles | DiffAbsence> {
  const set = mapping?.kind === 'file' ? mapping.path.replace(/^(?:\.\/)+/, '') : undefined
  const filter = pathFilter(patterns, (path) => isListed(path, files))
  const wanted: TreeFile[] = []
  for (const file of files) {
    const isWanted = file.path === set || filter.finds(file.path)
    if (file.kind === 'file' && isWanted) wanted.push(file)
    if (file.kind === 'file' || (!isWanted && !filter.searches(file.path))) continue
    const mayLead = isWanted || (await leadsToFiles(file, { files, from, filter }, signal))
    if (mayLead)
      return absent(
        `${JSON.stringify(file.path)} is a ${file.kind} in commit ${shortSha(commit)}, and ${file.kind}s are not followed`,
        'Exclude it in "glob", or put its files in its place.',
      )
  }
  return refuseNames(wanted, commit) ?? { kind: 'wanted', files: wanted }
}

/** Whether there is a file or a folder of this name, in either of the forms in which it may be stored. */
function isListed(name: string, files: readonly TreeFile[]): boolean {
  const wanted = name.normalize('NFC')
  return files.some(({ path }) => `${path.normalize('NFC')}/`.startsWith(`${wanted}/`))
}

type SearchedTree = Omit<ListedTree, 'commit'> & { readonly filter: PathFilter }

/** No system has longer paths. */
const LINK_MOST_BYTES = 4_096

/** Whether a link could lead to matching files: false only if it certainly does not. */
async function leadsToFiles(link: TreeFile, tree: SearchedTree, signal: AbortSignal): Promise<boolean> {
  if (link.kind === 'submodule') return true
  const target = await readLink(link, tree.from, signal)
  const there = target === undefined ? [] : tree.files.filter(({ path }) => `${path}/`.startsWith(`${target}/`))
  if (target === undefined || there.length === 0) return true
  return there.some(({ path, kind }) => {
    // A link to a file is not a searched folder, and the patterns do not look for the link itself.
    if (path === target) return kind !== 'file'
    const found = `${link.path}${path.slice(target.length)}`
    return tree.filter.finds(found) || (kind !== 'file' && tree.filter.searches(found))
  })
}

/** @returns the target of a link within the repository; undefined if it is unknown, or elsewhere */
async function readLink(link: TreeFile, from: CommitFiles, signal: AbortSignal): Promise<string | undefined> {
  const chunks: Buffer[] = []
  const write = async (bytes: Uint8Array) => void chunks.push(Buffer.from(bytes))
  const read = await from.read({ ...link, kind: 'file' }, { write, mostBytes: LINK_MOST_BYTES }, signal)
  const text = Buffer.concat(chunks).toString()
  if (read.kind !== 'read' || text === '' || text.startsWith('/') || isGarbled(text)) return undefined
  const target = posix.join(posix.dirname(link.path), text).replace(/\/$/, '')
  return target === '.' || target === '..' || target.startsWith('../') ? undefined : target
}

/** Refuses names by which no file on a disk can be found. */
function refuseNames(files: readonly TreeFile[], commit: string): DiffAbsence | undefined {
  const refused = (path: string, why: string) => absent(`${JSON.stringify(path)} in commit ${shortSha(commit)} ${why}`)
  const seen = new Set<string>()
  for (const { path } of files) {
    if (isGarbled(path)) return refused(path, 'has a name that is not valid UTF-8')
    if (seen.has(path)) return refused(path, 'is listed twice')
    seen.add(path)
  }
  return undefined
}

/**
 * Why the current files cannot be compared with those of another commit: some of them are not in Git. The targets of
 * links and submodules count as being in Git.
 */
export async function refuseStrays(
  today: readonly { readonly path: string }[],
  { github, signal }: Pick<Context, 'github' | 'signal'>,
): Promise<DiffAbsence | undefined> {
  const head = await github.checkout.head(signal)
  const tree = head.kind === 'head' ? await github.checkout.tree(head.commit, signal) : head
  if (tree.kind === 'unreadable') return undefined
  const known = new Set(tree.files.map(({ path }) => path.normalize('NFC')))
  const roots = tree.files.flatMap(({ path, kind }) => (kind === 'file' ? [] : [`${path.normalize('NFC')}/`]))
  const isKnown = (path: string) => known.has(path) || roots.some((root) => path.startsWith(root))
  const strays = today.map(({ path }) => path).filter((path) => !isKnown(path.normalize('NFC')))
  if (strays.length === 0) return undefined
  const names = joinFirst(
    strays.map((path) => JSON.stringify(path)),
    MOST_STRAYS,
  )
  return absent(`files that are not in Git cannot be compared: ${names}`)
}

/** More names would not help the reader. */
const MOST_STRAYS = 3
