import type { Outside } from '../../src/action.ts'

/** The stories are about the platform alone. */
export function noDeployments(): ReturnType<Outside['openDeployments']> {
  return { create: nowhere, setStatus: nowhere }
}

function nowhere(): Promise<never> {
  return Promise.reject(new Error('Nothing is recorded at GitHub here'))
}
