import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { demoSummary } from './demo-summary.mjs'

const ROOT = join(import.meta.dirname, '../..')

/**
 * The pictures of docs/, each with the Markdown that it shows and what GitHub puts around that: the job summary of the demo's
 * last trial, and the comment that a test holds the action to.
 */
export const PICTURES = [
  {
    name: 'summary',
    frame: { title: 'Job summary', header: 'publish summary', footer: 'Job summary generated at run-time' },
    markdown: demoSummary,
  },
  {
    name: 'comment',
    frame: { title: 'Pull request', header: 'github-actions <span>bot commented</span>', footer: '' },
    markdown: () => readFileSync(join(ROOT, '__tests__/report/comment/pull-request.md'), 'utf8'),
  },
]
