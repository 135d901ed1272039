import type { RowFault } from './row-fault.ts'

export type RowErrorFile = { readonly name: string; readonly records: readonly unknown[] }

export type RowErrors = {
  add(record: Readonly<Record<string, unknown>>, faults: readonly RowFault[]): void
  /** Rows, not faults: a row with two faults of one code counts once there. */
  count(): number
  countByCode(): ReadonlyMap<string, number>
  /** The first rows with errors, as many as are kept. */
  files(): readonly RowErrorFile[]
}

const MOST_KEPT = 10_000
const MOST_KEPT_CHARACTERS = 64 << 20

const STEPS = ['parsing', 'conversion', 'validation'] as const

/** Collects rows with errors. A row leaves promotion at the first step that refuses it, so that later steps say nothing of it. */
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
      // Through text and back: a string cut from a block of lines would keep the whole block in memory.
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

// Error diagnostics guide: in its samples `_filename` names the file of errors, not the uploaded one.
function fileName(step: RowFault['step']): string {
  return `${step}_errors_0.json`
}

function errorEntry({ column, code, message }: RowFault): unknown {
  return column === undefined ? { code, message } : { column, code, message }
}
