import type { Auth } from './token.ts'

export type Secrets = {
  /** Masked in every log from now on, and taken out of what servers say. */
  readonly add: (secret: string) => void
  readonly redact: (text: string) => string
}

type Masking = { mask(secret: string): void }

/**
 * What must be shown nowhere. The runner masks its logs, but neither the job summary's file nor a report: a server that
 * quotes what it was sent would put it there.
 */
export function createSecrets(auth: Auth, runner: Masking): Secrets {
  const known = new Set<string>()
  const remember = (secret: string) => {
    for (const form of [secret, encodeURIComponent(secret)]) if (form !== '') known.add(form)
  }
  if (auth.kind === 'secret') remember(auth.clientSecret)
  if (auth.kind === 'token') remember(auth.accessToken)
  return {
    add: (secret) => {
      runner.mask(secret)
      remember(secret)
    },
    redact: (text) => Array.from(known).reduce((rest, secret) => rest.replaceAll(secret, '***'), text),
  }
}
