import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { marked } from 'marked'
import { withSigns } from './with-signs.mjs'

const HERE = import.meta.dirname
const MERMAID = pathToFileURL(join(HERE, 'node_modules/mermaid/dist/mermaid.min.js'))

/** A page that shows Markdown as GitHub does within that frame, and tells its height once all is drawn. */
export function asPage(markdown, { title, header, footer }) {
  marked.use({ gfm: true, renderer: { code: drawDiagram } })
  // What takes its reader furthest is unfolded, as a click would do it.
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

/** Other code is drawn as usual. */
function drawDiagram({ text, lang }) {
  if (lang !== 'mermaid') return false
  return `<pre class="mermaid">${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</pre>`
}
