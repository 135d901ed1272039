import { globSync, readFileSync } from 'node:fs'
import { sep } from 'node:path'

export type Page = { readonly path: string; readonly text: string }

const ROOT = new URL('../../', import.meta.url)

/** README.md and the pages under docs/. */
export function readPages(): readonly Page[] {
  return ['README.md', ...pathsOf('docs/*.md')].map(readPage)
}

/** Everything that people read beside them. */
export function readOtherPages(): readonly Page[] {
  return ['CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'BENCHMARKS.md', 'emulator/README.md'].map(readPage)
}

export function readPage(path: string): Page {
  return { path, text: readFileSync(new URL(path, ROOT), 'utf8') }
}

/** Sorted, with slashes on every system. */
export function pathsOf(pattern: string): readonly string[] {
  return globSync(pattern, { cwd: ROOT })
    .map((path) => path.replaceAll(sep, '/'))
    .toSorted()
}

/** The blocks of code in a language, in turn. */
export function blocksOf({ text }: Page, language: string): readonly string[] {
  const pattern = new RegExp(`^ *\`\`\`${language}\\n([^]*?)^ *\`\`\`$`, 'gm')
  return Array.from(text.matchAll(pattern), ([, code = '']) => code)
}

/** What people read as sentences: no blocks of code. */
export function proseOf({ text }: Page): string {
  return text.replace(/^ *```[^]*?^ *```$/gm, '').replace(/<!--[^]*?-->/g, '')
}
