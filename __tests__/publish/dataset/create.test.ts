import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDataset } from '../../../src/publish/dataset.ts'
import { contextOf } from '../../support/runs/context.ts'
import { caught } from '../../support/caught.ts'
import { datasetShelf, type ShelfTemper } from '../../support/platform/dataset-shelf.ts'
import { leapingClock } from '../../support/time/fake-clock.ts'
import { heard } from '../../support/runs/heard.ts'
import { never } from '../../support/time/never.ts'

const PROSPECT = { name: 'Members', schemaId: 'https://ns.adobe.com/acme/schemas/1', isForUpsert: false }
/** As long as anybody looks for what was created. */
const LOOKED_MS = 40_000

function bench(temper: Omit<ShelfTemper, 'clock'> = {}, signal = never()) {
  const clock = leapingClock()
  const shelf = datasetShelf({ ...temper, clock })
  const create = () => createDataset(PROSPECT, contextOf({ datasets: shelf.datasets, clock, log: heard(), signal }))
  const run = async () => (await create()).id
  const ours = () => shelf.all().filter(({ isOurs }) => isOurs)
  return { ...shelf, clock, create, run, ours }
}

describe('creating a dataset', () => {
  it('hands back its id once a list shows it', async () => {
    const { run, ours, clock } = bench({ lagMs: 7_000 })
    expect(await run()).toBe(ours()[0]?.id)
    expect(clock.sleeps).toEqual([2_000, 3_000, 5_000])
  })

  it('is reported as created only where the platform confirmed it', async () => {
    expect(await bench().create()).toMatchObject({ isOurs: true })
    expect(await bench({ creations: ['lost'] }).create()).toMatchObject({ isOurs: false })
  })

  it('goes no further where no list shows it', async () => {
    const { run, ours } = bench({ lagMs: 10 * LOOKED_MS })
    expect(await caught(run())).toMatchObject({ isPassing: true, message: expect.stringContaining('no list shows it') })
    expect(ours()).toHaveLength(1)
  })

  it.each([0, 1_000, 4_000, LOOKED_MS])(
    'is not repeated after a lost answer that a list shows after %i ms',
    async (lagMs) => {
      const { run, ours, asked } = bench({ creations: ['lost'], lagMs })
      expect(await run()).toBe(ours()[0]?.id)
      expect([ours().length, asked()]).toEqual([1, 1])
    },
  )

  it('is repeated where nothing came of it', async () => {
    const { run, ours, asked } = bench({ creations: ['unheard', 'unheard'] })
    expect(await run()).toBe(ours()[0]?.id)
    expect([ours().length, asked()]).toEqual([1, 3])
  })

  it('is given up after three attempts', async () => {
    const { run, asked } = bench({ creations: ['unheard', 'unheard', 'unheard', 'unheard'] })
    expect(await caught(run())).toMatchObject({ message: 'Cannot create it: nothing was heard' })
    expect(asked()).toBe(3)
  })

  it('is not repeated where it is refused', async () => {
    const { run, asked } = bench({ creations: ['refused'] })
    expect(await caught(run())).toMatchObject({ message: 'Cannot create it: it is refused' })
    expect(asked()).toBe(1)
  })

  it.each([0, 3_000])('finds the one of a job that was faster, which lists show after %i ms', async (lagMs) => {
    const before: ShelfTemper['before'] = (shelf) => shelf.add('Members')
    const { run, all } = bench({ hasUniqueNames: true, lagMs, before })
    expect(await run()).toBe(all()[0]?.id)
    expect(all()).toHaveLength(1)
  })

  it('is not asked for where another job made one since it was looked for', async () => {
    const { run, all, add, asked } = bench()
    add('Members')
    expect(await run()).toBe(all()[0]?.id)
    expect([all().length, asked()]).toEqual([1, 0])
  })

  it('is an error where another job made one of the name as well', async () => {
    const { run, all } = bench({ before: (shelf) => shelf.add('Members') })
    const error = await caught(run())
    for (const { id } of all()) expect(error).toMatchObject({ message: expect.stringContaining(id) })
    expect(all()).toHaveLength(2)
  })

  it('ends at once when the step is cancelled', async () => {
    const controller = new AbortController()
    const { run } = bench({ creations: ['unheard'] }, controller.signal)
    const running = caught(run())
    controller.abort(new Error('cancelled'))
    expect(await running).toMatchObject({ message: 'cancelled' })
  })
})

describe('whatever becomes of the answers', () => {
  const temper = fc.record({
    creations: fc.array(fc.constantFrom('done', 'refused', 'lost', 'unheard'), { maxLength: 4 }),
    lagMs: fc.nat({ max: LOOKED_MS }),
    hasUniqueNames: fc.boolean(),
    rivals: fc.nat({ max: 2 }),
  })

  it('one dataset is made at most, and none is handed back beside another of its name', async () => {
    await fc.assert(
      fc.asyncProperty(temper, async ({ rivals, ...more }) => {
        let isFirst = true
        const before: ShelfTemper['before'] = (shelf) => {
          if (isFirst) for (let rival = 0; rival < rivals; rival++) shelf.add('Members')
          isFirst = false
        }
        const { run, ours, all } = bench({ ...more, before })
        const end = await run().catch((error: unknown) => error)
        expect(ours().length).toBeLessThanOrEqual(1)
        if (end instanceof Error) expect(end.message).not.toBe('')
        else expect(all().map(({ id }) => id)).toEqual([end])
      }),
      { numRuns: 500 },
    )
  })
})
