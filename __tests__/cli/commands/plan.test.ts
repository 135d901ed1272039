import { expect, it } from 'vitest'
import { repositoryIn } from '../../../src/cli/commands/plan.ts'

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
