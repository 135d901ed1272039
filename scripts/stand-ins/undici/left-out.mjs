// The files of undici that no run reaches, and their replacements in the bundle. undici's files load each other by relative
// paths, which bundler aliases do not match. So the bundle is built from a copy in which these files are replaced.
import { cpSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const absent = (name) => `new Error(${JSON.stringify(`${name} of undici is not part of this build`)})`

/** These files are loaded only when they are needed, so a use would fail visibly. */
const THROWS = (name) => `throw ${absent(name)}\n`

export const LEFT_OUT = {
  // A second HTTP/1.1 parser, experimental and enabled by an environment variable: 0.2 MB of WebAssembly.
  'lib/dispatcher/parser-h1.js': () => 'module.exports = { getMiloEnabled: () => false }\n',
  // No dispatcher allows HTTP/2: with latency, it was measured to be ten times slower.
  'lib/dispatcher/client-h2.js': (name) => `module.exports = () => {\n  throw ${absent(name)}\n}\n`,
  // The bodies of fetch, including forms, and their dependencies: 0.33 MB. fetch.cjs replaces them.
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
