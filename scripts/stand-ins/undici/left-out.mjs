// What of undici no run reaches, and what stands in its place in the bundle. Its files ask for each other by relative paths,
// which no alias of the bundler meets: so the bundle is made of a copy, in which these files are others.
import { cpSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const absent = (name) => `new Error(${JSON.stringify(`${name} of undici is not part of this build`)})`

/** Each is loaded at the moment it is needed: by that it would be noticed. */
const THROWS = (name) => `throw ${absent(name)}\n`

export const LEFT_OUT = {
  // A second parser of HTTP/1.1, an experiment that an environment variable turns on: 0.2 MB of WebAssembly.
  'lib/dispatcher/parser-h1.js': () => 'module.exports = { getMiloEnabled: () => false }\n',
  // No dispatcher allows HTTP/2: it was measured ten times slower with latency.
  'lib/dispatcher/client-h2.js': (name) => `module.exports = () => {\n  throw ${absent(name)}\n}\n`,
  // The bodies of fetch, forms among them, and all that they need: 0.33 MB. fetch.cjs stands in their place.
  'lib/web/fetch/body.js': THROWS,
  'lib/web/fetch/formdata.js': THROWS,
  'lib/web/webidl/index.js': THROWS,
}

/** @throws Error when a version of undici no longer has one of the files */
export function copyUndici(from, to) {
  for (const name of ['lib', 'package.json', 'LICENSE']) cpSync(join(from, name), join(to, name), { recursive: true })
  for (const [name, make] of Object.entries(LEFT_OUT)) {
    if (!existsSync(join(to, name))) throw new Error(`undici has no ${name} any more: see what takes its place`)
    writeFileSync(join(to, name), make(name))
  }
}
