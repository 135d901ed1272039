import type { TextStream } from '../../../src/cli/shell.ts'

type Kind = Partial<Pick<TextStream, 'isTerminal' | 'columns'>>

/** An output stream of a program that keeps the written text. */
export function keptStream({ isTerminal = false, columns = 200 }: Kind = {}) {
  let text = ''
  const stream: TextStream = {
    isTerminal,
    columns,
    isUnread: false,
    write: (more) => void (text += more),
    drained: async () => undefined,
    loss: async () => undefined,
  }
  return { stream, text: () => text }
}
