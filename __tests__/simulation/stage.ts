import { createEmulator, type Emulator } from '../../src/emulator/emulator.ts'
import { memoryStorage } from '../../src/emulator/storage.ts'
import { createChance } from './chance.ts'
import type { Story } from './story.ts'
import { createVirtualTime, type VirtualTime } from './virtual-time.ts'

/** What everyone in a story shares. */
export type Stage = {
  readonly story: Story
  readonly time: VirtualTime
  readonly emulator: Emulator
  /** The whole story, line by line. */
  readonly transcript: string[]
  /** How often each thing happened. */
  readonly tally: Map<string, number>
  note(who: string, text: string): void
  count(what: string): void
}

const START_MS = 1_800_000_000_000

export function setStage(story: Story): Stage {
  const time = createVirtualTime(START_MS)
  const emulator = createEmulator({
    clock: time,
    random: createChance(story.seed, 'platform').next,
    storage: memoryStorage(),
    publicUrl: 'https://platform.adobe.io',
    settings: story.settings,
    wait: (ms) => time.sleep(ms),
  })
  const transcript: string[] = []
  const tally = new Map<string, number>()
  return {
    story,
    time,
    emulator,
    transcript,
    tally,
    note: (who, text) =>
      void transcript.push(`${((time.now() - START_MS) / 1000).toFixed(3).padStart(10)} ${who} ${text}`),
    count: (what) => void tally.set(what, (tally.get(what) ?? 0) + 1),
  }
}
