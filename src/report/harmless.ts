/** Whoever prints a summary into a log must not be commanded by it: the runner reads `::name::` and `##[name]` there. */
export function harmless(text: string): string {
  return text.replace(/##(?=\[)/g, '# #').replace(/^(\s*):(?=:)/gm, '$1: ')
}
