import { afterBlanks } from './clean-bytes.ts'
import { DOUBT, type CleanScan } from './clean-scan.ts'

export function cleanArray(scanItem: CleanScan): CleanScan {
  return (reading, start) => {
    const { bytes } = reading
    if (bytes[start] !== OPEN) return DOUBT
    let at = afterBlanks(bytes, start + 1)
    if (bytes[at] === CLOSE) return at + 1
    for (;;) {
      const end = scanItem(reading, at)
      if (end === DOUBT) return DOUBT
      at = afterBlanks(bytes, end)
      if (bytes[at] === CLOSE) return at + 1
      if (bytes[at] !== COMMA) return DOUBT
      at = afterBlanks(bytes, at + 1)
    }
  }
}

const OPEN = 91
const CLOSE = 93
const COMMA = 44
