// Builds the action's bundle into a folder: tsc 7 compiles (ncc's own loader can't use it), ncc bundles.
// The result is the same byte for byte on every machine: no cache, no source map, no absolute path.
import { execFileSync } from 'node:child_process'
import { chmodSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { copyUndici } from './stand-ins/undici/left-out.mjs'

const out = process.argv[2] ?? 'dist'
const fresh = `${out}.new`
// ncc has no aliases of its own, but it follows the "paths" of a tsconfig.json, and this variable says of which one.
const env = { ...process.env, TS_NODE_PROJECT: resolve('scripts/stand-ins/tsconfig.json') }
const escape = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
const run = (script, ...args) =>
  execFileSync(process.execPath, [`node_modules/${script}`, ...args], { env, stdio: 'inherit' })

rmSync('build', { recursive: true, force: true })
run('typescript/bin/tsc', '--project', 'tsconfig.build.json')
copyUndici('node_modules/undici', 'build/undici')
// What is loaded when it is needed stays in one file with the rest; tsc drops the comment that says so to ncc's webpack.
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
// With one character beyond Latin-1 Node would hold the whole in two bytes a character, and read it more slowly at every start.
for (const part of readdirSync(fresh).filter((name) => name.endsWith('.js'))) {
  const code = readFileSync(join(fresh, part), 'utf8')
  if (/\\[^\0-\x7f]|String\.raw\s*`[^`]*[^\0-\x7f]/.test(code))
    throw new Error(`A character beyond ASCII stands in ${part} where it cannot be escaped`)
  writeFileSync(join(fresh, part), code.replace(/[^\0-\x7f]/g, escape))
}
// Started by its own name, the post phase knows itself also where the runner could not save what the main phase told it.
writeFileSync(`${fresh}/post.js`, "import './index.js'\n")
// Its first line names the program that runs it: as a command of npm, and as a hook of pre-commit.
chmodSync(`${fresh}/index.js`, 0o755)
// Whoever runs the bundle meanwhile finds the old one or the new one, never none.
rmSync(out, { recursive: true, force: true })
renameSync(fresh, out)

/**
 * index.js is what a worker thread needs, and loads the parts that only the main thread needs: the rest of the action, and
 * its packages. webpack numbers them; they get names here.
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
