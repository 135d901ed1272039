const FOUR_BLANKS = 0x20202020

/** From `from`, four blanks at a time: a third of what is pretty-printed is indentation. What is left are three at most. */
export function skipIndent(view: DataView, from: number): number {
  let at = from
  for (const last = view.byteLength - 4; at <= last && view.getUint32(at) === FOUR_BLANKS; at += 4);
  return at
}
