import { describe, expect, it } from 'vitest'
import { runStep } from '../../support/runs/in-memory-action.ts'
import { inMemoryPlatform } from '../../support/emulator/in-memory-platform.ts'
import { contentOf } from '../../support/files/members.ts'
import { slowAnswers } from '../../support/emulator/slow-answers.ts'

const FILES = contentOf('a')
const BYTES = Object.values(FILES).reduce((sum, text) => sum + Buffer.byteLength(text), 0)

/** What threads were started for, after how many answers of the platform, and how many of the starts were ended. */
async function starts(inputs: Readonly<Record<string, string>>) {
  const slow = slowAnswers(inMemoryPlatform(), () => 400)
  const begun: { readonly bytes: number; readonly answers: number }[] = []
  let ended = 0
  const { failed } = await runStep(slow, {
    files: FILES,
    inputs: { validation: 'error', ...inputs },
    startThreads: (bytes) => {
      begun.push({ bytes, answers: slow.trips.length })
      return { [Symbol.asyncDispose]: async () => void ended++ }
    },
  })
  return { failed, begun, ended }
}

describe('threads that check rows', () => {
  it('start as soon as the files are found, while the platform answers', async () => {
    expect(await starts({})).toEqual({ failed: false, begun: [{ bytes: BYTES, answers: 0 }], ended: 1 })
  })

  it('are as many as the files of one shard are worth', async () => {
    const { begun } = await starts({ shard: '1/4' })
    expect(begun).toEqual([{ bytes: BYTES / 4, answers: 0 }])
  })

  it('do not start where rows are not checked', async () => {
    expect(await starts({ validation: 'off' })).toEqual({ failed: false, begun: [], ended: 0 })
  })

  it('are ended where the run fails before it reads a row', async () => {
    const { failed, begun, ended } = await starts({ dataset: 'No such dataset' })
    expect([failed, begun.length, ended]).toEqual([true, 1, 1])
  })
})
