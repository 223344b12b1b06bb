import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blockOf, BlockReader, type Block } from './framing.ts'

const read = (limit: number, ...chunks: Buffer[]): Block[] => {
  const reader = new BlockReader(limit)
  return chunks.flatMap((chunk) => [...reader.read(chunk)])
}
const texts = (blocks: Block[]) => blocks.map(({ bytes }) => bytes.toString())
const join = (...parts: (string | Buffer)[]) => Buffer.concat(parts.map((part) => Buffer.from(part)))

describe('blocks in a stream of bytes', () => {
  it('finds two messages in one write', () => {
    expect(texts(read(100, join(blockOf('MSH|1'), blockOf('MSH|2'))))).toEqual(['MSH|1', 'MSH|2'])
  })

  it('finds one message in many writes', () => {
    expect(texts(read(100, ...[...blockOf('MSH|1')].map((byte) => Buffer.of(byte))))).toEqual(['MSH|1'])
  })

  it('skips what stands between blocks, and counts it', () => {
    const reader = new BlockReader(100)
    expect(texts([...reader.read(join('GET / HTTP/1.1\r\n', blockOf('MSH|1'), 'noise'))])).toEqual(['MSH|1'])
    expect(reader.skippedBytes).toBe('GET / HTTP/1.1'.length + 'noise'.length)
  })

  it('takes a block whose last byte is missing', () => {
    expect(texts(read(100, join(blockOf('MSH|1').subarray(0, -1), blockOf('MSH|2'))))).toEqual(['MSH|1', 'MSH|2'])
  })

  it('gives back a block that was broken off by the next one', () => {
    const blocks = read(100, join(blockOf('MSH|1').subarray(0, -2), blockOf('MSH|2')))
    expect(blocks.map(({ kind, bytes }) => [kind, bytes.toString()])).toEqual([
      ['UNFINISHED', 'MSH|1'],
      ['WHOLE', 'MSH|2'],
    ])
  })

  it('gives back a block that was broken off by the end', () => {
    const reader = new BlockReader(100)
    expect([...reader.read(blockOf('MSH|1').subarray(0, 4))]).toEqual([])
    expect(reader.isInsideBlock).toBe(true)
    expect(reader.abandon()).toMatchObject({ kind: 'UNFINISHED', size: 3 })
    expect(reader.isInsideBlock).toBe(false)
    expect(reader.abandon()).toBeUndefined()
  })

  it('ignores an empty block', () => expect(read(100, blockOf(''), blockOf('MSH|1'))).toHaveLength(1))

  it('keeps the beginning of a block that is too long, its size, and the block after it', () => {
    const long = Buffer.alloc(100_000, 'x')
    const chunks = Array.from({ length: 100 }, () => long.subarray(0, 1000))
    const [first, second] = read(50_000, Buffer.of(0x0b), ...chunks, Buffer.of(0x1c, 0x0d), blockOf('MSH|2'))
    expect(first).toMatchObject({ kind: 'TOO_LONG', size: 100_000, limit: 50_000 })
    expect(first?.bytes.length).toBe(20_000)
    expect(second).toMatchObject({ kind: 'WHOLE', size: 5 })
  })

  it('holds no more than a block of the longest kind, whatever comes', () => {
    const reader = new BlockReader(2_000_000)
    const chunk = Buffer.alloc(65_536, 'x')
    const read = (bytes: Buffer) => Array.from(reader.read(bytes))
    read(Buffer.of(0x0b))
    const before = process.memoryUsage().arrayBuffers
    for (let sent = 0; sent < 200_000_000; sent += chunk.length) read(chunk)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000)
    expect(reader.abandon()?.bytes.length).toBe(20_000)
  })

  it('finds the same messages however the bytes are cut', () => {
    const noise = fc.string({ unit: fc.constantFrom('a', '\r', '\n', '|') })
    const message = fc.string({ minLength: 1, maxLength: 60 }).filter((it) => !/[\u000b\u001c]/.test(it))
    const stream = fc.array(fc.tuple(noise, message), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(
        stream,
        fc.array(fc.nat(400), { maxLength: 20 }),
        fc.integer({ min: 1, max: 50 }),
        (parts, cuts, limit) => {
          const bytes = join(...parts.flatMap(([before, text]) => [before, blockOf(text)]))
          const places = [...new Set([0, ...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length])].sort(
            (a, b) => a - b,
          )
          const pieces = places.slice(1).map((end, index) => bytes.subarray(places[index], end))
          const whole = read(limit, bytes)
          expect(read(limit, ...pieces)).toEqual(whole)
          expect(whole.map(({ size }) => size)).toEqual(parts.map(([, text]) => Buffer.byteLength(text)))
        },
      ),
      { numRuns: 500 },
    )
  })
})
