import { lstatSync } from 'node:fs'
import { join, sep as nativeSep } from 'node:path'
import { Minimatch } from 'minimatch'

/** Each further `!` turns the pattern round again. */
export function isInclude(pattern: string): boolean {
  return leadingMarks(pattern).replace(/\s/g, '').length % 2 === 0
}

/** `! !a` → `! !` */
export function leadingMarks(pattern: string): string {
  return /^[!\s]*/.exec(pattern)?.[0] ?? ''
}

/**
 * A name with an accent may be stored composed or decomposed, as macOS writes it, and looks the same. @actions/glob tells
 * the two apart; the walk compares both in composed form.
 */
export function hasTwoForms(text: string): boolean {
  return text.normalize('NFC') !== text.normalize('NFD')
}

/** `!./data/*.json` → `!/the/workspace/data/*.json`, whatever the working directory is and is called. */
export function anchor(line: string, workspace: string, sep: string = nativeSep): string {
  const marks = leadingMarks(line)
  const pattern = line.slice(marks.length).replace(sep === '\\' ? /^(?:\.[/\\])+/ : /^(?:\.\/)+/, '')
  return `${marks.replace(/\s/g, '')}${escapeFolder(workspace, sep)}/${escapeNames(pattern, namesIn(workspace))}`
}

/** As @actions/glob escapes the working directory. */
function escapeFolder(folder: string, sep: string): string {
  const slashed = sep === '\\' ? folder : folder.replaceAll('\\', '\\\\')
  return slashed.replace(/\[(?=[^/]+\])/g, '[[]').replace(/[?*]/g, '[$&]')
}

/** A pattern, read as @actions/glob reads it. */
export type Matcher = {
  /** The path itself. */
  readonly exact: Minimatch
  /** What is below it: a pattern that matches a folder means all files in it. */
  readonly below: Minimatch
  readonly isFolder: boolean
  readonly isGlobstar: boolean
}

/** As @actions/glob sets them. */
const OPTIONS = { dot: true, nobrace: true, nocase: nativeSep === '\\', nocomment: true, noext: true, nonegate: true }

export function compile(text: string, isThere: NameLookUp): Matcher {
  const path = fromWorkspace(text)
  const named = escapeNames(path.replace(/\/+$/, ''), isThere)
  const exact = new Minimatch(named.normalize('NFC'), OPTIONS)
  const isFolder = path.endsWith('/')
  const isGlobstar = /(^|\/)\*\*$/.test(named)
  const below = isGlobstar && !isFolder ? exact : new Minimatch(`${named.normalize('NFC')}/**`, OPTIONS)
  return { exact, below, isFolder, isGlobstar }
}

/** `! ./data/*.json` → `data/*.json`. On Windows `\` stands for `/`; elsewhere it makes the next sign literal. */
export function fromWorkspace(pattern: string, sep: string = nativeSep): string {
  const slashed = sep === '\\' ? pattern.replaceAll('\\', '/') : pattern
  const path = slashed.replace(/^[!\s]*(?:\.\/+)*/, '')
  return path === '' || path === '.' ? '**' : path
}

/** Whether there is a file or a folder of this path. */
export type NameLookUp = (path: string) => boolean

/** Brackets of a file or folder that exists under this very name are a part of the name, not a set of characters. */
function escapeNames(pattern: string, isThere: NameLookUp): string {
  const segments = pattern.split('/')
  const wild = segments.findIndex((segment, index) => {
    if (/[*?\\]/.test(segment)) return true
    return segment.includes('[') && !isThere(segments.slice(0, index + 1).join('/'))
  })
  const end = wild < 0 ? segments.length : wild
  return segments.map((segment, index) => (index < end ? segment.replaceAll('[', '[[]') : segment)).join('/')
}

/** In any of the forms that one name may be stored in. */
export function namesIn(workspace: string): NameLookUp {
  return (path) => {
    const forms = new Set([path, path.normalize('NFC'), path.normalize('NFD')])
    return Array.from(forms).some((form) => exists(join(workspace, form)))
  }
}

function exists(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined
  } catch {
    // A file in the place of a folder, or a folder that can't be entered: the search itself sees to it.
    return false
  }
}

/** Where to begin: what is named need not be listed, unless it may be stored in two forms. */
export function literalPart({ exact }: Matcher): string {
  const parts: readonly unknown[] = exact.set[0] ?? []
  const wild = parts.findIndex((part) => typeof part !== 'string' || hasTwoForms(part))
  return parts.slice(0, wild < 0 ? parts.length : wild).join('/')
}

/** What ends in a globstar also matches what it begins with, as a file too: so does @actions/glob. */
export function matches({ exact, below, isFolder }: Matcher, path: string): boolean {
  if (exact === below) return exact.match(`${path}/`)
  return (!isFolder && exact.match(path)) || below.match(path)
}

/** Whether it may match something in this folder. */
export function reachesInto({ below }: Matcher, folder: string): boolean {
  return folder === '' || below.match(folder, true)
}

/** Whether it matches whatever is in this folder. */
export function covers({ exact, isGlobstar }: Matcher, folder: string): boolean {
  return exact.match(isGlobstar ? `${folder}/` : folder)
}

/**
 * Which of many patterns match a path, in their order. One whose last part is a plain name is tried only for paths with
 * that name in them, so that thousands of names are not compared with thousands of files.
 */
export function matchAny<T extends { readonly matcher: Matcher }>(all: readonly T[]): (path: string) => readonly T[] {
  const order = new Map(all.map((one, index) => [one, index]))
  const byName = Map.groupBy(all, ({ matcher }) => lastName(matcher))
  return (path) => {
    const names = new Set<string | undefined>(path.split('/')).add(undefined)
    const tried = Array.from(names).flatMap((name) => byName.get(name) ?? [])
    const found = tried.filter(({ matcher }) => matches(matcher, path))
    return found.toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
  }
}

/** The excluding patterns among others. */
export type Excludes = {
  readonly all: readonly Exclude[]
  /** Those behind a place that take this path away. */
  matching(path: string, place: number): readonly Exclude[]
}

export type Exclude = {
  readonly text: string
  /** Where it stands among all patterns: it is for those before it. */
  readonly place: number
  readonly matcher: Matcher
}

export function excludesAmong(patterns: readonly string[], isThere: NameLookUp): Excludes {
  const all = patterns.flatMap((text, place) =>
    isInclude(text) ? [] : [{ text, place, matcher: compile(text, isThere) }],
  )
  const matching = matchAny(all)
  return { all, matching: (path, before) => matching(path).filter(({ place }) => place > before) }
}

/** @returns undefined where the last part has wildcards, or case doesn't matter */
function lastName({ exact }: Matcher): string | undefined {
  const last: unknown = exact.set.length === 1 ? exact.set[0]?.at(-1) : undefined
  return typeof last === 'string' ? last : undefined
}

/** Of files that are listed and not there: which of them patterns find, and which folders are searched for some. */
export type PathFilter = { finds(path: string): boolean; searches(folder: string): boolean }

/** `isThere` tells whether a file or folder of this very name is there. */
export function pathFilter(patterns: readonly string[], isThere: NameLookUp): PathFilter {
  const includes = patterns.flatMap((text, place) =>
    isInclude(text) ? [{ place, matcher: compile(text, isThere) }] : [],
  )
  const including = matchAny(includes)
  const excludes = excludesAmong(patterns, isThere)
  return {
    finds(given) {
      const path = given.normalize('NFC')
      return including(path).some(({ place }) => excludes.matching(path, place).length === 0)
    },
    searches(given) {
      const folder = given.normalize('NFC')
      // What matches a folder means everything in it.
      const isTaken = ({ matcher }: Exclude) => covers(matcher, folder) || matches(matcher, folder)
      const last = excludes.all.findLast(isTaken)?.place ?? -1
      return includes.some(({ matcher, place }) => place > last && reachesInto(matcher, folder))
    },
  }
}

/** What Node puts in the place of bytes that are not UTF-8; the file can't be opened by such a name. */
export const REPLACEMENT = '\uFFFD'

/** Whether bytes of the name are not UTF-8. */
export function isGarbled(path: string): boolean {
  return path.includes(REPLACEMENT)
}
