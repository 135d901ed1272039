import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readList, readPages } from '../../../src/platform/records.ts'
import { caught } from '../../support/caught.ts'
import { clientAt } from '../../support/platform/client-at.ts'
import { never } from '../../support/time/never.ts'

type Entry = { readonly id: string }

const entries = (count: number, from = 0): readonly Entry[] =>
  Array.from({ length: count }, (_, i) => ({ id: String(from + i) }))

/** A list that is another one at each page; the last one stays. */
function changing(...lists: readonly (readonly Entry[])[]) {
  const asked: (readonly [number, number])[] = []
  const readPage = async (start: number, limit: number) => {
    const list = lists[Math.min(asked.length, lists.length - 1)] ?? []
    asked.push([start, limit])
    return list.slice(start, start + limit)
  }
  return { asked, read: () => readPages(readPage, { purpose: 'read the list' }) }
}

const idsOf = (list: readonly Entry[]) => list.map(({ id }) => id)

describe('a list that is read page by page', () => {
  it.each([
    [0, 1],
    [1, 1],
    [99, 1],
    [100, 2],
    [199, 3],
    [200, 3],
    [10_000, 102],
  ])('of %i entries comes whole, in %i pages', async (count, pages) => {
    const { read, asked } = changing(entries(count))
    expect(await read()).toEqual(entries(count))
    expect(asked).toHaveLength(pages)
  })

  it('has each page begin with the last entry of the one before', async () => {
    const { read, asked } = changing(entries(250))
    await read()
    expect(asked).toEqual([
      [0, 100],
      [99, 100],
      [198, 100],
    ])
  })

  it('comes whole whatever its length', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 450 }), async (count) => {
        expect(await changing(entries(count)).read()).toEqual(entries(count))
      }),
    )
  })
})

describe('a list that shifts while it is read', () => {
  const whole = entries(250)

  it.each<readonly [string, readonly Entry[]]>([
    ['loses an entry that was read', whole.slice(1)],
    ['loses the last entry that was read', whole.toSpliced(99, 1)],
    ['gains an entry before those', [{ id: 'new' }, ...whole]],
    ['becomes shorter than what was read', entries(50)],
    ['becomes empty', []],
  ])('when it %s is read anew, and nothing is missed or doubled', async (_, after) => {
    const { read, asked } = changing(whole, after)
    expect(await read()).toEqual(after)
    expect(asked[2]).toEqual([0, 100])
  })

  it('only behind what was read is read on', async () => {
    const after = [...whole.toSpliced(200, 1), { id: 'new' }]
    const { read, asked } = changing(whole, after)
    expect(idsOf(await read())).toEqual(idsOf(after))
    expect(asked).toHaveLength(3)
  })

  it('without end is given up after five starts, as something that passes', async () => {
    const lists = Array.from({ length: 20 }, (_, i) => entries(250, i))
    const { read, asked } = changing(...lists)
    expect(await caught(read())).toMatchObject({
      isPassing: true,
      message: expect.stringContaining('it changes while the action reads it'),
    })
    expect(asked).toHaveLength(10)
  })
})

describe('a list without end', () => {
  const endless = async (start: number, limit: number) => entries(limit, start)

  it('is given up after 100,000 entries', async () => {
    let pages = 0
    const reading = readPages((start, limit) => (pages++, endless(start, limit)), { purpose: 'read the list' })
    expect(await caught(reading)).toMatchObject({
      message: expect.stringContaining('Cannot read the list: it has more than'),
    })
    expect(pages).toBeLessThan(1_020)
  })

  it('is read as far as anyone needs it', async () => {
    const read = await readPages(endless, { purpose: 'read the list', enough: 250 })
    expect(read).toEqual(entries(250))
  })

  it('is given up after ten minutes, however slowly it comes', async () => {
    const { client, clock } = clientAt([])
    const startMs = clock.now()
    const readPage = async (start: number, limit: number, signal: AbortSignal) => {
      await clock.sleep(20_000, signal)
      return endless(start, limit)
    }
    const reading = readList({ purpose: 'read the list', readPage }, client, never())
    expect(await caught(reading)).toMatchObject({ message: 'Cannot read the list: that took longer than 10 min 0 s' })
    expect(clock.now() - startMs).toBe(600_000)
  })

  it('ends with its signal', async () => {
    const { client } = clientAt([])
    const signal = AbortSignal.abort(new Error('cancelled'))
    const reading = readList({ purpose: 'read the list', readPage: endless }, client, signal)
    expect(await caught(reading)).toMatchObject({ message: 'cancelled' })
  })
})

it('a page that can not be read ends the reading with its own error', async () => {
  const broken = async () => Promise.reject(new Error('no'))
  expect(await caught(readPages(broken, { purpose: 'read the list' }))).toMatchObject({ message: 'no' })
})
