import { describe, expect, it } from 'vitest'
import type { Step } from '../workflows/read-workflows.ts'
import { filledIn } from './filled-in.ts'
import { legsOf } from './legs-of.ts'
import { readExample, type ExampleJob } from './read-example.ts'
import type { Repository } from './repository.ts'
import { runWorkflow } from './run-example.ts'
import { strangersPlatform, strangersRepository } from './stranger.ts'

const example = readExample('publish-on-merge.yml')
const job: ExampleJob = { 'runs-on': 'ubuntu-latest', 'timeout-minutes': 75, steps: [] }

const unknownJob = { ...job, container: 'node' }

/** The job in the place of the one that publishes. */
async function running(jobs: Readonly<Record<string, ExampleJob>>) {
  await using platform = await strangersPlatform()
  const repository: Repository = strangersRepository(platform, { a: '1' })
  return await runWorkflow({ ...example, jobs }, repository, { event: 'push', run: 1 })
}

const withStep = (step: Step & { readonly shell?: string }) => running({ publish: { ...job, steps: [step] } })

describe('the runner of the examples', () => {
  it.each([
    ['a key of a job', () => running({ publish: unknownJob })],
    ['a key of a step', () => withStep({ run: 'true', shell: 'sh' })],
    ['a key of a workflow', () => runWith({ defaults: {} })],
    ['an event', () => runWith({ on: { push: null, issues: null } })],
    ['an event that does not set it off', () => runWith({ on: { schedule: [] } })],
    ['another machine', () => running({ publish: { ...job, 'runs-on': 'windows-latest' } })],
    ['an environment', () => running({ publish: { ...job, environment: 'moon' } })],
    ['a job that is needed', () => running({ publish: { ...job, needs: 'nobody' } })],
    ['a matrix that cancels', () => running({ publish: { ...job, strategy: { 'fail-fast': true, matrix: {} } } })],
    ['an action', () => withStep({ uses: 'actions/cache@v5' })],
    ['a way to check out', () => withStep({ uses: 'actions/checkout@v5', with: { lfs: true } })],
    ['an expression in a script', () => withStep({ run: 'echo ${{ github.ref }}' })],
  ])('refuses %s that it does not know', async (_, run) => {
    await expect(run()).rejects.toThrow(/know|There is no|not set off|needs|This is no|Cannot check out|not the place/)
  })

  it.each(['${{ secrets.MISSING }}', '${{ github.ref }}', '${{ vars.A && 1 }}', '${{ a.b.c }}'])(
    'refuses %s',
    (text) => {
      expect(() => filledIn(text, { secrets: {}, vars: { A: '1' }, a: { b: '1' } })).toThrow(/^There is no/)
    },
  )

  it('fills in all expressions of a text', () => {
    expect(filledIn('${{ matrix.shard }}/8 of ${{vars.A}}', { matrix: { shard: 2 }, vars: { A: 'b' } })).toBe(
      '2/8 of b',
    )
  })

  it('makes a job of every combination of a matrix', () => {
    const strategy = { 'fail-fast': false, matrix: { team: ['eu', 'us'], shard: [1, 2] } }
    expect(legsOf({ ...job, strategy })).toHaveLength(4)
    expect(legsOf(job)).toEqual([{}])
  })

  it('skips a job whose needs have failed, and the steps after one that fails', async () => {
    const failing = { ...job, steps: [{ run: 'test -z "$HOME"' }, { run: 'false' }, { uses: 'never/reached@v1' }] }
    const ends = await running({ first: failing, second: { ...job, needs: 'first' } })
    expect(ends.map(({ result }) => result)).toEqual(['failure', 'skipped'])
  })
})

async function runWith(more: object) {
  await using platform = await strangersPlatform()
  return await runWorkflow({ ...example, ...more }, strangersRepository(platform, {}), { event: 'push', run: 1 })
}
