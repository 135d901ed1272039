import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { marked } from 'marked'
import { withSigns } from './with-signs.mjs'

const HERE = import.meta.dirname
const MERMAID = pathToFileURL(join(HERE, 'node_modules/mermaid/dist/mermaid.min.js'))

/** A page that shows Markdown as GitHub does, in the given frame, and sets `data-height` once everything is drawn. */
export function asPage(markdown, { title, header, footer }) {
  marked.use({ gfm: true, renderer: { code: drawDiagram } })
  // Show the most useful section unfolded, as after a click.
  const html = withSigns(marked.parse(markdown)).replace('<details><summary>Where', '<details open><summary>Where')
  return `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <title>${title}</title>
  <style>${readFileSync(join(HERE, 'github.css'), 'utf8')}</style>
  <main>
    <header>${header}</header>
    <article>${html}</article>
    ${footer === '' ? '' : `<footer>${footer}</footer>`}
  </main>
  <script src="${MERMAID}"></script>
  <script>
    mermaid.initialize({ startOnLoad: false, theme: 'default', gantt: { useWidth: 930 } })
    mermaid.run().then(() => {
      document.documentElement.dataset.height = Math.ceil(document.body.getBoundingClientRect().height)
    })
  </script>
</html>`
}

/** Draws Mermaid code as a diagram; other code is rendered as usual. */
function drawDiagram({ text, lang }) {
  if (lang !== 'mermaid') return false
  return `<pre class="mermaid">${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</pre>`
}
