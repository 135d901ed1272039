import { read, refuse, type Reader } from './reading.ts'

type Shape = {
  readonly form: RegExp
  /** The form in words. */
  readonly allowed: string
  /** Undoes the slip most often made; what comes out is offered when it has the form. */
  readonly mend?: (text: string) => string
}

/** A text of a known form, taken as it is. */
export function shaped({ form, allowed, mend }: Shape): Reader<string> {
  return (text) => {
    if (form.test(text)) return read(text)
    const mended = text === '' ? undefined : mend?.(text)
    return refuse({ value: text, allowed, meant: mended !== undefined && form.test(mended) ? mended : undefined })
  }
}
