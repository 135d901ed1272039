import { open } from 'node:fs/promises'

const BLOCK_BYTES = 2 ** 20

/** Valid members of the seeded loyalty dataset, some 400 bytes each; a block of 1 MiB is written again and again. */
export async function writeLargeJsonLines(path: string, sizeMib: number): Promise<void> {
  const block = wholeLines()
  await using file = await open(path, 'w')
  for (let written = 0; written < sizeMib; written++) await file.writeFile(block)
}

/** The last line is filled up, so that a block is exactly as long as it says. */
function wholeLines(): Buffer {
  const lines: string[] = []
  let bytes = 0
  for (let number = 0; bytes < BLOCK_BYTES - 2 * member(0, '').length; number++) {
    const line = member(number, '')
    lines.push(line)
    bytes += line.length
  }
  const missing = BLOCK_BYTES - bytes - member(lines.length, '').length
  return Buffer.from(lines.join('') + member(lines.length, 'x'.repeat(missing)))
}

function member(number: number, filling: string): string {
  const loyalty = {
    loyaltyId: `L${String(number).padStart(7, '0')}`,
    tier: 'silver',
    channel: 'store',
    points: 12_345,
    balanceCents: 9_007_199_254,
    discount: 0.125,
    newsletter: true,
    memberSince: '2021-03-04T05:06:07Z',
    tags: ['north', 'early bird', 'ünïcödé'],
    attributes: { note: `Prefers a call in the morning; "quoted", \\escaped\\. ${filling}` },
  }
  const person = { birthDate: '1984-05-06', name: { firstName: 'Renée', lastName: 'Ångström' } }
  return ascii(`${JSON.stringify({ person, _emutenant: { loyalty } })}\n`)
}

/** Escaped, so that characters are bytes and readers have escapes to follow. */
function ascii(text: string): string {
  return text.replace(/[\u0080-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
