import { Problem } from '../../../src/lib/errors.ts'
import { readInputs, type Inputs } from '../../../src/inputs/inputs.ts'
import { inputSource } from '../../support/runs/input-source.ts'

type Texts = Readonly<Record<string, string>>

/** What a step can't do without. */
export const LEAST: Texts = {
  dataset: '5c8c3c555033b814b69f947f',
  glob: 'data/*.json',
  'client-id': 'some-client',
  'client-secret': 's3cr3t-value',
  'org-id': '0123456789ABCDEF01234567@AdobeOrg',
  sandbox: 'dev',
}

/** Of a step that gives these texts, beside those that it can't do without. */
export function inputsOf(texts: Texts, variables: Texts = {}): Inputs {
  return readInputs(inputSource({ ...LEAST, ...texts }, variables))
}

/** The lines of the one message, without its heading. */
export function faultsOf(texts: Texts, variables: Texts = {}): readonly string[] {
  try {
    inputsOf(texts, variables)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return error.message.split('\n').slice(1)
  }
  return []
}
