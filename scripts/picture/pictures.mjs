import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { demoSummary } from './demo-summary.mjs'

const ROOT = join(import.meta.dirname, '../..')

/**
 * The pictures of docs/, each with its Markdown and the frame that GitHub shows around it: the job summary of the demo's
 * last run, and the comment that a test compares with the action's.
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
