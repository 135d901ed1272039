import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openGithubApi } from '../../src/github/api.ts'
import { openComments } from '../../src/github/comments.ts'
import { ACTIONS_BOT, addComment } from '../support/github/github-comments.ts'
import { ACCESS, type GitHubStandIn, githubStandIn, PERSONAL_TOKEN } from '../support/github/github-stand-in.ts'
import { farSide } from '../support/platform/http-far-side.ts'
import { never } from '../support/time/never.ts'

let github: GitHubStandIn
beforeEach(async () => {
  github = await githubStandIn()
})
afterEach(() => github[Symbol.asyncDispose]())

const comments = (token: string = ACCESS.token) =>
  openComments(openGithubApi({ ...ACCESS, token, apiUrl: github.apiUrl }))

describe('the name under which a token writes', () => {
  it('is that of the job’s bot for its token, and that of a person for theirs', async () => {
    expect(await comments().author(never())).toBe('github-actions[bot]')
    expect(await comments(PERSONAL_TOKEN).author(never())).toBe('octocat')
  })

  it('is found without GraphQL for a person, and unknown for an app', async () => {
    github.change({ viewer: 404 })
    expect(await comments(PERSONAL_TOKEN).author(never())).toBe('octocat')
    expect(await comments().author(never())).toBeUndefined()
    expect(github.calls.map(({ path }) => path)).toContain('/api/v3/user')
  })

  it('is an error for a token that GitHub does not know', async () => {
    await expect(comments('stale').author(never())).rejects.toThrow(/^GitHub answered 401/)
  })
})

describe('the comments of a pull request', () => {
  it('are all of them, however many pages they take, and of no other', async () => {
    for (let at = 0; at < 230; at++) {
      addComment(github.desk, { issue: at % 2 === 0 ? 7 : 8, user: ACTIONS_BOT, body: `${at}` })
    }
    const listed = await comments().list(7, never())
    expect(listed.map(({ body }) => Number(body))).toEqual(Array.from({ length: 115 }, (_, at) => at * 2))
    expect(listed[0]).toMatchObject({ author: 'github-actions[bot]' })
  })

  it.each(['<html>Sign in</html>', '{}', '{"message":"fine"}', '[{"body":"x"}]', '[null]'])(
    'are never taken for none where something else answers: %s',
    async (body) => {
      await using portal = await farSide((_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' }).end(body)
      })
      const api = openGithubApi({ ...ACCESS, apiUrl: portal.url.origin })
      await expect(openComments(api).list(7, never())).rejects.toThrow(/does not contain the comments/)
    },
  )

  it('are written, edited and removed, and one that is gone is no error', async () => {
    const { id } = await comments().create(7, 'one', never())
    expect(await comments().edit(id, 'two', never())).toBe(true)
    expect(github.desk.comments).toMatchObject([{ id, issue: 7, body: 'two', user: ACTIONS_BOT }])
    await comments().remove(id, never())
    expect(github.desk.comments).toEqual([])
    await comments().remove(id, never())
    expect(await comments().edit(id, 'three', never())).toBe(false)
  })

  it('name the permission that is missing', async () => {
    github.desk.isReadOnly = true
    await expect(comments().create(7, 'x', never())).rejects.toMatchObject({
      status: 403,
      remedy: expect.stringContaining('"pull-requests: write"'),
    })
  })

  it('of a locked conversation can not be written, and that is said', async () => {
    github.desk.isLocked = true
    await expect(comments().create(7, 'x', never())).rejects.toThrow(
      /403 \(Unable to create comment because issue is locked/,
    )
  })
})
