import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { example, feedsWithPortal } from '../testing/feeds-with-portal.ts'

let scene: Awaited<ReturnType<typeof feedsWithPortal>>
beforeAll(async () => {
  scene = await feedsWithPortal()
})
afterAll(() => scene.stop())
beforeEach(() => scene.portal.forget())

const personOf = (hospitalNumber: string) => scene.portal.record.people.get(hospitalNumber)
/** A message about one person, with these fields of PID. */
const about = (
  fields: Record<number, string>,
  { header = 'ADT^A31', pd1 = '', sentAt = '20261121100000', controlId = 'P-1' } = {},
) => {
  const pid = Array.from({ length: 40 }, (_, field) => fields[field + 1] ?? '').join('|')
  return [
    `MSH|^~\\&|PAS|RWG|PORTAL|RWG|${sentAt}||${header}|${controlId}|P|2.4`,
    `EVN||${sentAt}`,
    `PID|${pid}`,
    ...(pd1 ? [pd1] : []),
  ].join('\r')
}
const someone = { 3: 'RWG1^^^RWG^MR', 5: 'Reed^Ada', 7: '19800102' }

describe('a person the hospital tells of', () => {
  it('is recorded with everything the message says', async () => {
    expect(await scene.send(example('new-person'))).toMatchObject({ code: 'AA', controlId: 'EX-0001', lines: [] })
    const { idempotencyKey, id, at, ...person } = personOf('RWG200145') ?? {}
    expect(idempotencyKey).toMatch(/^hl7-.{43}-person$/)
    expect([id, at]).toEqual(['patient-1', '2026-11-20T09:30:00.000Z'])
    expect(person).toEqual({
      eventAt: '2026-11-20T09:30:00.000Z',
      hospitalNumber: 'RWG200145',
      nhsNumber: '9990041571',
      name: { title: 'Mrs', given: ['Amal', 'Noor', 'Leila'], family: 'Haddad' },
      bornOn: '1984-03-09',
      sex: '2',
      address: { lines: ['14 Cassio Lane', 'Flat 2', 'Watford', 'Hertfordshire'], postcode: 'WD18 0HB' },
      homePhone: '+441632960145',
      mobile: '+447700900145',
      email: 'amal.haddad@example.com',
      preferredLanguage: 'ar',
      generalPractice: 'E82999',
    })
  })

  it('changes only in what a later message says: empty changes nothing, "" clears', async () => {
    await scene.send(example('new-person'))
    expect(await scene.send(example('changed-details'))).toMatchObject({ code: 'AA', lines: [] })
    expect(scene.portal.done.filter(({ field }) => field === 'recordPatient')[1]?.input).toEqual({
      idempotencyKey: expect.any(String) as string,
      eventAt: '2026-11-21T16:05:00.000Z',
      hospitalNumber: 'RWG200145',
      email: null,
      mobile: '+447700900146',
    })
  })

  it.each(['came-to-clinic', 'corrected-person'])('is taken from %s too', async (name) => {
    expect(await scene.send(example(name))).toMatchObject({ code: 'AA', lines: [] })
    expect(personOf('RWG200310')).toMatchObject({ bornOn: '1951-12-24', sex: '1' })
  })

  it('keeps the prefixes of a family name, and what was escaped in it', async () => {
    await scene.send(example('came-to-clinic'))
    expect(personOf('RWG200310')?.name).toEqual({ title: 'Mr', given: ['Willem'], family: 'van den Berg' })
    await scene.send(example('corrected-person'))
    expect(personOf('RWG200310')?.name?.family).toBe("O'Brien & Sons")
    await scene.send(about({ ...someone, 5: 'Gogh&van^Vincent' }))
    expect(personOf('RWG1')?.name?.family).toBe('van Gogh')
  })

  it('may have died, or must not be found', async () => {
    await scene.send(example('person-who-died'))
    expect(personOf('RWG200310')).toMatchObject({ deceased: true, sensitive: true })
  })

  it.each([
    [{ 30: 'N' }, { deceased: false }],
    [{ 29: '20261120' }, { deceased: true }],
    [{ 29: '202611' }, { deceased: true }],
    [{ 29: '""' }, { deceased: false }],
    [{ 8: 'x?' }, {}],
    [{ 30: '1' }, { deceased: true }],
    [{ 8: '""' }, { sex: null }],
    [{ 8: '9' }, { sex: '9' }],
    [{ 11: '""' }, { address: null }],
    [{ 11: 'c/o Post^^Berlin^^10115^DEU^H' }, { address: { lines: ['c/o Post', 'Berlin', 'DEU'], postcode: '10115' } }],
    [{ 13: '""' }, { mobile: null, homePhone: null, email: null }],
    [{ 13: '^PRN^CP^^44^7700^900147' }, { mobile: '+447700900147' }],
    [{ 13: '01632 960147~07700900147' }, { homePhone: '+441632960147', mobile: '+447700900147' }],
    [{ 13: 'amal@example.com' }, { email: 'amal@example.com' }],
    [{ 14: '07700 900148^WPN^CP' }, { mobile: '+447700900148' }],
    [{ 13: '07700 900149^EMR^CP', 14: '020 7946 0149^WPN' }, {}],
    [{ 15: 'EN^English' }, { preferredLanguage: 'en' }],
    [{ 5: 'Reed^Ada^^^^^A~Reed^Adaeze^^^Dr^^L' }, { name: { title: 'Dr', given: ['Adaeze'], family: 'Reed' } }],
    [{ 3: '9990041571' }, { nhsNumber: '9990041571' }],
    [{ 3: 'X9^^^RAL^MR~RWG1^^^RWG^MR~AB123456C^^^DWP^NI' }, { hospitalNumber: 'RWG1' }],
    [{ 3: 'RWG1' }, { hospitalNumber: 'RWG1' }],
  ])('is understood when PID says %j', async (fields: Record<number, string>, expected) => {
    await scene.send(about({ ...someone, ...fields }))
    const { idempotencyKey: _, eventAt: __, ...input } = scene.portal.inputOf('recordPatient')
    const usual = { hospitalNumber: 'RWG1', name: { given: ['Ada'], family: 'Reed' }, bornOn: '1980-01-02' }
    if (fields[3] === '9990041571') expect(input).toEqual({ name: usual.name, bornOn: usual.bornOn, ...expected })
    else expect(input).toEqual({ ...usual, ...expected })
  })

  it.each([
    ['PD1|||""', { generalPractice: null }],
    ['PD1|||The Surgery^^^^^^^^^E82998', { generalPractice: 'E82998' }],
    ['PD1||||||||||||N', { sensitive: false }],
  ])('is understood when PD1 says %j', async (pd1, expected) => {
    await scene.send(about(someone, { pd1 }))
    expect(personOf('RWG1')).toMatchObject(expected)
  })

  it('is ordered by the time of the event and not of arrival', async () => {
    await scene.send(about({ ...someone, 8: 'F' }, { sentAt: '20261121100000', controlId: 'P-1' }))
    const late = await scene.send(about({ ...someone, 8: 'M' }, { sentAt: '20261121090000', controlId: 'P-2' }))
    expect(late).toMatchObject({
      code: 'AA',
      lines: [expect.stringMatching(/^EVN-2: the record already knows something later/)],
    })
    expect(personOf('RWG1')?.sex).toBe('2')
  })

  it('is taken without the NHS number that fails its check, and the sender is told', async () => {
    const ack = await scene.send(example('bad-check-digit'))
    expect(ack).toMatchObject({ code: 'AA', lines: [expect.stringMatching(/^PID-3: the NHS number fails its check/)] })
    expect(ack.raw).toMatch(
      /\rERR\|PID\^1\^3\^102&Data type error&HL70357\|PID\^1\^3\|102\^Data type error\^HL70357\|W\|/,
    )
    expect(personOf('RWG200777')?.nhsNumber).toBe('9991234567')
  })

  it('is taken without a mobile that is none, and the sender is told', async () => {
    const ack = await scene.send(about({ ...someone, 13: '07700 90^PRN^CP' }))
    expect(ack).toMatchObject({ code: 'AA', lines: [expect.stringMatching(/^PID-13: the mobile is no UK mobile/)] })
  })
})

describe('a message about a person that can never work', () => {
  it.each([
    [
      about({ ...someone, 3: '7777777777^^^NHS' }),
      'PID-3',
      'the NHS number fails its check, and there is no hospital number',
    ],
    [about({ ...someone, 3: '' }), 'PID-3', 'neither a hospital number nor an NHS number'],
    [about({ ...someone, 7: '19801301' }), 'PID-7', 'no date of birth'],
    [about({ ...someone, 7: '1980' }), 'PID-7', 'no date of birth'],
    [about({ ...someone, 7: '""' }), 'PID-7', 'no date of birth'],
    [about({ ...someone, 5: '""' }), 'PID-5', 'cannot be cleared'],
    [about({ ...someone, 5: '^Ada' }), 'PID-5.1', 'family name is missing'],
    [about({ ...someone, 29: '20261301' }), 'PID-29', 'no date or time of death'],
    [about({ 3: 'RWG1^^^RWG^MR', 5: 'Reed^Ada' }), 'PID-7', 'this person is new'],
    [about({ 3: 'RWG1^^^RWG^MR' }), 'PID-5', 'this person is new'],
    [about(someone, { sentAt: '20261399' }), 'EVN-2', 'this is no time'],
    [about(someone, { sentAt: '' }), 'MSH-7', 'the time of the message is missing'],
    [about(someone, { sentAt: '20261122133100' }), 'EVN-2', 'hours ahead of now'],
    [about(someone) + '\rPID|2||RWG2', 'PID', 'more than one'],
    [about(someone).replace('|P|2.4', '|D|2.4'), 'MSH-11', 'training or debugging'],
    [about(someone).replace('|P|2.4', '|P|3'), 'MSH-12', 'only version 2'],
    [about(someone).replace('P-1', ''), 'MSH-10', 'the control id is missing'],
    [about(someone, { header: 'ADT^A99' }), 'MSH-9', 'not taken: ADT\\^A99'],
    [about(someone, { header: '' }), 'MSH-9', 'not taken: '],
  ])('is refused with its place and what to do (%#)', async (message, where, what) => {
    const { code, lines, raw } = await scene.send(message)
    expect([code, lines]).toEqual(['AE', [expect.stringMatching(new RegExp(`^${where}: .*${what}.*\\. ?`))]])
    expect(raw).not.toMatch(/Reed|Ada|1980/)
    expect(scene.portal.record.people.size).toBe(0)
    expect(scene.portal.book.entries).toMatchObject([
      { acknowledgement: 'AE', reason: lines[0], text: expect.stringContaining('MSH') as string },
    ])
  })

  it.each([
    ['only-a-bad-nhs-number', /^PID-3: the NHS number fails its check/],
    ['month-13', /^PID-7: /],
    ['nobody', /^PID: the segment is missing/],
    ['not-taken', /^MSH-9: not taken: ADT\^A99\. Taken are ADT A01, .*SIU S15/],
    ['broken-line', /^PID: line 4 does not begin with the name of a segment/],
  ])('%s is refused', async (name, line) => {
    expect(await scene.send(example(name))).toMatchObject({ code: 'AE', lines: [expect.stringMatching(line)] })
  })

  it('hears of everything that is wrong at once', async () => {
    const { code, lines, raw } = await scene.send(example('everything-wrong'))
    expect(code).toBe('AE')
    expect(lines.map((line) => line.split(':')[0])).toEqual(['MSH-7', 'PID-3', 'PID-5.1', 'PID-7', 'SCH-1'])
    expect(raw).toContain('|PID^1^5^1^1|')
    expect(raw).toMatch(/\rMSA\|AE\|EX-0026\|MSH-7: .*; PID-3: /)
  })

  it('names the event of EVN when MSH leaves it out', async () => {
    const message = about(someone, { header: 'ADT' }).replace('EVN|', 'EVN|A31')
    expect((await scene.send(message)).code).toBe('AA')
  })
})
