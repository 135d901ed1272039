import type { Checkout } from '../../src/github/checkout.ts'
import type { Unreadable } from '../../src/github/commit-files.ts'

const unreadable: Unreadable = { kind: 'unreadable', reason: 'the workspace itself is not a Git checkout' }

/** A workspace that Git knows nothing of. */
export const noCheckout: Checkout = {
  head: async () => unreadable,
  tree: async () => unreadable,
  read: async () => unreadable,
  mergeBase: async () => unreadable,
  [Symbol.asyncDispose]: async () => undefined,
}
