import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readAck } from '../mllp-client.ts'
import type { Block } from '../mllp/framing.ts'
import { graphOfFeeds } from '../main.ts'
import { example, feedsWithPortal, today } from '../testing/feeds-with-portal.ts'
import { takeMessage } from './take-message.ts'

let scene: Awaited<ReturnType<typeof feedsWithPortal>>
beforeAll(async () => {
  scene = await feedsWithPortal()
})
afterAll(() => scene.stop())

const corpus = readdirSync(new URL('../examples/', import.meta.url)).map((name) => example(name.replace('.hl7', '')))
const block = (bytes: Buffer): Block => ({ kind: 'WHOLE', bytes, size: bytes.length, limit: 2_000_000 })

/** One change to the bytes of a message: cut, doubled, overwritten, filled with signs that mean something. */
const change = fc.record({
  at: fc.nat(),
  length: fc.oneof({ weight: 3, arbitrary: fc.nat(2) }, fc.nat(40)),
  put: fc.oneof(
    fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes)),
    fc
      .constantFrom(
        '|',
        '^',
        '~',
        '\\',
        '&',
        '\r',
        '\n',
        '""',
        '\\X',
        '\\F\\',
        '||||',
        '20261399',
        '\rPID|',
        '\rMSH|^~\\&|',
        '\u0000',
      )
      .map((text) => Buffer.from(text)),
  ),
})
const mutated = fc
  .tuple(fc.constantFrom(...corpus), fc.array(change, { minLength: 1, maxLength: 3 }))
  .map(([text, changes]) => {
    let bytes = Buffer.from(text)
    for (const { at, length, put } of changes) {
      const place = at % (bytes.length + 1)
      bytes = Buffer.concat([bytes.subarray(0, place), put, bytes.subarray(place + length)])
    }
    return bytes
  })

describe('whatever bytes arrive', () => {
  it('are answered with an acknowledgement that can be read, and never with "try again"', async () => {
    const { url, portal, settings } = scene
    const graph = graphOfFeeds({ url, secret: portal.secret, retry: { attempts: 1 }, fetch: portal.fetch })
    const intake = { graph, log: settings.log, now: () => today, processingIds: ['P', 'T'], messageTimeout: 20_000 }
    const codes = { AA: 0, AE: 0, AR: 0 }
    await fc.assert(
      fc.asyncProperty(mutated, async (bytes) => {
        portal.book.entries.length = 0 // or most would only be told that their control id was used before
        const { code } = readAck(await takeMessage(intake, block(bytes)))
        codes[code]++
        expect(code).not.toBe('AR')
      }),
      { numRuns: 3000 },
    )
    // Both ways are walked often, or the changes would be too small or too large to find anything.
    expect(codes.AA).toBeGreaterThan(250)
    expect(codes.AE).toBeGreaterThan(1000)
  }, 120_000)
})
