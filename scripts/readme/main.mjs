// Updates the parts of README.md, docs/ and the examples that come from other files: tables, pins of actions, and the
// account of the repository. --check only reports whether they are up to date; --owner NAME changes the account first.
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { ownerIn, withOwner } from './owner.mjs'
import { withPins } from './pins.mjs'
import { withLogs } from './logs.mjs'
import { PARTS, withPart } from './parts.mjs'

/** Every file that names the action's repository. package.json is the source of the account. */
const OWNED = [
  'README.md',
  'SECURITY.md',
  'CONTRIBUTING.md',
  '.github/CODEOWNERS',
  ...globSync('{docs/*.md,examples/*.yml,.github/ISSUE_TEMPLATE/*.yml}'),
]

const { values } = parseArgs({ options: { check: { type: 'boolean' }, owner: { type: 'string' } } })

const manifest = readFileSync('package.json', 'utf8')
const owner = values.owner ?? ownerIn(manifest)
const files = ['package.json', ...OWNED.map((path) => path.replaceAll('\\', '/'))]
const stale = files.filter((path) => {
  const text = readFileSync(path, 'utf8')
  const written = writtenAnew(path, text)
  if (!values.check && written !== text) writeFileSync(path, written)
  return written !== text
})
if (values.check && stale.length > 0) {
  console.error(`Out of date: ${stale.join(', ')}. Run "npm run readme" and commit the result.`)
  process.exitCode = 1
}

function writtenAnew(path, text) {
  const parts = Object.entries(PARTS[path] ?? {})
  const filled = parts.reduce((before, [name, make]) => withPart(before, { path, name, part: make() }), text)
  return withOwner(path.endsWith('.md') ? withPins(withLogs(filled)) : filled, owner)
}
