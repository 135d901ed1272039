import { createMemory, readTagMemory, type TagMemory, type TagsBefore } from '../../../src/github/left-behind.ts'

/** A memory of tags, and the state that the post step would read from it. */
export function tagMemory(): { readonly memory: TagMemory; readonly left: () => TagsBefore | undefined } {
  let saved = ''
  const memory = createMemory<TagsBefore>((text) => {
    saved = text
  })
  return { memory, left: () => readTagMemory(saved) }
}
