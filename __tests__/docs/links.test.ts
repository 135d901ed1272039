import { existsSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readOtherPages, readPages, type Page } from './read-pages.ts'

const ROOT = new URL('../../', import.meta.url)

/** Of GitHub itself, beside the files of a repository. */
const OF_GITHUB = /^(?:\.\.\/)+issues\/new/

describe.each([...readPages(), ...readOtherPages()])('the links of $path', (page) => {
  const links = linksOf(page).filter((link) => !link.startsWith('https:') && !OF_GITHUB.test(link))

  it('lead to files that exist', () => {
    expect(links.filter((link) => !existsSync(new URL(targetOf(page, link).path, ROOT)))).toEqual([])
  })

  it('lead to headings that exist', () => {
    const targets = links.map((link) => targetOf(page, link)).filter(({ anchor }) => anchor !== '')
    expect(targets.filter(({ path, anchor }) => !anchorsOf(path).includes(anchor))).toEqual([])
  })
})

it('README.md leads to every page of docs/', () => {
  const [readme, ...pages] = readPages()
  const linked = readme === undefined ? [] : linksOf(readme).map((link) => link.replace(/#.*$/, ''))
  expect(pages.map(({ path }) => path).filter((path) => !linked.includes(path))).toEqual([])
})

function linksOf({ text }: Page): readonly string[] {
  const links = text.replace(/^```[^]*?^```$/gm, '').matchAll(/\]\(([^)\s]+)\)/g)
  return Array.from(links, ([, link = '']) => link)
}

function targetOf({ path }: Page, link: string): { readonly path: string; readonly anchor: string } {
  const [file = '', anchor = ''] = link.split('#')
  return { path: file === '' ? path : posix.join(posix.dirname(path), file), anchor }
}

function anchorsOf(path: string): readonly string[] {
  if (!path.endsWith('.md')) return []
  const text = readFileSync(new URL(path, ROOT), 'utf8').replace(/^```[^]*?^```$/gm, '')
  return Array.from(text.matchAll(/^#+ (.*)$/gm), ([, heading = '']) => anchorOf(heading))
}

/** As GitHub makes it of a heading. */
function anchorOf(heading: string): string {
  return heading
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}
