// Builds the action's bundle into a folder: tsc 7 compiles (ncc's own loader can't use it), ncc bundles.
// The result is byte-identical on every machine: no cache, no source map, no absolute path.
import { execFileSync } from 'node:child_process'
import { chmodSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { copyUndici } from './stand-ins/undici/left-out.mjs'

const out = process.argv[2] ?? 'dist'
const fresh = `${out}.new`
// ncc has no aliases, but it follows the "paths" of a tsconfig.json, which this variable names.
const env = { ...process.env, TS_NODE_PROJECT: resolve('scripts/stand-ins/tsconfig.json') }
const escape = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
const run = (script, ...args) =>
  execFileSync(process.execPath, [`node_modules/${script}`, ...args], { env, stdio: 'inherit' })

rmSync('build', { recursive: true, force: true })
run('typescript/bin/tsc', '--project', 'tsconfig.build.json')
copyUndici('node_modules/undici', 'build/undici')
// Keep lazily loaded modules in the same file as the rest. tsc would drop the comment that tells ncc's webpack so.
const lazy = 'build/github/api.js'
writeFileSync(lazy, readFileSync(lazy, 'utf8').replace(/\bimport\(/g, 'import(/* webpackMode: "eager" */ '))
run(
  '@vercel/ncc/dist/ncc/cli.js',
  'build',
  'build/main.js',
  '-o',
  fresh,
  '--target',
  'es2024',
  '--license',
  'licenses.txt',
  '--no-cache',
  '-q',
)
nameParts()
// A single character beyond Latin-1 would make Node store the file in two bytes per character and start more slowly.
for (const part of readdirSync(fresh).filter((name) => name.endsWith('.js'))) {
  const code = readFileSync(join(fresh, part), 'utf8')
  if (/\\[^\0-\x7f]|String\.raw\s*`[^`]*[^\0-\x7f]/.test(code))
    throw new Error(`A character beyond ASCII stands in ${part} where it cannot be escaped`)
  writeFileSync(join(fresh, part), code.replace(/[^\0-\x7f]/g, escape))
}
// The post phase has its own file name: it recognizes itself even if the runner could not save the main phase's state.
writeFileSync(`${fresh}/post.js`, "import './index.js'\n")
// Executable, because npm commands and pre-commit hooks start the file by its first line.
chmodSync(`${fresh}/index.js`, 0o755)
// Build elsewhere and rename, so that the bundle is missing only for a moment.
rmSync(out, { recursive: true, force: true })
renameSync(fresh, out)

/**
 * index.js contains the code for worker threads, and loads the parts that only the main thread needs: the rest of the
 * action, and its packages. webpack numbers these parts; this function names them.
 */
function nameParts() {
  const parts = readdirSync(fresh).filter((name) => /^\d+\.index\.js$/.test(name))
  const names = {}
  for (const part of parts) {
    const name = readFileSync(join(fresh, part), 'utf8').includes('./build/') ? 'main-thread' : 'packages'
    if (Object.values(names).includes(name)) throw new Error(`More than one part of the bundle would be ${name}.js`)
    names[parseInt(part)] = name
    renameSync(join(fresh, part), join(fresh, `${name}.js`))
  }
  const code = readFileSync(join(fresh, 'index.js'), 'utf8')
  const numbered = '"" + chunkId + ".index.js"'
  if (!code.includes(numbered)) throw new Error('index.js does not say where its parts are')
  writeFileSync(join(fresh, 'index.js'), code.replace(numbered, `${JSON.stringify(names)}[chunkId] + ".js"`))
}
