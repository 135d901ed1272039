import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openGithubApi } from '../../src/github/api.ts'
import type { CommitFiles, CommitTree, TreeFile } from '../../src/github/commit-files.ts'
import { openContents } from '../../src/github/contents.ts'
import { caught } from '../support/caught.ts'
import { gitRepository, type GitRepository } from '../support/github/git-repository.ts'
import { ACCESS, type GitHubStandIn, githubStandIn, type Misfortune } from '../support/github/github-stand-in.ts'
import { farSide } from '../support/platform/http-far-side.ts'
import { never } from '../support/time/never.ts'

let github: GitHubStandIn
let repository: GitRepository
let contents: CommitFiles

beforeEach(async () => {
  github = await githubStandIn()
  repository = await gitRepository()
  github.git.folder = repository.folder
  contents = openContents(openGithubApi({ ...ACCESS, apiUrl: github.apiUrl }))
})
afterEach(async () => {
  await github[Symbol.asyncDispose]()
  await repository[Symbol.asyncDispose]()
})

const FILES = { 'data/a.jsonl': '{"a":1}\n', 'data/deep/er/b.csv': 'a,b\n', 'README.md': 'x', 'data/ü |`.json': '[]' }

const pathsOf = (tree: CommitTree) => (tree.kind === 'tree' ? tree.files.map(({ path }) => path).toSorted() : tree)

async function fileOf(commit: string, path: string): Promise<TreeFile> {
  const tree = await contents.tree(commit, never())
  const file = tree.kind === 'tree' ? tree.files.find((one) => one.path === path) : undefined
  if (file === undefined) throw new Error(`${path} is not in ${commit}`)
  return file
}

async function readAll(file: TreeFile, mostBytes = 1_000_000) {
  const parts: Uint8Array[] = []
  const sink = { write: async (bytes: Uint8Array) => void parts.push(bytes), mostBytes }
  const read = await contents.read(file, sink, never())
  return { read, bytes: Buffer.concat(parts) }
}

describe('the files of a commit', () => {
  it('are all listed, whatever they are called, with what is no file marked', async () => {
    const commit = await repository.commit({ ...FILES, 'data/link.jsonl': { link: 'a.jsonl' } })
    const tree = await contents.tree(commit, never())
    expect(pathsOf(tree)).toEqual([...Object.keys(FILES), 'data/link.jsonl'].toSorted())
    expect(await fileOf(commit, 'data/link.jsonl')).toMatchObject({ kind: 'link' })
    expect(await fileOf(commit, 'data/a.jsonl')).toMatchObject({ kind: 'file', size: 8 })
  })

  it('are listed folder by folder where they are too many for one answer', async () => {
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`data/${at % 3}/${at}.jsonl`, `${at}`]))
    const commit = await repository.commit({ ...FILES, ...many })
    github.git.mostEntries = 7
    expect(pathsOf(await contents.tree(commit, never()))).toEqual(
      [...Object.keys(FILES), ...Object.keys(many)].toSorted(),
    )
  })

  it('are unreadable where one folder alone has more than GitHub lists', async () => {
    const commit = await repository.commit(Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`${at}`, 'x'])))
    github.git.mostEntries = 5
    expect(await contents.tree(commit, never())).toMatchObject({
      kind: 'unreadable',
      reason: 'GitHub does not list all files of this commit',
    })
  })

  it('are unreadable where nobody knows the commit, or it is none', async () => {
    await repository.commit(FILES)
    expect(await contents.tree('0'.repeat(40), never())).toMatchObject({
      reason: expect.stringMatching(/^GitHub answered 404 .*; the job needs "contents: read"$/),
    })
    expect(await contents.tree('main/../x', never())).toMatchObject({ reason: '"main/../x" is not a commit' })
    expect(github.calls).toHaveLength(1)
  })

  it('take no more requests than their bound', async () => {
    const many = Object.fromEntries(Array.from({ length: 310 }, (_, at) => [`data/${at}/a.jsonl`, 'x']))
    const commit = await repository.commit(many)
    github.git.mostEntries = 315
    const tree = await contents.tree(commit, never())
    expect(tree).toMatchObject({ kind: 'unreadable', reason: 'they would take more than 300 requests to GitHub' })
    expect(github.calls).toHaveLength(300)
  })
})

describe('the bytes of a file of a commit', () => {
  it('come as they are, whether GitHub sends them raw or in base64', async () => {
    const bytes = Uint8Array.from({ length: 4_096 }, (_, at) => at % 256)
    const commit = await repository.commit({ 'data/a.parquet': bytes, 'empty.csv': '', 'data/a.json': '{"a":1}' })
    for (const isBase64 of [false, true]) {
      github.git.isBase64 = isBase64
      const { read, bytes: received } = await readAll(await fileOf(commit, 'data/a.parquet'))
      expect(read).toEqual({ kind: 'read', bytes: 4_096 })
      expect(Buffer.compare(received, bytes)).toBe(0)
      expect(String((await readAll(await fileOf(commit, 'data/a.json'))).bytes)).toBe('{"a":1}')
      expect((await readAll(await fileOf(commit, 'empty.csv'))).read).toEqual({ kind: 'read', bytes: 0 })
    }
  })

  it('are not asked for where they are too many, and no more are taken than may be', async () => {
    const commit = await repository.commit({ 'a.csv': 'x'.repeat(2_000) })
    const file = await fileOf(commit, 'a.csv')
    const before = github.calls.length
    expect((await readAll(file, 1_000)).read).toMatchObject({ reason: '"a.csv" is larger than 1.0 kB' })
    expect(github.calls).toHaveLength(before)
    const { size: _, ...unknown } = file
    const { read, bytes } = await readAll(unknown, 1_000)
    expect(read).toMatchObject({ kind: 'unreadable' })
    expect(bytes).toHaveLength(0)
  })

  it('are none where the tree names a link', async () => {
    const commit = await repository.commit({ 'a.csv': 'x', 'b.csv': { link: 'a.csv' } })
    expect((await readAll(await fileOf(commit, 'b.csv'))).read).toMatchObject({ reason: '"b.csv" is a link' })
  })

  it('are refused where they are not those that the tree names', async () => {
    const commit = await repository.commit({ 'a.csv': 'x' })
    const file = await fileOf(commit, 'a.csv')
    for (const body of ['y', '', '<html>Sign in</html>', '{"content":"eQ==","encoding":"base64"}', '{"content":7}']) {
      await using liar = await farSide((_, response) => void response.writeHead(200).end(body))
      contents = openContents(openGithubApi({ ...ACCESS, apiUrl: liar.url.origin }))
      const { read, bytes } = await readAll(file)
      expect(read).toMatchObject({ reason: 'the answer of GitHub is not the file "a.csv"' })
      expect(bytes).toHaveLength(0)
    }
  })
})

describe('where two histories meet', () => {
  it('is found by their commits', async () => {
    const base = await repository.commit(FILES)
    const ahead = await repository.commit({ 'a.csv': 'x' })
    repository.git('checkout', '-q', '-b', 'topic', base)
    const topic = await repository.commit({ 'b.csv': 'x' })
    expect(await contents.mergeBase(ahead, topic, never())).toEqual({ kind: 'found', commit: base })
    expect(await contents.mergeBase('main', topic, never())).toMatchObject({ kind: 'unreadable' })
  })
})

describe('a GitHub that does not tell', () => {
  it.each<[Misfortune, RegExp]>([
    ['rate limit', /^the rate limit of GitHub is reached$/],
    ['secondary limit', /^the rate limit of GitHub is reached, for another 1 min 0 s$/],
    [403, /^GitHub answered 403 \(Resource not accessible by integration.*; the job needs "contents: read"$/],
    [404, /^GitHub answered 404 .*; the job needs "contents: read"$/],
  ])('is a reason in words for people, and nothing is waited for (%s)', async (misfortune, reason) => {
    const commit = await repository.commit(FILES)
    const file = await fileOf(commit, 'README.md')
    github.change({ tree: misfortune, blob: misfortune, compare: misfortune })
    const before = github.calls.length
    for (const answer of [
      await contents.tree(commit, never()),
      (await readAll(file)).read,
      await contents.mergeBase(commit, commit, never()),
    ])
      expect(answer).toMatchObject({ kind: 'unreadable', reason: expect.stringMatching(reason) })
    expect(github.calls.length - before).toBe(3)
  })

  it.each([
    '<html>',
    '{}',
    '{"tree":{},"truncated":false}',
    '{"tree":[{"path":"../x","mode":"100644","sha":"e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"}],"truncated":false}',
    '{"tree":[{"path":"a//b","mode":"100644","sha":"e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"}],"truncated":false}',
    '{"tree":[{"path":"a","mode":"100644","sha":7}],"truncated":false}',
    '{"tree":[null],"truncated":false}',
  ])('is believed nothing that no Git could hold: %s', async (body) => {
    await using liar = await farSide((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(body)
    })
    contents = openContents(openGithubApi({ ...ACCESS, apiUrl: liar.url.origin }))
    expect(await contents.tree('1'.repeat(40), never())).toMatchObject({
      reason: 'the answer of GitHub does not contain the files of a commit',
    })
  })

  it('is left when the run is cancelled', async () => {
    const commit = await repository.commit(FILES)
    github.change({ tree: 'silence' })
    const cancel = new AbortController()
    const work = caught(contents.tree(commit, cancel.signal))
    cancel.abort(new Error('Cancelled'))
    expect(await work).toMatchObject({ message: 'Cancelled' })
  })
})
