import { gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { sniff } from '../../src/formats/refusal.ts'

describe('the first bytes of a file', () => {
  it.each([
    ['nothing', Buffer.alloc(0), { kind: 'empty' }],
    [
      'a git-LFS pointer',
      Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:0'),
      { kind: 'lfs-pointer' },
    ],
    ['an HTML page', Buffer.from('\n  <!DOCTYPE html><p>'), { kind: 'html' }],
    ['an HTML page without a doctype', Buffer.from('<HTML lang="en">'), { kind: 'html' }],
    ['an HTML page behind a comment', Buffer.from('<!-- cached --> <html>'), { kind: 'html' }],
    ['UTF-16 with a mark', Buffer.from('\ufeff{}', 'utf16le'), { kind: 'utf-16' }],
    ['UTF-16 without a mark', Buffer.from('{}', 'utf16le'), { kind: 'utf-16' }],
    ['big-endian UTF-16', Buffer.from('{}', 'utf16le').swap16(), { kind: 'utf-16' }],
    ['a byte-order mark', Buffer.from('\ufeff{}'), { kind: 'byte-order-mark' }],
    ['gzip', gzipSync('{}'), { kind: 'compressed', by: 'gzip' }],
    ['zstd', zstdCompressSync('{}'), { kind: 'compressed', by: 'zstd' }],
    ['zip', latin1('PK\x03\x04\x14'), { kind: 'compressed', by: 'zip' }],
    ['xz', latin1('\xfd7zXZ\0'), { kind: 'compressed', by: 'xz' }],
    ['lz4', latin1('\x04"M\x18'), { kind: 'compressed', by: 'lz4' }],
    ['bzip2', latin1('BZh91AY&SY'), { kind: 'compressed', by: 'bzip2' }],
    ['Parquet', latin1('PAR1\x15\x04'), { kind: 'parquet' }],
  ])('betray %s', (_, head, suspicion) => {
    expect(sniff(head)).toEqual(suspicion)
  })

  it.each(['{"a":1}', '[', '\n\n{}', 'PAR1,PAR2\n1,2', 'BZh9,b\n', 'PK,name\n1,x', '<b>,c\n', 'version\n1', '7'])(
    'are nothing to worry about in %j',
    (head) => {
      expect(sniff(Buffer.from(head))).toBeUndefined()
    },
  )
})

function latin1(bytes: string): Buffer {
  return Buffer.from(bytes, 'latin1')
}
