import type { Diagnosis } from '../../src/publish/rejected/diagnose.ts'
import type { SourcePlace } from '../../src/publish/rejected/locate.ts'

/** `data/a.jsonl:2:52 100` for every rejected row: its place, and the code behind it. */
export function placesOf({ rejections }: Diagnosis): readonly string[] {
  return rejections.map(({ code, found }) => {
    if (found.kind === 'not found') return `nowhere ${code}`
    const places = found.kind === 'found' ? [found] : found.places
    return `${places.map(written).join(' or ')} ${code}`
  })
}

function written({ file, place }: SourcePlace): string {
  return place.kind === 'row' ? `${file} row ${place.row}` : `${file}:${place.line}:${place.column}`
}
