import { describe, expect, it } from 'vitest'
import { pathsOf, proseOf, readPage, type Page } from './read-pages.ts'

/** Phrases that nobody would write who grew up with English, or that have another name here, with what to write. */
const NEVER: Readonly<Record<string, readonly RegExp[]>> = {
  'the data; different data': [/\b(?:a|this|other|older|newer|new|same) contents?\b(?! of)/i],
  'a publish run': [/\b(?:a|one|last|earlier|every|each|the) publish\b(?! (?:run|step|job|with))/i],
  'row with errors; invalid row': [/\bbad rows?\b/i],
  validation: [/\bcheck(?:s|ed|ing)? (?:of )?the rows\b/i, /\brows? (?:is|are|was|were) (?:not )?checked\b/i],
  'revert; abort; restore': [/\b(?:take|takes|taken|taking|took) (?:\w+ )?back\b/i, /\bputs? (?:\w+ )?back\b/i],
  'in progress': [/\bin work\b/i],
  finished: [/\bsettled\b/i],
  chunk: [/\bpieces?\b/i],
  shard: [/\b(?:a|the|this|another|each|every|empty|eight|of) shares?\b/i, /\bshared out\b/i],
  string: [/\ba text\b/i, /\bas text\b/i, /\btexts\b/i],
  'space; whitespace': [/\bblanks?\b/i],
  'is sent; is uploaded': [/\btravel(?:s|ed)?\b/i, /\bgoes? by\b(?! the extension)/i],
  'reports; logs': [/\b(?:is|are) (?:said|told)\b(?! to)/i, /\b(?:action|run|log|tool) says\b/i],
  again: [/\banew\b/i],
  fixed: [/\bmended?\b/i],
  percent: [/\bper cent\b/i],
  'per line; per page': [/\b(?:one|object|record|pattern|row)s? a line\b/i, /\b\d+ a page\b/i],
  'organization, license, catalog, behavior, recognize': [
    /\borganisations?\b/i,
    /\blicences?\b/i,
    /\bcatalogues?\b/i,
    /\bbehaviours?\b/i,
    /\brecognise/i,
    /\binitialise/i,
  ],
  alternatives: [/\bways? (?:round|on)\b/i],
  'unavailable or unreachable': [/\bunwell\b/i],
  'unexpected error': [/\bunforeseen\b/i],
  except: [/\bbut for\b/i, /\bneeded, but\b/i],
  assume: [/\breckons?\b/i],
  'localhost only': [/\bthis machine alone\b/i],
  limitations: [/^#+ not now$/im],
  'what happens to': [/\bwhat (?:became|becomes) of\b/i],
  'is, are': [/\b(?:stands?|lies?) (?:at|in|beside|twice|there)\b/i],
  'triggered by': [/\bset(?:s)? off\b/i],
  or: [/(?<!\bneither\b[^.]*)\bnor\b/i],
  this: [/\bsuch an? (?!way)/i],
  'as long as': [/\bas far as it goes\b/i],
  'the log reports it': [/, which is said\b/i],
}

const PAGES: readonly Page[] = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'BENCHMARKS.md',
  'emulator/README.md',
  'action.yml',
  ...pathsOf('docs/*.md'),
  ...pathsOf('examples/*.yml'),
  ...pathsOf('.github/ISSUE_TEMPLATE/*.yml'),
].map(readPage)

describe.each(PAGES)('the English of $path', (page) => {
  const prose = page.path.endsWith('.md') ? withoutQuotes(proseOf(page)) : page.text

  it.each(Object.entries(NEVER))('has "%s" and nothing else for it', (_, phrases) => {
    const found = phrases.flatMap((phrase) =>
      Array.from(prose.matchAll(new RegExp(phrase, `g${phrase.flags}`)), around),
    )
    expect(found).toEqual([])
  })
})

/** Names of things, and what the action prints, which is compared elsewhere. */
function withoutQuotes(text: string): string {
  return text.replace(/``[^`\n]+``|`[^`\n]+`/g, '`…`').replace(/\]\([^)]*\)/g, ']')
}

function around({ index, input }: RegExpExecArray): string {
  return input.slice(Math.max(0, index - 30), index + 40)
}
