const CHECK =
  '<rect width="20" height="20" rx="4" fill="#3fb950"/><path d="m5 10 4 4 7-8" stroke="#fff" stroke-width="3" fill="none"/>'
const CROSS = '<path d="m3 3 14 14M17 3 3 17" stroke="#d1242f" stroke-width="4" fill="none"/>'
const WARNING = '<path d="M10 1 20 19H0z" fill="#f5c518"/><path d="M10 7v6M10 15v2" stroke="#1f2328" stroke-width="2"/>'
const SQUARE = '<rect x="6" y="6" width="8" height="8" fill="none" stroke="#59636e" stroke-width="2"/>'

const SIGNS = { '✅': CHECK, '❌': CROSS, '⚠️': WARNING, '▫️': SQUARE }

/** Drawn here, since a machine without a screen often has no font with them. */
export function withSigns(html) {
  const sign = (drawing) => `<svg class="sign" viewBox="0 0 20 20">${drawing}</svg>`
  return Object.entries(SIGNS).reduce((text, [emoji, drawing]) => text.replaceAll(emoji, sign(drawing)), html)
}
