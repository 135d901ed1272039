// npm 11.6 and older drops node_modules/.bin/node while it prunes the package of the other CPU; put it back.
import { existsSync, mkdirSync, symlinkSync } from 'node:fs'

const binary = `node-${process.platform}-${process.arch}/bin/node`
if (existsSync(`node_modules/${binary}`) && !existsSync('node_modules/.bin/node')) {
  mkdirSync('node_modules/.bin', { recursive: true })
  symlinkSync(`../${binary}`, 'node_modules/.bin/node')
}
