import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readBundle } from '../support/repository/bundle.ts'

type Lock = {
  readonly packages: Readonly<
    Record<string, { readonly license?: string; readonly dev?: true; readonly optional?: true }>
  >
}

/** What asks for no more than that its text goes along, which dist/licenses.txt does. */
const PERMISSIVE = new Set(['MIT', 'ISC', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD'])

const lock = JSON.parse(read('package-lock.json')) as Lock
const licences = read('dist/licenses.txt')
const manifest = JSON.parse(read('package.json')) as { readonly dependencies: Readonly<Record<string, string>> }

it('everything that may be bundled has a permissive licence', () => {
  const packages = Object.entries(lock.packages).filter(([path, { dev, optional }]) => path !== '' && !dev && !optional)
  expect(packages.length).toBeGreaterThan(10)
  expect(packages.filter(([, { license = '' }]) => !PERMISSIVE.has(license))).toEqual([])
})

/** What the bundle names as the place that a part of it comes from; those that we ask for are in it anyhow. */
const bundled = new Set([
  ...Array.from(readBundle().matchAll(/node_modules\/((?:@[\w.-]+\/)?[\w.-]+)/g), ([, name = '']) => name),
  ...Object.keys(manifest.dependencies),
])

it('more is bundled than we ask for', () => {
  expect(bundled.size).toBeGreaterThan(Object.keys(manifest.dependencies).length)
})

it.each([...bundled])('the licence of %s goes along with dist/', (name) => {
  const { license } = lock.packages[`node_modules/${name}`] ?? {}
  expect(`\n${licences}`).toContain(`\n${name}\n${license}\n`)
})

function read(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
}
