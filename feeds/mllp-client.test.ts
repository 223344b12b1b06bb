import fc from 'fast-check'
import { expect, it } from 'vitest'
import { acknowledgementOf, type Answer } from './hl7/acknowledgement.ts'
import { findHeader } from './hl7/message-header.ts'
import { Hl7NotAnswered, readAck } from './mllp-client.ts'

const header = findHeader('MSH|^~\\&|PORTAL|RWG|PAS|RWG|20261122||SIU^S13^SIU_S12|PP1|T|2.4')
const now = new Date('2026-11-22T10:30:00Z')

it('reads in an acknowledgement what was answered', () => {
  const line = fc
    .string({ unit: fc.constantFrom(..."aÉ|^~\\&'-z0 "), minLength: 1 })
    .map((it) => it.trim().slice(0, 40))
  const answer = fc.record({
    code: fc.constantFrom<Answer['code']>('AA', 'AE', 'AR'),
    lines: fc.array(
      line.filter((it) => it !== ''),
      { maxLength: 3 },
    ),
  })
  fc.assert(
    fc.property(answer, ({ code, lines }) => {
      const written = acknowledgementOf(header, { code, reason: lines.join('\n') }, now)
      expect(readAck(written)).toMatchObject({ code, controlId: 'PP1', lines })
    }),
    { numRuns: 1000 },
  )
})

it('takes whatever else a hospital answers as no answer, and never falls over it', () => {
  const good = 'MSH|^~\\&|PAS|RWG|PORTAL|RWG|20261122||ACK|A-1|P|2.4\rMSA|AA|PP1|said\rERR|||207|E||||words\r'
  const answer = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .tuple(fc.nat(good.length), fc.nat(20), fc.string({ unit: fc.constantFrom(...'|^~\\&\rMSHA".'), maxLength: 6 }))
      .map(([at, length, put]) => good.slice(0, at) + put + good.slice(at + length)),
  )
  let read = 0
  fc.assert(
    fc.property(answer, (raw) => {
      try {
        expect(['AA', 'AE', 'AR']).toContain(readAck(raw).code)
        read += 1
      } catch (error) {
        expect(error).toBeInstanceOf(Hl7NotAnswered)
      }
    }),
    { numRuns: 3000 },
  )
  // Both ways are walked, or the changes would be too small or too large to find anything.
  expect(read).toBeGreaterThan(100)
  expect(read).toBeLessThan(2_900)
})
