const CHECK =
  '<rect width="20" height="20" rx="4" fill="#3fb950"/><path d="m5 10 4 4 7-8" stroke="#fff" stroke-width="3" fill="none"/>'
const CROSS = '<path d="m3 3 14 14M17 3 3 17" stroke="#d1242f" stroke-width="4" fill="none"/>'
const WARNING = '<path d="M10 1 20 19H0z" fill="#f5c518"/><path d="M10 7v6M10 15v2" stroke="#1f2328" stroke-width="2"/>'
const SQUARE = '<rect x="6" y="6" width="8" height="8" fill="none" stroke="#59636e" stroke-width="2"/>'

const PLAN =
  '<rect x="3" y="3" width="14" height="16" rx="2" fill="#b87d4b"/><path d="M5 5h10v12H5z" fill="#fff"/><path d="M7 9h6M7 12h6M7 15h4" stroke="#59636e" stroke-width="1.5"/><rect x="7" y="1" width="6" height="4" rx="1" fill="#8c959f"/>'

const SIGNS = { '✅': CHECK, '📋': PLAN, '❌': CROSS, '⚠️': WARNING, '▫️': SQUARE }

/** Replaces signs with drawings: a machine without a screen often has no font for them. */
export function withSigns(html) {
  const sign = (drawing) => `<svg class="sign" viewBox="0 0 20 20">${drawing}</svg>`
  return Object.entries(SIGNS).reduce((text, [emoji, drawing]) => text.replaceAll(emoji, sign(drawing)), html)
}
