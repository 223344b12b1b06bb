import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { RecordTestResultInput } from '../../client/main.ts'
import { example, feedsWithPortal } from '../testing/feeds-with-portal.ts'
import { one, panel } from '../testing/result-message.ts'

let scene: Awaited<ReturnType<typeof feedsWithPortal>>
beforeAll(async () => {
  scene = await feedsWithPortal()
})
afterAll(() => scene.stop())
beforeEach(() => scene.portal.forget())

const results = () =>
  scene.portal.done
    .filter(({ field }) => field === 'recordTestResult')
    .map(({ input }) => input as unknown as RecordTestResultInput)
describe('a result the laboratory sends', () => {
  it('is recorded panel by panel, with everything the message says', async () => {
    await scene.send(example('new-person'))
    await scene.send(example('booked'))
    expect(await scene.send(example('results'))).toMatchObject({ code: 'AA', controlId: 'EX-0101', lines: [] })
    const [blood, hba1c] = results()
    expect(blood).toEqual({
      idempotencyKey: expect.stringMatching(/^hl7-.{43}-result-1$/) as string,
      eventAt: '2026-11-21T11:15:00.000Z',
      hospitalId: 'WINPATH^H26-104417^FBC',
      patientId: 'patient-1',
      clinicCodes: ['CARD1'],
      appointmentId: 'appointment-APT-7001',
      panel: { code: 'FBC', name: 'Full blood count', system: 'L' },
      department: 'HM',
      status: 'F',
      requestedBy: 'Dr Priya Shah',
      laboratory: 'Pathology, Watford General Hospital',
      specimen: 'Venous blood',
      collectedAt: '2026-11-21T08:15:00.000Z',
      reportedAt: '2026-11-21T11:05:00.000Z',
      comments: ['Sample slightly haemolysed.'],
      observations: [
        {
          key: '718-7',
          test: { code: '718-7', name: 'Haemoglobin', system: 'LN' },
          value: '135',
          unit: 'g/L',
          range: '115-165',
          flag: 'N',
          status: 'F',
          measuredAt: '2026-11-21T10:50:00.000Z',
          comments: [],
        },
        expect.objectContaining({
          key: 'WBC',
          value: '3.5',
          unit: 'x10^9/L',
          flag: 'L',
          comments: ['Repeat in two weeks if the patient is well.'],
        }),
        expect.objectContaining({ key: 'PLT', value: '512', unit: 'x10^9/L', flag: 'H~A' }),
      ],
    })
    expect(hba1c).toMatchObject({
      hospitalId: 'WINPATH^H26-104417^HBA1C',
      status: 'C',
      specimen: 'Venous blood',
      observations: [{ value: '49', unit: 'mmol/mol', range: '<48', flag: 'H', status: 'C' }],
    })
  })

  it('has values of every type as a person reads them', async () => {
    await scene.send(example('new-person'))
    const ack = await scene.send(example('results-of-every-type'))
    expect(ack.code).toBe('AA')
    expect(ack.lines).toEqual([expect.stringMatching(/^OBX-14: this is no date and time/)])
    expect(results()[0]).toMatchObject({ status: 'P', collectedAt: '2026-11-21T00:00:00.000Z' })
    const values = results()[0]?.observations.map(({ key, value, unit, range, flag, status }) =>
      [key, value, unit, range, flag, status].map((it) => it ?? '-').join(' '),
    )
    expect(values).toEqual([
      'CRP <5 mg/L <5 - F',
      'ANA 1:160 - <1:80 A F',
      'BNP >=35000 ng/L - HH F',
      'HCG Not detected - - - F',
      'GRP A RhD positive - - - F',
      'COL Straw & clear - - - F',
      'LIP Smith & Sons reagent, 3^5 - - - F',
      'LMP 2 November 2026 - - - F',
      'K haemolysed mmol/L 3.5-5.3 - X',
      'NA  mmol/L 133-146 - I',
      'GLU.a  - - - W',
      'GLU.b 5.4 mmol/L - - R',
    ])
  })

  it('may be a report in words, without what was taken back', async () => {
    await scene.send(example('new-person'))
    const ack = await scene.send(example('imaging-report'))
    expect(ack).toMatchObject({ code: 'AA', lines: [expect.stringMatching(/^OBX-11: .*taken back/)] })
    expect(results()[0]).toMatchObject({
      department: 'RAD',
      laboratory: 'Imaging, Watford General Hospital',
      observations: [],
      report: [
        {
          heading: 'Findings',
          paragraphs: [
            'The heart is of normal size & the lungs are clear.\nNo pleural effusion.',
            'Old fracture of the left sixth rib.',
          ],
          items: [],
        },
        {
          heading: 'Impression',
          paragraphs: ['No acute abnormality.'],
          items: ['No follow-up is needed', 'Copy to the GP'],
        },
      ],
    })
  })

  it('keeps each finding of a culture apart from its sensitivities', async () => {
    await scene.send(example('new-person'))
    expect((await scene.send(example('culture-and-sensitivities'))).code).toBe('AA')
    expect(results().map(({ hospitalId, panel: { name } }) => [hospitalId, name])).toEqual([
      ['WINPATH^M26-3301^UC', 'Urine culture'],
      ['WINPATH^M26-3301^SENS^ORG.1', 'Sensitivities (Escherichia coli)'],
      ['WINPATH^M26-3301^SENS^ORG.2', 'Sensitivities (Klebsiella pneumoniae)'],
    ])
    expect(results()[2]?.observations).toMatchObject([{ value: 'Resistant', flag: 'A' }])
  })

  it('may carry its report as a PDF', async () => {
    await scene.send(example('new-person'))
    expect((await scene.send(example('result-with-pdf'))).code).toBe('AA')
    expect(Buffer.from(results()[0]?.pdf?.base64 ?? '', 'base64').toString('latin1')).toMatch(/^%PDF-1\.4[^]*%%EOF\n$/)
    expect(results()[0]?.observations).toMatchObject([{ value: '62', unit: '%' }])
  })

  it('keeps the comment on its specimen as one on the whole', async () => {
    await scene.send(panel([one, 'SPM|1|||BLD^Blood^L', 'NTE|1||The tube was half full.']))
    expect(results()[0]).toMatchObject({ comments: ['The tube was half full.'], observations: [{ comments: [] }] })
  })

  it('keeps every range that the laboratory gives', async () => {
    await scene.send(panel(['OBX|1|NM|HB^Haemoglobin^L||135|g/L|Men 130-180~Women 115-165||||F']))
    expect(results()[0]?.observations).toMatchObject([{ range: 'Men 130-180; Women 115-165' }])
  })

  it('is a number where it is said to equal one', async () => {
    await scene.send(panel(['OBX|1|SN|HB^Haemoglobin^L||=^135|g/L|||||F', 'OBX|2|SN|CRP^CRP^L||<=^5|mg/L|||||F']))
    expect(results()[0]?.observations).toMatchObject([{ value: '135' }, { value: '<=5' }])
  })

  it('keeps the comment on its PDF as one on the whole', async () => {
    await scene.send(panel(['OBX|1|ED|PDF||^application^pdf^Base64^JVBERi0x||||||F', 'NTE|1||See page 2.']))
    expect(results()[0]).toMatchObject({ comments: ['See page 2.'], pdf: { base64: 'JVBERi0x' } })
  })

  it.each([
    ['x10^9/L', 'x10^9/L'],
    ['x10\\S\\9/L', 'x10^9/L'],
    ['10*9/L^10*9/L^UCUM', '10*9/L'],
    ['mL/min/1.73m^2', 'mL/min/1.73m^2'],
    ['258796002^mg/L^SCT', 'mg/L'],
    ['^mmol/L', 'mmol/L'],
    ['%', '%'],
    ['', undefined],
  ])('has its unit when OBX-6 says %j', async (written, unit) => {
    await scene.send(panel([`OBX|1|NM|X^X||1|${written}|||||F`]))
    expect(results()[0]?.observations[0]?.unit).toBe(unit)
  })

  it.each([
    ['3.5-5.3', '3.5-5.3'],
    ['<5', '<5'],
    ['""', undefined],
    ['', undefined],
    ['Negative & clear', 'Negative & clear'],
  ])('has the range OBX-7 says: %j', async (written, range) => {
    await scene.send(panel([`OBX|1|NM|X^X||1||${written}||||F`]))
    expect(results()[0]?.observations[0]?.range).toBe(range)
  })

  it.each([
    ['NM', '135', '135'],
    ['NM', 'see comment', 'see comment'],
    ['NM', '""', ''],
    ['SN', '<^5', '<5'],
    ['SN', '^100^-^200', '100-200'],
    ['SN', '^2^+', '2+'],
    ['SN', '7.1', '7.1'],
    ['ST', 'A~B', 'A, B'],
    ['CE', 'POS', 'POS'],
    ['CWE', 'x^^^^^^^^As it was said', 'As it was said'],
    ['', 'Not seen', 'Not seen'],
    ['TS', '202611021530', 'Monday 2 November 2026 at 3:30pm'],
    ['DT', '202611', 'November 2026'],
    ['TM', '1530', '15:30'],
    ['TS', 'later', 'later'],
  ])('has the value of type %j when OBX-5 says %j', async (type, written, value) => {
    await scene.send(panel([`OBX|1|${type}|X^X||${written}||||||F`]))
    expect(results()[0]?.observations[0]?.value).toBe(value)
  })

  it('names the test by the code the world knows, when a local one stands beside it', async () => {
    await scene.send(
      panel(['OBX|1|NM|LOC1^Local name^L^718-7^Haemoglobin^LN||1||||||F', 'OBX|2|NM|^Only a name||1||||||F']),
    )
    expect(results()[0]?.observations.map(({ test }) => test)).toEqual([
      { code: '718-7', name: 'Local name', system: 'LN' },
      { name: 'Only a name' },
    ])
  })

  it('is a report when its words are many, and a value when they carry a critical flag', async () => {
    const long = 'No malignant cells were seen in any of the fields that were examined, at high and low power.'
    await scene.send(panel([`OBX|1|ST|A^Cytology||${long}||||||F`, `OBX|2|ST|B^Blood film||${long}|||AA|||F`]))
    expect(results()[0]).toMatchObject({
      report: [{ heading: 'Cytology', paragraphs: [long] }],
      observations: [{ key: 'B', value: long, flag: 'AA' }],
    })
  })

  it('keeps words that are preliminary apart from a report that is final', async () => {
    const long = 'The organisms that grew are being identified, and their sensitivities will follow tomorrow at noon.'
    await scene.send(panel([`OBX|1|FT|A^Culture||${long}||||||P`, 'OBX|2|FT|B^Microscopy||No pus cells.||||||F']))
    expect(results()[0]).toMatchObject({
      report: [{ heading: 'Microscopy' }],
      observations: [{ key: 'A', value: long, status: 'P' }],
    })
  })

  it.each(['D', 'W'])('hands on nothing of what was taken back (%s), whatever it was', async (status) => {
    const observations = [
      one,
      `OBX|2|NM|K^Potassium||4.1|mmol/L|3.5-5.3|N|||${status}`,
      'NTE|1||Seen on the ward of the other patient.',
      `OBX|3|FT|A^Report||Words of the other patient.||||||${status}`,
      'NTE|1||More words of the other patient.',
      `OBX|4|ED|PDF||^application^pdf^Base64^JVBERi0x||||||${status}`,
    ]
    const ack = await scene.send(panel(observations))
    expect(ack).toMatchObject({ code: 'AA', lines: [expect.stringMatching(/^OBX-11: .*taken back/)] })
    expect(results()[0]?.observations[1]).toEqual({
      key: 'K',
      test: { code: 'K', name: 'Potassium' },
      status,
      value: '',
    })
    expect(JSON.stringify(results())).not.toMatch(/other patient|JVBERi|4\.1/)
  })

  it('tells two values of one test apart', async () => {
    await scene.send(panel([one, one, 'OBX|3|NM|HB^Haemoglobin^L|2|136||||||F']))
    expect(results()[0]?.observations.map(({ key }) => key)).toEqual(['HB', 'HB#2', 'HB.2'])
  })

  it.each([
    [{ obr: { 3: '', 2: 'PL-9' } }, { hospitalId: 'LAB^PL-9^P' }],
    [{ obr: { 25: '' } }, { status: 'F' }],
    [{ obr: { 15: 'BLD&Blood' } }, { specimen: 'Blood' }],
    [{ obr: { 7: '20261121080000+0100' } }, { collectedAt: '2026-11-21T07:00:00.000Z' }],
    [{ obr: { 7: '202607210800' } }, { collectedAt: '2026-07-21T07:00:00.000Z' }],
    [{ pv1: 'PV1|1|O|NOWHERE' }, { clinicCodes: ['NOWHERE'] }],
  ])('is understood when the message says %j', async (said, expected) => {
    expect((await scene.send(panel([one], said))).code).toBe('AA')
    expect(results()[0]).toMatchObject(expected)
  })

  it('has the laboratory of OBX-23, else of OBX-15, else the sender', async () => {
    const pad = (field: number, text: string) => `${one}${'|'.repeat(field - 11)}${text}`
    await scene.send(panel([pad(15, 'R1^The Reference Laboratory'), pad(23, 'St Albans Pathology')]))
    await scene.send(panel([pad(15, 'R1^The Reference Laboratory')], { controlId: 'R-2' }))
    for (const facility of ['RWGLAB', 'RWGLAB^2.16.840.1^ISO', 'RWGLAB^Pathology at Watford'])
      await scene.send(panel([one], { controlId: facility.slice(-9) }).replace('|RWGLAB|', `|${facility}|`))
    expect(results().map(({ laboratory }) => laboratory)).toEqual([
      'St Albans Pathology',
      'The Reference Laboratory',
      'RWGLAB',
      'RWGLAB',
      'Pathology at Watford',
    ])
  })

  it('is kept back for the days OBX-13 asks for', async () => {
    await scene.send(panel([`${one}||3`]))
    expect(results()[0]?.notBefore).toBe('2026-11-24T09:00:00.000Z')
    const ack = await scene.send(panel([`${one}||soon`], { controlId: 'R-2' }))
    expect(ack).toMatchObject({ code: 'AE', lines: [expect.stringMatching(/^OBX-13\.1: the delay is no number/)] })
  })

  it('is withdrawn by its laboratory without a value', async () => {
    expect((await scene.send(panel([], { obr: { 25: 'X' } }))).code).toBe('AA')
    expect(results()[0]).toMatchObject({ status: 'X', observations: [] })
  })

  it('changes nothing when the portal knows something later, and says so', async () => {
    await scene.send(panel([one]))
    const late = panel([one], { controlId: 'R-2' }).replace('20261121100000', '20261121090000')
    expect(await scene.send(late)).toMatchObject({ code: 'AA', lines: [expect.stringMatching(/^MSH-7: .*later/)] })
    expect(scene.portal.documents.all.get('LAB^F-1^P')?.eventAt).toBe('2026-11-21T10:00:00.000Z')
  })

  it('is done once when its message comes twice, or an answer is lost on the way', async () => {
    scene.portal.trouble('recordTestResult', 'INTERNAL', { afterCommit: true })
    expect((await scene.send(panel([one]))).code).toBe('AR')
    expect((await scene.send(panel([one]))).code).toBe('AA')
    expect((await scene.send(panel([one]))).code).toBe('AA')
    expect(results()).toHaveLength(1)
  })
})
