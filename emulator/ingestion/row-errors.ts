import type { RowFault } from './row-fault.ts'

export type RowErrorFile = { readonly name: string; readonly records: readonly unknown[] }

export type RowErrors = {
  add(record: Readonly<Record<string, unknown>>, faults: readonly RowFault[]): void
  /** The number of rows with errors, not of faults. */
  count(): number
  countByCode(): ReadonlyMap<string, number>
  /** The first rows with errors, up to a limit. */
  files(): readonly RowErrorFile[]
}

const MOST_KEPT = 10_000
const MOST_KEPT_CHARACTERS = 64 << 20

const STEPS = ['parsing', 'conversion', 'validation'] as const

/** Collects rows with errors. Promotion drops a row at the first step that refuses it; later steps do not see it. */
export function createRowErrors(): RowErrors {
  const kept: Readonly<Record<RowFault['step'], unknown[]>> = { parsing: [], conversion: [], validation: [] }
  const byCode = new Map<string, number>()
  let count = 0
  let characters = 0
  return {
    add(record, faults) {
      count++
      const step = STEPS.find((candidate) => faults.some((fault) => fault.step === candidate)) ?? 'validation'
      const decisive = faults.filter((fault) => fault.step === step)
      for (const code of new Set(decisive.map((fault) => fault.code))) byCode.set(code, (byCode.get(code) ?? 0) + 1)
      if (count > MOST_KEPT || characters > MOST_KEPT_CHARACTERS) return
      // Convert to text and back: a string sliced from a block of lines would keep the whole block in memory.
      const text = JSON.stringify({ ...record, _errors: decisive.map(errorEntry), _filename: fileName(step) })
      characters += text.length
      kept[step].push(JSON.parse(text))
    },
    count: () => count,
    countByCode: () => byCode,
    files: () =>
      STEPS.filter((step) => kept[step].length > 0).map((step) => ({ name: fileName(step), records: kept[step] })),
  }
}

// In the samples of the Error diagnostics guide, `_filename` names the file of errors, not the uploaded one.
function fileName(step: RowFault['step']): string {
  return `${step}_errors_0.json`
}

function errorEntry({ column, code, message }: RowFault): unknown {
  return column === undefined ? { code, message } : { column, code, message }
}
