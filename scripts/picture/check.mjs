// Reports whether the pictures of docs/ match the action's current output.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fingerprint } from './fingerprint.mjs'
import { PICTURES } from './pictures.mjs'

for (const { name, markdown } of PICTURES) {
  const drawn = readFileSync(join(import.meta.dirname, `../../docs/${name}.sha256`), 'utf8').trim()
  if (drawn !== fingerprint(markdown())) {
    console.error(
      `docs/${name}.png shows other text than the action writes now. Run "npm run picture", and look at it.`,
    )
    process.exitCode = 1
  }
}
