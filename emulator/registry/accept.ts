import type { Call } from '../http/call.ts'

/** The form that an Accept header of the Schema Registry requests. */
export type RegistryAccept = {
  /** `id`, `full`, `notext`, `full-notext`, `full-desc`, `deprecatefield`, `link`, `v2`; empty for the plain form. */
  readonly form: string
  readonly prefix: 'xed' | 'xdm'
  readonly version: string | undefined
}

/** `application/vnd.adobe.xed-full+json; version=1`, with or without the space; `undefined` for anything else. */
export function registryAccept({ headers }: Call): RegistryAccept | undefined {
  const [, prefix, form = '', version] =
    headers['accept']?.match(
      /^application\/vnd\.adobe\.(xed|xdm)(?:-([a-z0-9-]+))?\+json(?:\s*;\s*version=(\d+))?\s*$/,
    ) ?? []
  return prefix === 'xed' || prefix === 'xdm' ? { form, prefix, version } : undefined
}
