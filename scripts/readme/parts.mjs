import { inputGroups, mainInputsTable, outputsTable, rulesTable, inputsTable } from './tables.mjs'
import { functionsTable, refusedFunctionsTable } from './functions.mjs'
import { limitsTable } from './limits.mjs'

/** File → name of a part → the function that generates it. */
export const PARTS = {
  'README.md': { 'main-inputs': mainInputsTable },
  'docs/inputs.md': Object.fromEntries(
    inputGroups().map(({ name, inputs }) => [`inputs-${name}`, () => inputsTable(inputs)]),
  ),
  'docs/outputs-and-outcomes.md': { outputs: outputsTable },
  'docs/validation.md': { rules: rulesTable },
  'docs/limits.md': { limits: limitsTable },
  'docs/csv-and-mapping.md': { functions: functionsTable, 'refused-functions': refusedFunctionsTable },
}

/** Inserts the part between its two comments. */
export function withPart(text, { path, name, part }) {
  const [begin, end] = [`<!-- ${name}:begin, written by "npm run readme" -->`, `<!-- ${name}:end -->`]
  const [from, to] = [text.indexOf(begin) + begin.length, text.indexOf(end)]
  if (from < begin.length || to < from) throw new Error(`${path} has no "${begin}" before "${end}"`)
  return `${text.slice(0, from)}\n\n${part}\n\n${text.slice(to)}`
}
