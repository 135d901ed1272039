import { expect, it } from 'vitest'
import { type Runner, discreetRunner } from '../../src/github/runner.ts'

const SECRET = 'p8e-AbC_123_xyz-098'
const FORMS = [SECRET, encodeURIComponent(SECRET), SECRET.replaceAll('_', '&#95;'), JSON.stringify({ a: SECRET })]

function recorder() {
  const seen: Record<string, string[]> = {}
  const note =
    (sink: string) =>
    (...said: readonly unknown[]) =>
      void (seen[sink] ??= []).push(JSON.stringify(said))
  const runner: Runner = {
    variable: () => '',
    input: () => '',
    info: note('info'),
    debug: note('debug'),
    warning: note('warning'),
    error: note('error'),
    mask: note('mask'),
    output: note('output'),
    saveState: note('saveState'),
    savedState: () => '',
    summary: async (text) => note('summary')(text),
    keep: async (name, text) => {
      note('keep')(text)
      return name
    },
    fail: () => undefined,
  }
  return { runner, seen }
}

it('what was masked leaves by no way that people or programs read', async () => {
  const { runner, seen } = recorder()
  const discreet = discreetRunner(runner)
  discreet.mask(SECRET)
  for (const form of FORMS) {
    discreet.info(form)
    discreet.debug(form)
    discreet.warning(form, { title: form, file: form, line: 1 })
    discreet.error(form, { title: form })
    discreet.output('status', form)
    await discreet.summary(form)
    await discreet.keep('report.json', form)
  }
  const { mask, ...others } = seen
  expect(mask).toEqual([JSON.stringify([SECRET])])
  expect(Object.keys(others).toSorted()).toEqual(['debug', 'error', 'info', 'keep', 'output', 'summary', 'warning'])
  expect(JSON.stringify(others)).not.toContain('p8e')
  expect(JSON.parse(JSON.parse(others['keep']?.at(-1) ?? '[]')[0])).toEqual({ a: '***' })
})
