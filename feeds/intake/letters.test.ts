import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { RecordLetterInput } from '../../client/main.ts'
import { example, feedsWithPortal } from '../testing/feeds-with-portal.ts'

let scene: Awaited<ReturnType<typeof feedsWithPortal>>
beforeAll(async () => {
  scene = await feedsWithPortal()
})
afterAll(() => scene.stop())
beforeEach(async () => {
  scene.portal.forget()
  await scene.send(example('new-person'))
})

const letters = () =>
  scene.portal.done
    .filter(({ field }) => field === 'recordLetter')
    .map(({ input }) => input as unknown as RecordLetterInput)
const held = (id: string) => scene.portal.documents.all.get(id)
/** A letter with these fields of TXA and these OBX. */
const letter = (
  observations: string[],
  { txa = {} as Record<number, string>, event = 'T02', controlId = 'L-1', pid = 'RWG200145^^^RWG^MR||||19840309' } = {},
) => {
  const usual = { 1: '1', 2: 'CL^Clinic letter^L', 6: '202611201100', 12: 'DOC-9', 17: 'AU', 19: 'AV' }
  const fields: Record<number, string> = { ...usual, ...txa }
  return [
    `MSH|^~\\&|EDMS|RWG|PORTAL|RWG|20261121100000||MDM^${event}|${controlId}|P|2.5`,
    `EVN|${event}|20261121100000`,
    `PID|1||${pid}`,
    `TXA|${Array.from({ length: 23 }, (_, field) => fields[field + 1] ?? '').join('|')}`,
    ...observations,
  ].join('\r')
}
const text = 'OBX|1|TX|887201000000105^Plan^SCT||We will see you in 3 months.||||||F'
const pdf = Buffer.from('%PDF-1.4\nA small file, and long enough to be cut into three parts of base64.\n%%EOF\n')
const base64 = pdf.toString('base64')
const ed = (data: string) => `OBX|1|ED|PDF^Letter||^application^pdf^Base64^${data}||||||F`

describe('a letter the hospital sends', () => {
  it('is recorded with its sections, author, clinic and appointment', async () => {
    await scene.send(example('booked'))
    expect(await scene.send(example('clinic-letter'))).toMatchObject({ code: 'AA', controlId: 'EX-0111', lines: [] })
    expect(letters()).toEqual([
      {
        idempotencyKey: expect.stringMatching(/^hl7-.{43}-letter$/) as string,
        eventAt: '2026-11-21T15:30:00.000Z',
        hospitalId: 'DOC-501',
        patientId: 'patient-1',
        clinicCodes: ['CARD1'],
        appointmentId: 'appointment-APT-7001',
        kind: 'OUTCOME_LETTER',
        title: 'Clinic letter',
        author: 'Dr Priya Shah',
        writtenAt: '2026-11-20T11:00:00.000Z',
        sections: [
          {
            heading: 'Attendance details',
            code: '1077881000000105',
            paragraphs: ['Seen in the cardiology clinic on 20 November 2026.'],
            items: [],
          },
          {
            heading: 'Diagnoses',
            code: '887161000000102',
            paragraphs: [],
            items: ['Palpitations', 'High blood pressure'],
          },
          {
            heading: 'Clinical summary',
            code: '887181000000106',
            paragraphs: [
              'You told me that your heart races at night.',
              'Your tracing was normal & your blood pressure is better.',
            ],
            items: [],
          },
          expect.objectContaining({ heading: 'Plan and requested actions', code: '887201000000105' }),
        ],
      },
    ])
  })

  it('may be a PDF in several parts, kept back for the days it says', async () => {
    expect((await scene.send(example('discharge-summary-pdf'))).code).toBe('AA')
    expect(letters()[0]).toMatchObject({
      kind: 'DISCHARGE_SUMMARY',
      title: 'Discharge summary',
      author: 'Mr Kwame Osei',
      sections: [],
      notBefore: '2026-11-27T16:00:00.000Z',
      pdf: { fileName: 'summary.pdf' },
    })
    const bytes = Buffer.from(letters()[0]?.pdf?.base64 ?? '', 'base64').toString('latin1')
    expect(bytes).toMatch(/^%PDF-1\.4[^]*%%EOF\n$/)
  })

  it.each([
    ['in one piece', [ed(base64)]],
    [
      'in parts, each with its own end',
      [ed(pdf.subarray(0, 10).toString('base64')), ed(pdf.subarray(10).toString('base64'))],
    ],
    ['in parts of any length', [ed(base64.slice(0, 31)), ed(base64.slice(31, 62)), ed(base64.slice(62))]],
    ['in repetitions', [ed(`${base64.slice(0, 20)}~^^^^${base64.slice(20)}`)]],
    ['in repetitions of nothing but data', [ed(`${base64.slice(0, 20)}~${base64.slice(20)}`)]],
    ['in lines, escaped', [ed(base64.replace(/.{30}/g, '$&\\.br\\'))]],
    ['in lines, as hexadecimal line ends', [ed(base64.replace(/.{30}/g, '$&\\X0D0A\\'))]],
    ['in lines', [ed(base64.replace(/.{30}/g, '$&\n'))]],
    ['in lines that end as segments do', [ed(base64.replace(/.{30}/g, '$&\r\n'))]],
    ['with spaces', [ed(base64.replace(/.{30}/g, '$& '))]],
    ['without its padding', [ed(base64.replace(/=+$/, ''))]],
    ['named in one word', [ed(base64).replace('^application^pdf^', '^^PDF^')]],
    ['named as on the web', [ed(base64).replace('^application^pdf^', '^application/pdf^^')]],
    ['said to be something else, as some scanners do', [ed(base64).replace('^application^pdf^', '^IM^TIFF^')]],
  ])('has its PDF when it comes %s', async (_, observations) => {
    expect(await scene.send(letter(observations))).toMatchObject({ code: 'AA', lines: [] })
    expect(letters()[0]?.pdf?.base64).toBe(base64)
  })

  it('says that its PDF is not shown when it did not pass the checks', async () => {
    const ack = await scene.send(letter([ed(Buffer.from('no pdf').toString('base64')), text]))
    expect(ack).toMatchObject({ code: 'AA', lines: [expect.stringMatching(/^OBX-5: recorded, although its PDF/)] })
  })

  it.each([
    ['C:\\E\\Letters\\E\\Haddad\\E\\report.pdf', 'report.pdf'],
    ['\\\\E\\server\\E\\x.pdf', 'x.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['/var/letters/', undefined],
    ['letter.pdf', 'letter.pdf'],
    ['', undefined],
  ])('has of its file %j the name alone', async (written, fileName) => {
    await scene.send(letter([ed(base64)], { txa: { 16: written } }))
    expect(letters()[0]?.pdf?.fileName).toBe(fileName)
  })

  it.each([
    ['DS', { kind: 'DISCHARGE_SUMMARY', title: 'Discharge summary' }],
    ['373942005^Discharge summary^SCT', { kind: 'DISCHARGE_SUMMARY', title: 'Discharge summary' }],
    ['X9^eDischarge^L', { kind: 'DISCHARGE_SUMMARY', title: 'eDischarge' }],
    ['CN', { kind: 'OUTCOME_LETTER', title: 'Clinic letter' }],
    ['823681000000100^Outpatient letter^SCT', { kind: 'OUTCOME_LETTER', title: 'Outpatient letter' }],
    ['OPLET^OUTPATIENT_LETTER', { kind: 'OUTCOME_LETTER', title: 'OUTPATIENT_LETTER' }],
    ['PHYS^Physiotherapy letter', { kind: 'LETTER', title: 'Physiotherapy letter' }],
    ['constructor', { kind: 'LETTER', title: 'Letter' }],
  ])('of the type %j is %j', async (type, expected) => {
    await scene.send(letter([text], { txa: { 2: type } }))
    expect(letters()[0]).toMatchObject(expected)
  })

  it.each([
    [{ 6: '', 7: '202611201500' }, '2026-11-20T15:00:00.000Z'],
    [{ 6: '', 4: '202607201500' }, '2026-07-20T14:00:00.000Z'],
    [{ 6: '202611201100-0500' }, '2026-11-20T16:00:00.000Z'],
    [{ 6: '' }, '2026-11-21T10:00:00.000Z'],
  ])('was written when TXA says %j', async (txa, writtenAt) => {
    await scene.send(letter([text], { txa }))
    expect(letters()[0]?.writtenAt).toBe(writtenAt)
  })

  it('is replaced whole under the same id, and left alone by what is older', async () => {
    await scene.send(letter([text]))
    await scene.send(
      letter([text.replace('3', '6')], { controlId: 'L-2' }).replaceAll('20261121100000', '20261121110000'),
    )
    expect(held('DOC-9')).toMatchObject({ sections: [{ paragraphs: ['We will see you in 6 months.'] }] })
    const late = letter([text.replace('3', '9')], { controlId: 'L-3' }).replaceAll('20261121100000', '20261121090000')
    expect(await scene.send(late)).toMatchObject({ code: 'AA', lines: [expect.stringMatching(/^MSH-7: .*later/)] })
    expect(held('DOC-9')).toMatchObject({ sections: [{ paragraphs: ['We will see you in 6 months.'] }] })
  })
})

describe('a letter that takes the place of another', () => {
  it('is recorded, and the other withdrawn', async () => {
    await scene.send(example('clinic-letter'))
    expect(await scene.send(example('letter-replaced'))).toMatchObject({ code: 'AA', lines: [] })
    expect(held('DOC-503')).toMatchObject({ kind: 'OUTCOME_LETTER' })
    expect(held('DOC-501')).toMatchObject({ withdrawn: true })
  })

  it('is recorded also when the portal never had the other', async () => {
    const ack = await scene.send(example('letter-replaced'))
    expect(ack).toMatchObject({ code: 'AA', lines: [expect.stringMatching(/^TXA-13: the portal does not know/)] })
    expect(held('DOC-503')).toBeDefined()
  })

  it('stays when it names itself', async () => {
    expect(await scene.send(letter([text], { event: 'T10', txa: { 13: 'DOC-9' } }))).toMatchObject({ lines: [] })
    expect(held('DOC-9')?.withdrawn).toBeUndefined()
  })

  it('withdraws no letter of another patient', async () => {
    await scene.send(letter([text], { pid: 'RWG7^^^RWG^MR||Reed^Ada||19800102', txa: { 12: 'DOC-501' } }))
    expect((await scene.send(example('letter-replaced'))).lines).toEqual([expect.stringMatching(/^TXA-13: /)])
    expect(held('DOC-501')?.withdrawn).toBeUndefined()
  })
})

describe('a letter the hospital takes back', () => {
  it.each(['letter-cancelled', 'letter-unavailable'])('by %s is withdrawn', async (name) => {
    await scene.send(example('clinic-letter'))
    expect(await scene.send(example(name))).toMatchObject({ code: 'AA', lines: [] })
    expect(held('DOC-501')).toMatchObject({ withdrawn: true })
  })

  it('is named when the portal does not know it, or not of this patient', async () => {
    expect(await scene.send(example('letter-cancelled'))).toMatchObject({
      code: 'AE',
      lines: [expect.stringMatching(/^TXA-12: the portal knows no document/)],
    })
    const stranger = letter([], { event: 'T11', pid: 'RWG9^^^RWG^MR||Lee^Bo||19700101', controlId: 'L-2' })
    expect(await scene.send(stranger)).toMatchObject({ code: 'AE', lines: [expect.stringMatching(/^PID-3: /)] })
    expect(scene.portal.record.people.has('RWG9')).toBe(false)
  })

  it('comes back when a later status says so', async () => {
    await scene.send(letter([text]))
    await scene.send(letter([], { event: 'T11', controlId: 'L-2' }).replaceAll('100000', '110000'))
    expect(held('DOC-9')?.withdrawn).toBe(true)
    await scene.send(letter([text], { event: 'T04', controlId: 'L-3' }).replaceAll('100000', '120000'))
    expect(held('DOC-9')?.withdrawn).toBeUndefined()
  })
})

describe('a letter that is not for its patient to read', () => {
  const restricted = (txa: Record<number, string> = {}, more = {}) =>
    letter([text], { txa: { 18: 'R', ...txa }, ...more })
  const isKeptBack = {
    code: 'AA',
    lines: [expect.stringMatching(/^TXA-18: the document is restricted: nothing of it/)],
  }

  it.each(['R', 'V', 'r'])('says so by %j in TXA-18: nothing of it is recorded', async (mark) => {
    for (const [event, controlId] of [
      ['T02', 'L-1'],
      ['T04', 'L-2'],
      ['T10', 'L-3'],
    ] as const)
      expect(await scene.send(restricted({ 18: mark, 13: 'DOC-8' }, { event, controlId }))).toMatchObject(isKeptBack)
    expect(letters()).toEqual([])
  })

  it('is taken when it is under usual control', async () => {
    expect(await scene.send(restricted({ 18: 'U' }))).toMatchObject({ code: 'AA', lines: [] })
    expect(letters()).toHaveLength(1)
  })

  it('brings nobody into the portal', async () => {
    expect(await scene.send(restricted({}, { pid: 'RWG7^^^RWG^MR||Reed^Ada||19800102' }))).toMatchObject(isKeptBack)
    expect(scene.portal.record.people.has('RWG7')).toBe(false)
  })

  it('takes back what was shown by its number, and by the number of what it replaces', async () => {
    await scene.send(letter([text]))
    await scene.send(letter([text], { controlId: 'L-2', txa: { 12: 'DOC-8' } }))
    const later = restricted({ 13: 'DOC-8' }, { event: 'T10', controlId: 'L-3' }).replaceAll('100000', '110000')
    expect(await scene.send(later)).toMatchObject(isKeptBack)
    expect([held('DOC-9')?.withdrawn, held('DOC-8')?.withdrawn]).toEqual([true, true])
  })
})

describe('a letter that can never work', () => {
  it.each([
    [example('letter-unsigned'), 'TXA-17', 'not authenticated'],
    [letter([text], { txa: { 17: '' } }), 'TXA-17', 'not authenticated'],
    [letter([text], { txa: { 19: 'UN' } }), 'TXA-19', 'unavailable'],
    [letter([text], { txa: { 12: '' } }), 'TXA-12', 'the id of the document is missing'],
    [letter([text], { txa: { 2: '' } }), 'TXA-2', 'the type of the document is missing'],
    [letter([text], { txa: { 2: 'SP^Histology' } }), 'TXA-2', 'Send it as ORU R01'],
    [letter([text], { txa: { 6: '20261399' } }), 'TXA-6', 'no date and time'],
    [letter([text], { txa: { 6: '202701011200' } }), 'TXA-6', 'has not come yet'],
    [letter([]), 'OBX-5', 'no content'],
    [letter(['OBX|1|TX|X^X||||||||F']), 'OBX-5', 'no content'],
    [letter(['OBX|1|NM|X^X||5||||||F', text]), 'OBX-2', 'only text'],
    [letter([text, text.replace(/F$/, 'W')]), 'OBX-11', 'was taken back'],
    [letter([`${text}||x days`]), 'OBX-13.1', 'no number of days'],
    [letter([ed('JVBERi0xLjQ*')]), 'OBX-5', 'no Base64'],
    [letter([ed('JVBER'), text]), 'OBX-5', 'no Base64'],
    [letter([ed(base64), ed(base64)]), 'OBX-5', 'more than one PDF'],
    [letter([text], { event: 'T10' }), 'TXA-13', 'the id of the document that is replaced'],
    [letter([text]).replace('TXA|', 'ZXA|'), 'TXA', 'missing'],
    [`${letter([text])}\rTXA|2|DS`, 'TXA', 'more than one'],
    [letter([text], { event: 'T01' }), 'MSH-9', 'not taken'],
    [letter([text], { pid: 'RWG9^^^RWG^MR' }), 'PID-5', 'this person is new'],
    [letter([text], { pid: 'RWG200145^^^RWG^MR||||19850309' }), 'PID-7', 'not the one on record'],
    [letter([text], { pid: 'RWG200145^^^RWG^MR||Smith^John' }), 'PID-5', 'not the one on record'],
    [letter([`${text}||3`], { pid: 'RWG200145^^^RWG^MR||Smith^John' }), 'PID-5', 'not the one on record'],
    [letter([text], { pid: 'RWG200145^^^RWG^MR' }), 'PID-7', 'a hospital number alone'],
    [letter([], { event: 'T11', pid: 'RWG200145^^^RWG^MR||Smith^John' }), 'PID-5', 'not the one on record'],
    [letter([text], { txa: { 18: 'R' }, pid: 'RWG200145^^^RWG^MR||Smith^John' }), 'PID-5', 'not the one on record'],
  ])('is refused with its place and what to do (%#)', async (message, where, what) => {
    const { code, lines } = await scene.send(message)
    expect([code, lines]).toEqual(['AE', [expect.stringMatching(new RegExp(`^${where}: .*${what}`))]])
    expect(scene.portal.documents.all.size).toBe(0)
  })

  it('has the id of another patient’s letter, which stays as it is', async () => {
    await scene.send(letter([text]))
    const other = letter([text.replace('3', '6')], { pid: 'RWG9^^^RWG^MR||Lee^Bo||19700101', controlId: 'L-2' })
    expect(await scene.send(other)).toMatchObject({ code: 'AE', lines: [expect.stringMatching(/^TXA-12: .*another/)] })
    expect(held('DOC-9')).toMatchObject({
      patientId: 'patient-1',
      sections: [{ paragraphs: ['We will see you in 3 months.'] }],
    })
  })
})
