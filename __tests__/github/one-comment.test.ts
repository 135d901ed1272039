import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GithubProblem } from '../../src/github/api.ts'
import type { Comments, IssueComment } from '../../src/github/comments.ts'
import { bodyOf, keepOneComment } from '../../src/github/one-comment.ts'
import { never } from '../support/time/never.ts'

const BOT = 'github-actions[bot]'

type Turn = <T>(call: string, act: () => T) => Promise<T>
const atOnce: Turn = async (_, act) => act()

/** A conversation in memory; each call takes effect when it is its turn. */
function conversation(turn: Turn = atOnce) {
  const all: IssueComment[] = []
  let lastId = 100
  const add = (author: string, body: string) => {
    const comment = { id: ++lastId, author, body }
    all.push(comment)
    return comment
  }
  const find = (id: number) => all.findIndex((comment) => comment.id === id)
  const comments: Comments = {
    author: async () => BOT,
    list: () => turn('list', () => [...all]),
    create: (_, body) => turn('create', () => add(BOT, body)),
    edit: (id, body) =>
      turn('edit', () => {
        const at = find(id)
        if (at >= 0) all[at] = { id, author: BOT, body }
        return at >= 0
      }),
    remove: (id) =>
      turn('remove', () => {
        const at = find(id)
        if (at >= 0) all.splice(at, 1)
      }),
  }
  return { all, add, comments }
}

const of = (runId: number, attempt = 1, key = 'abc', rank = 0) => ({
  pullRequest: 7,
  key,
  run: { runId, attempt, rank },
  text: `run ${runId}.${attempt} ${rank}`,
})

describe('the one comment of a publication', () => {
  it('is created, then edited, and that of another key beside it', async () => {
    const { all, comments } = conversation()
    expect(await keepOneComment(of(1), comments, never())).toMatchObject({ kind: 'created' })
    expect(await keepOneComment(of(2), comments, never())).toMatchObject({ kind: 'updated' })
    expect(await keepOneComment(of(2, 1, 'xyz'), comments, never())).toMatchObject({ kind: 'created' })
    expect(all.map(({ body }) => body)).toEqual([bodyOf(of(2)), bodyOf(of(2, 1, 'xyz'))])
  })

  it('keeps what a later run or attempt wrote', async () => {
    const { all, comments } = conversation()
    await keepOneComment(of(2, 2), comments, never())
    expect(await keepOneComment(of(1), comments, never())).toMatchObject({ kind: 'newer' })
    expect(await keepOneComment(of(2, 1), comments, never())).toMatchObject({ kind: 'newer' })
    expect(all.map(({ body }) => body)).toEqual([bodyOf(of(2, 2))])
  })

  it('is that of the highest rank among the steps of one run, whichever writes last, and of the next run any', async () => {
    const { all, comments } = conversation()
    const step = (runId: number, rank: number) => of(runId, 1, 'abc', rank)
    await keepOneComment(step(1, 1), comments, never())
    expect(await keepOneComment(step(1, 0), comments, never())).toMatchObject({ kind: 'higher' })
    expect(await keepOneComment(step(1, 1), comments, never())).toMatchObject({ kind: 'updated' })
    expect(await keepOneComment(step(1, 2), comments, never())).toMatchObject({ kind: 'updated' })
    expect(await keepOneComment(step(1, 1), comments, never())).toMatchObject({ kind: 'higher' })
    expect(all.map(({ body }) => body)).toEqual([bodyOf(step(1, 2))])
    expect(await keepOneComment(step(2, 0), comments, never())).toMatchObject({ kind: 'updated' })
    expect(all.map(({ body }) => body)).toEqual([bodyOf(step(2, 0))])
  })

  it('is not one of others with our mark, or one of ours that only quotes it', async () => {
    const { all, add, comments } = conversation()
    const others = [add('octocat', bodyOf(of(1))), add(BOT, `> ${bodyOf(of(1))}`), add(BOT, `Look:\n${bodyOf(of(1))}`)]
    await keepOneComment(of(2), comments, never())
    expect(all.slice(0, 3)).toEqual(others)
    expect(all).toHaveLength(4)
  })

  it('is written again where somebody deletes it meanwhile', async () => {
    const { all, comments } = conversation()
    await keepOneComment(of(1), comments, never())
    const edit: Comments['edit'] = async (id, body, signal) => {
      all.length = 0
      return comments.edit(id, body, signal)
    }
    expect(await keepOneComment(of(2), { ...comments, edit }, never())).toMatchObject({ kind: 'created' })
    expect(all.map(({ body }) => body)).toEqual([bodyOf(of(2))])
  })

  it.each([true, false])(
    'is looked for after a create in doubt, and never created twice (there: %s)',
    async (isThere) => {
      const { all, comments } = conversation()
      const doubt = new GithubProblem('no answer', { remedy: '', failure: 'no-answer', mayHaveActed: true })
      const create: Comments['create'] = async (...args) => {
        if (isThere) await comments.create(...args)
        throw doubt
      }
      const work = keepOneComment(of(1), { ...comments, create }, never())
      if (isThere) expect(await work).toMatchObject({ kind: 'created' })
      else await expect(work).rejects.toBe(doubt)
      expect(all).toHaveLength(isThere ? 1 : 0)
    },
  )

  it('is none where nobody knows whose comments are our own', async () => {
    const { all, comments } = conversation()
    const unknown = { ...comments, author: async () => undefined }
    await expect(keepOneComment(of(1), unknown, never())).rejects.toThrow(/does not tell under which name/)
    expect(all).toEqual([])
  })
})

describe('several runs at once, whatever happens first', () => {
  it('leave one comment, and it is that of the latest run once a run follows them', async () => {
    const runs = fc.uniqueArray(fc.integer({ min: 1, max: 20 }), { minLength: 2, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), runs, fc.boolean(), async (scheduler, ids, isThereBefore) => {
        const turn: Turn = (call, act) => scheduler.schedule(Promise.resolve(), call).then(act)
        const { all, add, comments } = conversation(turn)
        if (isThereBefore) add(BOT, bodyOf(of(0)))
        const work = Promise.all(ids.map((id) => keepOneComment(of(id), comments, never())))
        await scheduler.waitFor(work)
        expect(all).toHaveLength(1)
        const last = keepOneComment(of(99), comments, never())
        await scheduler.waitFor(last)
        expect(all.map(({ body }) => body)).toEqual([bodyOf(of(99))])
      }),
    )
  })
})
