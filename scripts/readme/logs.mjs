import { readFileSync } from 'node:fs'

/** Inserts the logs that a test compares with those of the built action. */
export function withLogs(text) {
  return text.replace(/^(<!-- log: ([\w-]+) -->\n\n```text\n)[^]*?^(?=```$)/gm, (_, begin, name) => {
    return `${begin}${readFileSync(`__tests__/docs/logs/${name}.txt`, 'utf8')}`
  })
}
