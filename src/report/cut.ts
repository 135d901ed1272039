const CUT = '… cut: the summary would be too long. The report has everything.\n'

/** Room for that, and for what has to be closed. */
const SPARE_BYTES = 1_000

/** The beginning of a Markdown text, up to the end of a line; what is open there is closed. */
export function cut(text: string, mostBytes: number): string {
  const bytes = Buffer.from(text).subarray(0, mostBytes - SPARE_BYTES)
  const kept = bytes.subarray(0, bytes.lastIndexOf('\n')).toString()
  return [kept, ...closing(kept), '', CUT].join('\n')
}

/** A fence lies within what is folded, never around it. */
function closing(kept: string): readonly string[] {
  let fence: string | undefined
  let isFolded = false
  for (const line of kept.split('\n')) {
    if (fence !== undefined) fence = line === fence ? undefined : fence
    else if (line.startsWith('```')) fence = /^`+/.exec(line)?.[0]
    else if (line.startsWith('<details>')) isFolded = true
    else if (line === '</details>') isFolded = false
  }
  return [...(fence === undefined ? [] : [fence]), ...(isFolded ? ['', '</details>'] : [])]
}
