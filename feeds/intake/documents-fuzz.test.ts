import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { graphOfFeeds } from '../main.ts'
import { readAck } from '../mllp-client.ts'
import { feedsWithPortal, today } from '../testing/feeds-with-portal.ts'
import { takeMessage } from './take-message.ts'

let scene: Awaited<ReturnType<typeof feedsWithPortal>>
beforeAll(async () => {
  scene = await feedsWithPortal()
})
afterAll(() => scene.stop())

/** What may stand in any field: what belongs there, what belongs elsewhere, and what nobody should send. */
const value = fc.oneof(
  fc.constantFrom(
    ...['', '""', '135', '<5', '<^5', '>=^35000', '^1^:^64', '3.5-5.3', '1:64', 'x10^9/L', 'x10\\S\\9/L', 'H~A', 'HH'],
    ...['F', 'C', 'P', 'X', 'D', 'W', 'I', 'R', 'AU', 'UN', 'DS', 'RAD', '202611201100', '20261399', '2026', '7', '-1'],
    ...[
      '718-7^Haemoglobin^LN',
      '^Name',
      'code^^',
      'Urea & electrolytes',
      'a\\.br\\b\\.br\\\\.br\\- c',
      '\\X41\\',
      '\\Xzz\\',
    ],
    ...[
      '^application^pdf^Base64^JVBERi0x',
      '^application^pdf^Base64^@',
      '^^^^',
      'JVBERi0x',
      '^text^html^A^x',
      '../../x\\y',
    ],
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('|', '^', '~', '&', '\\', '\u0000', '\r', ' ', '5', 'F'), maxLength: 6 }),
)
const type = fc.oneof(
  { weight: 15, arbitrary: fc.constantFrom('NM', 'SN', 'ST', 'TX', 'FT', 'CE', 'CWE', 'DT', 'TS', '') },
  fc.constantFrom('ED', 'RP', 'XX'),
)
const segment = (name: string, usual: Record<number, string>, last: number) =>
  fc
    .dictionary(fc.integer({ min: 1, max: last }).map(String), value, { maxKeys: 2 })
    .map((fields) =>
      [name, ...Array.from({ length: last }, (_, at) => fields[at + 1] ?? usual[at + 1] ?? '')].join('|'),
    )
const obx = type.chain((of) =>
  segment('OBX', { 1: '1', 2: of, 3: 'K^Potassium^L', 5: '4.1', 6: 'mmol/L', 11: 'F' }, 24),
)
const others = fc.oneof(
  segment('NTE', { 3: 'A comment' }, 4),
  segment('SPM', { 4: 'BLD^Blood' }, 18),
  segment('ORC', { 1: 'RE' }, 14),
)
const obr = segment('OBR', { 1: '1', 3: 'F-1', 4: 'P^Panel', 7: '202611201100', 22: '202611201200', 25: 'F' }, 29)
const txa = segment('TXA', { 2: 'DS', 6: '202611201100', 12: 'DOC-1', 17: 'AU', 19: 'AV' }, 23)
const pid = 'PID|1||RWG1^^^RWG^MR||Reed^Ada||19800102'
const after = fc.array(fc.oneof({ weight: 3, arbitrary: obx }, others), { maxLength: 5 })
const oru = fc.tuple(obr, after, fc.option(obr, { nil: undefined }), after)
const text = fc.constantFrom('TX', 'FT', 'ST').chain((of) => segment('OBX', { 2: of, 3: 'A^Plan', 5: 'Rest.' }, 24))
const letter = fc.array(fc.oneof({ weight: 9, arbitrary: text }, obx), { maxLength: 4 })
const mdm = fc.tuple(fc.constantFrom('T02', 'T04', 'T10', 'T11'), txa, letter)

const intake = () => {
  const { url, portal, settings } = scene
  const graph = graphOfFeeds({ url, secret: portal.secret, retry: { attempts: 1 }, fetch: portal.fetch })
  return { graph, log: settings.log, now: () => today, processingIds: ['P'], messageTimeout: 20_000 }
}
const take = async (trigger: string, segments: string[]) => {
  const text = [`MSH|^~\\&|LAB|RWG|PORTAL|RWG|20261121100000||${trigger}|C-1|P|2.5`, pid, ...segments].join('\r')
  const bytes = Buffer.from(text)
  return readAck(await takeMessage(intake(), { kind: 'WHOLE', bytes, size: bytes.length, limit: 30_000_000 }))
}

describe('whatever stands in a message', () => {
  it('of results, it is answered, and taken or refused for good', async () => {
    const codes = { AA: 0, AE: 0, AR: 0 }
    await fc.assert(
      fc.asyncProperty(oru, async ([first, values, second, more]) => {
        scene.portal.forget()
        const { code, lines } = await take('ORU^R01', [first, ...values, ...(second ? [second, ...more] : [])])
        codes[code]++
        expect(code).not.toBe('AR')
        if (code === 'AE') expect(lines[0]).toMatch(/^[A-Z][A-Z0-9]{2}(-\d+(\.\d+)?)?: .*\./)
      }),
      { numRuns: 3000 },
    )
    expect(codes.AA).toBeGreaterThan(150)
    expect(codes.AE).toBeGreaterThan(300)
  }, 120_000)

  it('of a letter, it is answered, and taken or refused for good', async () => {
    const codes = { AA: 0, AE: 0, AR: 0 }
    await fc.assert(
      fc.asyncProperty(mdm, async ([event, header, content]) => {
        scene.portal.forget()
        const { code, lines } = await take(`MDM^${event}`, [header, ...content])
        codes[code]++
        expect(code).not.toBe('AR')
        if (code === 'AE') expect(lines[0]).toMatch(/^[A-Z][A-Z0-9]{2}(-\d+(\.\d+)?)?: .*\./)
      }),
      { numRuns: 3000 },
    )
    expect(codes.AA).toBeGreaterThan(150)
    expect(codes.AE).toBeGreaterThan(300)
  }, 120_000)

  it('beside a good value, the good one goes in whenever anything does', async () => {
    let taken = 0
    const good = 'OBX|9|NM|GOOD^A good test^L||777.7|g/L|1-2|H|||F'
    await fc.assert(
      fc.asyncProperty(after, fc.nat(5), async (content, at) => {
        scene.portal.forget()
        const segments = ['OBR|1||F-1|P^Panel|||202611201100||||||||||||||||||F', ...content]
        segments.splice(1 + Math.min(at, content.length), 0, good)
        const { code } = await take('ORU^R01', segments)
        if (code !== 'AA') return
        taken++
        const { observations } = scene.portal.inputOf('recordTestResult') as { observations: { value: string }[] }
        expect(observations).toContainEqual(
          expect.objectContaining({ value: '777.7', unit: 'g/L', range: '1-2', flag: 'H' }),
        )
      }),
      { numRuns: 2000 },
    )
    expect(taken).toBeGreaterThan(200)
  }, 120_000)
})
