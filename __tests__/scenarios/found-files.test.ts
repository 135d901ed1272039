import { link, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { member } from '../support/runs/platform-inputs.ts'
import { describeScenarios, type Scenario } from '../support/runs/scenario.ts'

const files = { 'data/a.jsonl': member('1'), 'data/b.jsonl': member('2') }
const names = ['data/b.jsonl', 'data/a/x.jsonl', 'data/a.jsonl', 'data/a-b.jsonl', 'data/Z.jsonl']

/** `data/name`, which leads to `target`. */
const linked = (target: string, name: string) => (workspace: string) => symlink(target, join(workspace, 'data', name))

/** A file outside of the workspace, and a link to it, or to its folder. */
function leadsOut(linkTo: 'secret.jsonl' | '.', name: string): Scenario {
  return {
    files,
    inputs: { glob: 'data/**/*.jsonl' },
    prepare: async (workspace) => {
      const outside = join(workspace, '../outside')
      await mkdir(outside)
      await writeFile(join(outside, 'secret.jsonl'), member('9'))
      await symlink(join(outside, linkTo), join(workspace, 'data', name))
    },
    exitCode: 1,
    log: [/^::error::.*secret\.jsonl.*is a link to a place outside the workspace/m],
    batches: [],
  }
}

describeScenarios('the files of a publish', {
  'are sent once, however many patterns match them': {
    files,
    inputs: { glob: 'data/*.jsonl\n./data/a.*\ndata' },
    exitCode: 0,
    received: files,
    requests: { PUT: 2 },
    log: [/^2 files are sent once each, although several patterns match them/m],
  },
  'are sent once, however many links lead to them': {
    files,
    inputs: { glob: '**/*.jsonl' },
    prepare: async (workspace) => {
      await linked('a.jsonl', 'alias.jsonl')(workspace)
      await symlink('data', join(workspace, 'copy'))
    },
    exitCode: 0,
    received: files,
    log: [/^"data\/a\.jsonl" is sent once, .*"copy\/a\.jsonl".*"data\/alias\.jsonl"/m],
  },
  'are one where two names share their bytes on disk': {
    files,
    prepare: (workspace) => link(join(workspace, 'data/a.jsonl'), join(workspace, 'data/hard.jsonl')),
    exitCode: 0,
    received: files,
    log: [/^::warning::Several names of one file .*"data\/a\.jsonl" = "data\/hard\.jsonl"/m],
  },
  'are refused where a link leads nowhere': {
    files,
    prepare: linked('gone.jsonl', 'broken.jsonl'),
    exitCode: 1,
    log: [/^::error::.*broken\.jsonl/m],
    batches: [],
  },
  'are not touched by a broken link that no pattern matches, or that is excluded': {
    files,
    inputs: { glob: '**/*.jsonl\n!data/broken.jsonl' },
    prepare: async (workspace) => {
      await linked('gone', 'notes.md')(workspace)
      await linked('gone.jsonl', 'broken.jsonl')(workspace)
    },
    exitCode: 0,
    received: files,
  },
  'are refused where a link to a file leads out of the workspace': leadsOut('secret.jsonl', 'secret.jsonl'),
  'are refused where a link to a folder leads out of the workspace': leadsOut('.', 'outside'),
  'leave out what an exclude takes away, and a pattern that finds none is named': {
    files,
    inputs: { glob: 'data/*.jsonl\nmore/*.jsonl\n!data/b.*' },
    exitCode: 0,
    received: ['data/a.jsonl'],
    log: ['::warning::The pattern "more/*.jsonl" of "glob" matches no file'],
  },
  'are named where a pattern differs in upper and lower case alone': {
    files,
    inputs: { glob: 'Data/*.JSONL' },
    exitCode: process.platform === 'win32' ? 0 : 1,
    log:
      process.platform === 'win32'
        ? []
        : ['no file matches "glob": "Data/*.JSONL" (upper and lower case matter: did you mean "data/a.jsonl"?)'],
  },
  'travel in the bytewise order of their names': {
    files: Object.fromEntries(names.map((name) => [name, member('1')])),
    inputs: { glob: 'data/**/*.jsonl', concurrency: '1' },
    exitCode: 0,
    also: (_, platform) => {
      const sent = platform.requests('PUT', /./).map(({ target }) => target.split('/files/')[1])
      expect(sent).toEqual(names.toReversed())
    },
  },
})
