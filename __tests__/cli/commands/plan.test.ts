import { chown } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { repositoryIn, unknownRepository } from '../../../src/cli/commands/plan.ts'
import { gitRepository } from '../../support/github/git-repository.ts'

it.each([
  ['git@github.com:acme/loyalty-data.git', 'acme/loyalty-data'],
  ['https://github.com/acme/loyalty-data', 'acme/loyalty-data'],
  ['https://user@ghe.example.com/acme/loyalty.data.git/', 'acme/loyalty.data'],
  ['ssh://git@github.com:22/acme/loyalty-data.git', 'acme/loyalty-data'],
  ['', undefined],
  ['../origin', undefined],
  ['/home/ada/repositories/data.git', undefined],
  ['C:/repositories/data', undefined],
  ['file:///home/ada/data', undefined],
  ['https://git.example.com/group/team/data.git', undefined],
])('the repository of the remote %j is %j', (url, repository) => {
  expect(repositoryIn(url)).toBe(repository)
})

describe('a repository that is not known', () => {
  const cannot = 'Cannot plan: the repository whose workflow publishes is not known'

  it.each([
    ['is no clone', undefined],
    ['is a clone without the remote', '.git'],
  ])('asks for the option where the folder %s', async (_, answer) => {
    const { message, remedy } = await unknownRepository({ ask: () => answer, folder: join(tmpdir(), 'no-clone') })
    expect(message).toBe(cannot)
    expect(remedy).toContain('or give --repository OWNER/NAME')
  })

  // Nobody else can give a folder to another user.
  it.skipIf(process.getuid?.() !== 0)('names the clone of another user, which Git does not read', async () => {
    await using repository = await gitRepository()
    await repository.commit({ 'sub/a.txt': 'a' })
    await chown(repository.folder, 1234, 1234)
    const refused = { ask: () => undefined, folder: join(repository.folder, 'sub') }
    const { message, remedy } = await unknownRepository(refused)
    expect(message).toBe(
      `${cannot}: the clone ${JSON.stringify(repository.folder)} belongs to another user, and Git does not read it`,
    )
    expect(remedy).toContain(`git config --global --add safe.directory ${JSON.stringify(repository.folder)}`)
    expect((await unknownRepository({ ...refused, ask: () => '.git' })).message).toBe(cannot)
  })
})
