import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesContent } from '../../../src/lib/content.ts'
import { createClient, NO_CREDENTIALS } from '../../../src/platform/http/client.ts'
import { sendInChunks } from '../../../src/publish/upload.ts'
import { caught } from '../../support/caught.ts'
import { leapingClock } from '../../support/time/fake-clock.ts'
import { largeFileStore, type Store, type Trouble } from '../../support/platform/large-file-store.ts'
import { datasetId, batchId } from '../../support/make.ts'
import { uploadBench } from '../../support/platform/upload-bench.ts'

const MIB = 1 << 20
const BYTES = Buffer.from(Array.from({ length: 5 * MIB }, (_, i) => 97 + ((i * 7 + (i >> 12)) % 26)))
const SLOT = { batch: batchId(), dataset: datasetId('5c8c3c555033b814b69f947f'), name: 'big.json' }

function sendTo(store: Store, chunkBytes = 2 * MIB): Promise<void> {
  const client = createClient({
    origin: new URL('https://platform.example'),
    transport: store.send,
    credentials: NO_CREDENTIALS,
    clock: leapingClock(),
    random: () => 0,
    trace: () => undefined,
    notice: () => undefined,
  })
  const { context, chunkTarget } = uploadBench(client, { chunkBytes })
  return sendInChunks(bytesContent(BYTES), chunkTarget(SLOT), context)
}

const well = (): Trouble => undefined
const taken = () => 200

describe('a file that goes by pieces', () => {
  it('arrives whole, whatever befalls its pieces', async () => {
    const troubles = fc.array(
      fc.constantFrom<Trouble>(undefined, undefined, 'too large', 'lost after storing', 'lost before storing'),
      { maxLength: 6 },
    )
    await fc.assert(
      fc.asyncProperty(troubles, async (all) => {
        const store = largeFileStore((piece, bytes) => {
          const trouble = all[piece]
          return trouble === 'too large' && bytes <= MIB ? undefined : trouble
        }, taken)
        await sendTo(store)
        expect(store.stored() === BYTES.toString()).toBe(true)
      }),
      { numRuns: 20 },
    )
  })

  it('goes on from where the platform says it is, after an answer was lost', async () => {
    const store = largeFileStore((piece) => (piece === 0 ? 'lost after storing' : undefined), taken)
    await sendTo(store, 4 * MIB)
    expect(store.calls).toEqual(['POST?action=INITIALIZE', 'PATCH', 'HEAD', 'PATCH', 'HEAD', 'POST?action=COMPLETE'])
  })

  it('is begun anew, once, when its pieces are found to make no whole', async () => {
    const verdicts = [400, 200]
    const store = largeFileStore(well, () => verdicts.shift() ?? 500)
    await sendTo(store, 5 * MIB)
    const once = ['POST?action=INITIALIZE', 'PATCH', 'HEAD', 'POST?action=COMPLETE']
    expect(store.calls).toEqual([...once, ...once])
    const hopeless = largeFileStore(well, () => 400)
    expect(await caught(sendTo(hopeless))).toMatchObject({ message: expect.stringContaining('after a second attempt') })
  })

  it('is given up when even the smallest pieces are too large, or none ever arrives', async () => {
    expect(await caught(sendTo(largeFileStore(() => 'too large', taken)))).toMatchObject({ response: { status: 413 } })
    const deaf = largeFileStore(() => 'lost before storing', taken)
    expect(await caught(sendTo(deaf))).toMatchObject({ isPassing: true, mayHaveActed: true })
    expect(deaf.calls.filter((call) => call === 'PATCH')).toHaveLength(6)
  })
})
