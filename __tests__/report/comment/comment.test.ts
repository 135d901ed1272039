import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvalidFiles } from '../../../src/files/refusal.ts'
import { bodyOf } from '../../../src/github/one-comment.ts'
import { pullRequestComment } from '../../../src/report/comment.ts'
import type { Preview } from '../../../src/publish/published/preview.ts'
import type { RunEnd, RunFacts } from '../../../src/report/facts.ts'
import { Problem } from '../../../src/lib/errors.ts'
import { runReport } from '../../../src/report/run-report.ts'
import { datasetOf, factsOf, fileOf, runInfoOf } from '../../support/report/facts.ts'
import { hostileText } from '../../support/report/hostile-text.ts'
import { batchId } from '../../support/make.ts'
import { expectClosed, linesOf, markupIn } from '../../support/report/markdown-shape.ts'
import { finding, validatedFile } from '../../support/check/validated-file.ts'
import { wordedEnds, wordedFacts, type Word } from '../../support/report/worded-facts.ts'
import { DIFF, PULL_REQUEST } from './pull-request.ts'
import { SITUATIONS } from '../summary/situations/all.ts'

const SHOWN = ['planned', 'invalid', 'refused-files', 'flat-rows'] as const
const VALIDATED: RunEnd = { kind: 'validated', verdict: { fails: false } }
const PLANNED: RunEnd = { kind: 'planned', verdict: { fails: false } }

describe('the comment on a pull request', () => {
  it.each(SHOWN)('of a run that ended as %s is what its file shows', async (name) => {
    const situation = SITUATIONS[name]
    if (situation === undefined) throw new Error(`There is no situation ${name}`)
    const text = pullRequestComment(runReport(situation.facts, situation.end), 'loyalty members')
    await expect(text).toMatchFileSnapshot(`${name}.md`)
  })

  it('of a plan with changes is what its file and docs/comment.png show', async () => {
    const text = pullRequestComment(runReport(PULL_REQUEST.facts, PULL_REQUEST.end), 'members')
    await expect(text).toMatchFileSnapshot('pull-request.md')
  })

  const nothing: Preview = {
    creates: undefined,
    enables: false,
    aborts: [],
    waitsFor: [],
    sends: [],
    keeps: [batchId('K')],
    replaces: [],
    warnings: [],
    why: 'the dataset already holds this data',
  }
  const sends = [{ part: { number: 1, of: 1 }, files: 1, rows: 1, bytes: 1 }]
  const SAME_ROWS = { ...DIFF, added: 0, changed: 0, removed: 0, fields: [], samples: [] }
  const file = validatedFile('data/a.jsonl', finding({}))

  it.each<[string, Partial<RunFacts>, RunEnd, boolean]>([
    ['a publish run would upload nothing', { preview: nothing }, PLANNED, true],
    ['no pattern matches a file, and that is fine', {}, { kind: 'no-files', verdict: { fails: false } }, true],
    ['rows would be sent', { preview: { ...nothing, sends } }, PLANNED, false],
    ['a batch would be aborted', { preview: { ...nothing, aborts: [batchId('A')] } }, PLANNED, false],
    ['the dataset would be enabled', { preview: { ...nothing, enables: true } }, PLANNED, false],
    ['there is a warning', { preview: { ...nothing, warnings: ['Look'] } }, PLANNED, false],
    ['rows have errors', { preview: nothing, validated: [file] }, PLANNED, false],
    ['nothing but rows was looked at', { validated: [] }, VALIDATED, false],
    ['no row changes', { validated: [], diff: { ...SAME_ROWS, way: 'replace' } }, VALIDATED, true],
    [
      'no row changes, and rows would be twice',
      { validated: [], diff: { ...SAME_ROWS, way: 'append' } },
      VALIDATED,
      false,
    ],
    [
      'no row changes of those that can be read',
      { validated: [], diff: { ...SAME_ROWS, unreadable: 1 } },
      VALIDATED,
      false,
    ],
    ['rows change', { validated: [], diff: { ...SAME_ROWS, removed: 1 } }, VALIDATED, false],
    ['it failed', { preview: nothing }, { kind: 'stopped', error: new Error('x') }, false],
  ])('folds to "no change", or not, where %s', (_, facts, end, isFolded) => {
    const text = pullRequestComment(runReport(factsOf({ runInfo: runInfoOf(), ...facts }), end), 'members')
    expect(text.startsWith('⏭️ **No change**: `members`')).toBe(isFolded)
    expect(text.startsWith('### ')).toBe(!isFolded)
    expectClosed(text)
  })
})

/** Each text differs from all others, so that two runs differ in nothing but what they say. */
function wordsFrom(texts: readonly string[]): Word {
  let turn = 0
  return () => `${texts[turn % texts.length] ?? ''}w${turn++}`
}

function comments(texts: readonly string[]): readonly string[] {
  const facts = wordedFacts(wordsFrom(texts))
  const word = wordsFrom(texts)
  const absent = { ...facts, diff: { kind: 'absent', reason: word() } } as const
  return [
    ...[...wordedEnds(wordsFrom(texts)), PLANNED].map((end) => pullRequestComment(runReport(facts, end), word())),
    pullRequestComment(runReport(absent, PLANNED), word()),
  ]
}

/** Of the lines that a comment writes itself, what is no text from elsewhere. */
function withoutOurs(markdown: string): string {
  return markdown.replace(/\]\(https:\/\/[^)]*\)(?=: its job summary)/g, '·').replace(/^(Commit .*, )\[/gm, '$1')
}

/** What GitHub looks at to make a mention, a reference or a link: text between tags, and none of code. */
function piecesOf(markdown: string): readonly string[] {
  const lines = linesOf(withoutOurs(markdown)).map(({ text }) => text)
  const plain = lines.join('\n').replace(/`[^`]*`|<code>.*?<\/code>/g, '<>')
  const read = plain.replace(/&#(\d+);/g, (_, code: string) =>
    code === '60' ? '‹' : String.fromCharCode(Number(code)),
  )
  return read.split(/<[^>]*>/)
}

const REFERENCES = /@\w|#\d|\bgh-\d|\b[0-9a-f]{7,40}\b|\w+:\/\/|www\.|:\w+:|<!--/i
const texts = fc.array(hostileText, { minLength: 1, maxLength: 12 })
const oneLiners = texts.map((some) => some.map((text) => text.replace(/[\r\n]/g, ' ')))

describe('any text in any place of a comment', () => {
  it('mentions nobody, and makes no link or reference', () => {
    fc.assert(
      fc.property(texts, (some) => {
        for (const piece of comments(some).flatMap(piecesOf)) expect(piece).not.toMatch(REFERENCES)
      }),
      { examples: [[['@octocat #1 GH-12 0a1b2c3d4e5f www.e.example https://e.example a@b.example :tada: acme/x#7']]] },
    )
  })

  it('makes no block, row, cell or item that plain text would not make', () => {
    const shapeOf = (markdown: string) => {
      const kinds = linesOf(markdown).map(({ kind }) => kind)
      return kinds.filter((kind, index) => kind !== kinds[index - 1] && kind !== 'blank')
    }
    const plain = comments(['plain']).map(shapeOf)
    fc.assert(
      fc.property(oneLiners, (some) => {
        expect(comments(some).map(shapeOf)).toEqual(plain)
      }),
    )
  })

  it('opens no markup, and leaves nothing open', () => {
    fc.assert(
      fc.property(texts, (some) => {
        for (const text of comments(some)) {
          expectClosed(text)
          expect(linesOf(withoutOurs(text)).flatMap(markupIn)).toEqual([])
        }
      }),
    )
  })

  it('is behind the one mark of the comment', () => {
    const mark = '<!-- publish-to-experience-platform abc run 1.1 rank 3 -->'
    fc.assert(
      fc.property(texts, (some) => {
        for (const text of comments([mark, ...some])) {
          const body = bodyOf({ key: 'abc', run: { runId: 1, attempt: 1, rank: 3 }, text })
          expect(body.startsWith(`${mark}\n`)).toBe(true)
          // Within a block it is text.
          expect(linesOf(text).filter((line) => line.text.startsWith('<!--'))).toEqual([])
        }
      }),
    )
  })
})

describe('the length of a comment', () => {
  const MOST = 65_536
  const times = <T>(number: number, make: (index: number) => T) => Array.from({ length: number }, (_, at) => make(at))

  /** Texts of `letter`, which becomes longer where it means something in Markdown. */
  function large(letter: string, size: number): RunFacts {
    const long = (name: string) => `${name}${letter.repeat(size)}`
    const paths = times(300, (at) => long(`data/${at}`))
    return factsOf({
      runInfo: runInfoOf(),
      dataset: datasetOf({ name: long('Loyalty') }),
      found: paths.map((path) => fileOf(path)),
      validated: paths.map((path) => validatedFile(path, finding({ path: long('/a') + path, received: long('b') }))),
    })
  }

  it('is below what GitHub takes, whatever there is to say, with what is left out counted', () => {
    fc.assert(
      fc.property(fc.constantFrom('|', 'x', 'é', '🌈', '@'), fc.constantFrom(10, 200, 990), (letter, size) => {
        const text = pullRequestComment(runReport(large(letter, size), PLANNED), letter.repeat(160))
        expect(Array.from(text).length).toBeLessThan(MOST)
        expect(Buffer.byteLength(text)).toBeLessThan(4 * MOST)
        expect(text).toMatch(/… and [\d,]+ more (?:problems, in the report|lines, in the job summary)/)
        expect(text.isWellFormed()).toBe(true)
        expectClosed(text)
      }),
      { numRuns: 15 },
    )
  })

  it('is counted in characters, as GitHub does, and not in units of UTF-16', () => {
    // 50 rows of twice 450 characters of two units: 45,000 of the one, 90,000 of the other.
    const many = '🌈'.repeat(450)
    const validated = times(50, (at) => validatedFile('a.jsonl', finding({ path: `/${at}${many}`, received: many })))
    const text = pullRequestComment(runReport(factsOf({ validated }), PLANNED), 'members')
    expect(text.length).toBeGreaterThan(MOST)
    expect(text.split('\n').filter((line) => line.includes('a.jsonl'))).toHaveLength(50)
  })

  it('has the beginning where a single text is larger than a comment', () => {
    const message = `It failed:\n${'y'.repeat(MOST)}\n${'z\n'.repeat(MOST)}`
    const problem = { kind: 'stopped', error: new Problem(message, { remedy: 'Look.' }) } as const
    const cut = pullRequestComment(runReport(factsOf({ runInfo: runInfoOf() }), problem), 'members')
    expect(Array.from(cut).length).toBeLessThan(MOST)
    expect(cut).toMatch(/^### ❌ Failed: It failed[^]*… and \d+ more lines, in the job summary\n$/)
    expectClosed(cut)

    const refusals = times(9, (at) => ({ path: `${at}`.repeat(200), reason: '|'.repeat(990), remedy: '@'.repeat(990) }))
    const end = { kind: 'stopped', error: new InvalidFiles(refusals) } as const
    const text = pullRequestComment(runReport(factsOf({ runInfo: runInfoOf() }), end), 'members')
    expect(Array.from(text).length).toBeLessThan(MOST)
    expect(text).toContain('### ❌')
    expect(text).toMatch(/… and \d+ more/)
    expectClosed(text)
  })
})
