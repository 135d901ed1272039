// npm 11.6 and older removes node_modules/.bin/node when it prunes the package of the other CPU; restore it.
import { existsSync, mkdirSync, symlinkSync } from 'node:fs'

const binary = `node-${process.platform}-${process.arch}/bin/node`
if (existsSync(`node_modules/${binary}`) && !existsSync('node_modules/.bin/node')) {
  mkdirSync('node_modules/.bin', { recursive: true })
  symlinkSync(`../${binary}`, 'node_modules/.bin/node')
}
