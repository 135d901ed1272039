import { bytesContent, type Content } from '../base/content.ts'

export type Body =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly value: unknown }
  /** RFC 6902. */
  | { readonly kind: 'json-patch'; readonly value: readonly unknown[] }
  | { readonly kind: 'form'; readonly fields: Readonly<Record<string, string>> }
  | { readonly kind: 'content'; readonly content: Content }

export type Encoded = { readonly type: Readonly<Record<string, string>>; readonly body: Content | undefined }

/** What travels, and the content type that says so. A stream that can be read once can't be expressed. */
export function encode(body: Body): Encoded {
  const text = (value: string) => bytesContent(new TextEncoder().encode(value))
  switch (body.kind) {
    case 'none':
      return { type: {}, body: undefined }
    case 'json':
      return { type: { 'content-type': 'application/json' }, body: text(JSON.stringify(body.value)) }
    case 'json-patch':
      return { type: { 'content-type': 'application/json-patch+json' }, body: text(JSON.stringify(body.value)) }
    case 'form':
      return {
        type: { 'content-type': 'application/x-www-form-urlencoded' },
        body: text(new URLSearchParams(body.fields).toString()),
      }
    case 'content':
      return { type: { 'content-type': 'application/octet-stream' }, body: body.content }
    default:
      return body satisfies never
  }
}
