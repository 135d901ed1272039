/** What most programs put between tokens, if anything. */
export function afterBlanks(bytes: Uint8Array, from: number): number {
  let at = from
  while (bytes[at] === SPACE) at++
  return at
}

const SPACE = 32

export function standsAt(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
  for (let index = 0; index < wanted.length; index++) {
    if (bytes[at + index] !== wanted[index]) return false
  }
  return true
}

/** A text between its quotes; absent where JSON has to escape it, or UTF-8 can't hold it. */
export function quotedBytes(text: string): Uint8Array | undefined {
  const quoted = JSON.stringify(text)
  return quoted === `"${text}"` ? Buffer.from(quoted) : undefined
}
