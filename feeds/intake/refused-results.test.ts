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

const secondPanel = 'OBR|2||F-2|Q^Other panel^L|||202611210800||||||||||||||||||F'
const thirdPanel = 'OBR|3||F-3|R^Third panel^L|||202611210800||||||||||||||||||F'
/** The same panel twice in a message. */
const twoOf = (value: string, other: string) => `${panel([value])}\r${panel([other]).split('\r')[2]}\r${other}`

describe('the faults of old test systems', () => {
  it('cost a result its bad NHS number, and nothing else', async () => {
    const ack = await scene.send(example('result-bad-nhs-number'))
    expect(ack).toMatchObject({
      code: 'AA',
      lines: [
        expect.stringMatching(/^PID-3: the NHS number fails/),
        expect.stringMatching(/^PV1-3: recorded without a clinic/),
      ],
    })
    expect(results()[0]).toMatchObject({
      hospitalId: 'OLDLAB^4417^LIP',
      specimen: 'Blood',
      comments: [expect.stringMatching(/^Fasting sample\./)],
      observations: [{ value: '4.9', range: '<5.0' }],
    })
  })

  it('are told when lines are broken in the middle of fields', async () => {
    const ack = await scene.send(example('result-broken-lines'))
    expect(ack).toMatchObject({ code: 'AE', lines: [expect.stringMatching(/^MSH-2: .*cut off by a line end/)] })
    const mended = example('result-broken-lines')
      .replace('MSH|^\n~', 'MSH|^~')
      .replace('OR\nU^', 'ORU^')
      .replace('EX-0107', 'EX-0207')
    expect(await scene.send(mended)).toMatchObject({
      code: 'AE',
      lines: [expect.stringMatching(/^PID: line 3 does not begin with the name of a segment/)],
    })
    expect(results()).toEqual([])
  })
})

describe('whose result it is', () => {
  it('is somebody the portal does not know: recorded first, when the message says enough', async () => {
    expect((await scene.send(panel([one]))).code).toBe('AA')
    expect(scene.portal.record.people.get('RWG7')).toMatchObject({ bornOn: '1980-01-02', name: { family: 'Reed' } })
    const ack = await scene.send(panel([one], { pid: 'RWG8^^^RWG^MR||Reed^Bo', controlId: 'R-2' }))
    expect(ack).toMatchObject({ code: 'AE', lines: [expect.stringMatching(/^PID-7: this person is new.*Send name/)] })
  })

  it('is left as the record has them: a laboratory’s copy changes nobody', async () => {
    await scene.send(example('new-person'))
    const before = scene.portal.record.people.get('RWG200145')
    const pid = 'RWG200145^^^RWG^MR||Hadad^A||19840309|M|||1 Old Road||01632 960111'
    expect(await scene.send(panel([one], { pid }))).toMatchObject({ code: 'AA', lines: [] })
    expect(scene.portal.record.people.get('RWG200145')).toEqual(before)
  })

  it('is refused when the date of birth or the NHS number is another person’s', async () => {
    await scene.send(example('new-person'))
    expect(await scene.send(example('result-of-somebody-else'))).toMatchObject({
      code: 'AE',
      lines: [expect.stringMatching(/^PID-7: this date of birth is not the one on record/)],
    })
    const pid = 'RWG200145^^^RWG^MR~9990083142^^^NHS^NH||Haddad^Amal'
    expect(await scene.send(panel([one], { pid }))).toMatchObject({
      code: 'AE',
      lines: [expect.stringMatching(/^PID-3: this NHS number is not the one on record/)],
    })
    expect(results()).toEqual([])
  })

  it.each([
    ['another family name', 'Smith^Amal|||F', 'PID-5', 'this name is not the one on record'],
    ['another given name', 'Haddad^Rita|||F', 'PID-5', 'this name is not the one on record'],
    ['no name', '|||F', 'PID-7', 'a hospital number alone does not say whose this is'],
    ['a family name of signs', '-^Amal', 'PID-5', 'this name is not the one on record'],
  ])('is refused with %s and nothing else that says who it is', async (_, after, where, what) => {
    await scene.send(example('new-person'))
    const ack = await scene.send(panel([one], { pid: `RWG200145^^^RWG^MR||${after}` }))
    expect(ack).toMatchObject({ code: 'AE', lines: [expect.stringMatching(new RegExp(`^${where}: ${what}`))] })
    expect(ack.raw).not.toMatch(/Smith|Rita|Haddad|Amal/)
    expect(results()).toEqual([])
  })

  it('is refused when its only NHS number fails its check, and its name is another', async () => {
    await scene.send(example('new-person'))
    const pid = 'RWG200145^^^RWG^MR~9990041572^^^NHS^NH||Smith^Amal'
    expect(await scene.send(panel([one], { pid }))).toMatchObject({
      lines: [expect.stringMatching(/^PID-5: this name/)],
    })
    expect(results()).toEqual([])
  })

  it.each([
    ['the family name', '', 'HADDAD^A'],
    ['the family name alone', '', 'Haddad'],
    ['the date of birth, after a marriage', '', 'Smith^Rita||19840309'],
    ['the NHS number, after a marriage', '~9990041571^^^NHS^NH', 'Smith^Rita'],
    ['the date of birth alone', '', '||19840309'],
  ])('is told by the hospital number and %s', async (_, numbers, after) => {
    await scene.send(example('new-person'))
    const ack = await scene.send(panel([one], { pid: `RWG200145^^^RWG^MR${numbers}||${after}` }))
    expect(ack).toMatchObject({ code: 'AA', lines: [] })
    expect(results()).toHaveLength(1)
  })

  it('is refused when the order is known as another patient’s, and nothing is changed', async () => {
    await scene.send(panel([one]))
    const other = panel([one.replace('135', '88')], { pid: 'RWG9^^^RWG^MR||Lee^Bo||19700101', controlId: 'R-2' })
    expect(await scene.send(other)).toMatchObject({
      code: 'AE',
      lines: [expect.stringMatching(/^OBR-3: .*another patient's, and nothing of it was changed/)],
    })
    expect(scene.portal.documents.all.get('LAB^F-1^P')).toMatchObject({
      patientId: 'patient-1',
      observations: [{ value: '135' }],
    })
  })

  it('may be known by two numbers since their records are one', async () => {
    await scene.send(panel([one]))
    await scene.send(panel([one], { pid: 'RWG9^^^RWG^MR||Reed^Ada||19800102', controlId: 'R-2', obr: { 3: 'F-2' } }))
    scene.portal.record.merges.set('RWG9', 'RWG7')
    await scene.send(panel([one], { pid: 'RWG9^^^RWG^MR||Reed^Ada||19991231', controlId: 'R-3', obr: { 3: 'F-2' } }))
    expect(results()[2]).toMatchObject({ patientId: 'patient-2', formerPatientIds: ['patient-1'] })
    const ofNobody = panel([one], { pid: 'RWG9^^^RWG^MR||Lee^Ada||19991231', controlId: 'R-4', obr: { 3: 'F-2' } })
    expect(await scene.send(ofNobody)).toMatchObject({
      code: 'AE',
      lines: [expect.stringMatching(/^PID-5: this name/)],
    })
  })
})

describe('one bad value', () => {
  it('goes in as it was sent beside good ones, and its sender is told', async () => {
    const ack = await scene.send(
      panel([
        one,
        'OBX|2|NM|||4.2||||||F',
        'OBX|3|NM|K^Potassium||4.1||||||F|||20261399',
        'OBX|4|ED|PDF^Report||^application^pdf^Base64^@@||||||F',
      ]),
    )
    expect(ack.code).toBe('AA')
    expect(ack.lines.map((line) => line.split(':')[0])).toEqual(['OBX-3', 'OBX-14', 'OBX-5'])
    expect(results()[0]?.observations).toMatchObject([
      { value: '135' },
      { value: '4.2', test: { name: 'A test the laboratory did not name' } },
      { value: '4.1' },
    ])
    expect(results()[0]?.pdf).toBeUndefined()
  })

  it('of a type that would be shown wrongly is said to be there, beside those that are shown', async () => {
    const ack = await scene.send(panel(['OBX|1|RP|PIC^Picture^L||file&&IMG|||HH|||F', one]))
    expect(ack).toMatchObject({
      code: 'AA',
      lines: [expect.stringMatching(/^OBX-2: a value under OBR 1 is of a type/)],
    })
    expect(results()[0]?.observations).toMatchObject([
      { test: { name: 'Picture' }, value: '', flag: 'HH', comments: [expect.stringMatching(/cannot be shown here/)] },
      { test: { name: 'Haemoglobin' }, value: '135', comments: [] },
    ])
  })

  it.each([
    [
      'of a type that would be shown wrongly',
      'OBX|1|NA|X^X||1^2^3||||||F',
      'OBX-2',
      'a value under OBR 2 is of a type',
    ],
    ['to be held back for nobody knows how long', `${one}||x days`, 'OBX-13.1', 'the delay is no number of days'],
    ['in a file that is none', 'OBX|1|ED|PDF||^application^pdf^Base64^||||||F', 'OBX-5', 'the PDF is empty'],
  ])('that is all of its panel, %s, keeps back no other panel', async (_, value, where, what) => {
    const ack = await scene.send(`${panel([one])}\r${secondPanel}\r${value}\r${thirdPanel}\r${one}`)
    expect(ack).toMatchObject({
      code: 'AE',
      lines: [
        expect.stringMatching(new RegExp(`^${where}: OBR 2 cannot be taken: ${what}`)),
        expect.stringMatching(/^OBR: the other panels of this message \(2\) were taken/),
      ],
    })
    expect([...scene.portal.documents.all.keys()]).toEqual(['LAB^F-1^P', 'LAB^F-3^R'])
  })

  it('sent twice as another panel keeps back no third', async () => {
    await scene.send(`${twoOf(one, one)}\r${thirdPanel}\r${one}`)
    expect([...scene.portal.documents.all.keys()]).toEqual(['LAB^F-3^R'])
  })

  it('in one panel keeps back no other panel', async () => {
    scene.portal.documents.incomplete.add('LAB^F-1^P')
    const ack = await scene.send(`${panel([one])}\r${secondPanel}\r${one}`)
    expect(ack).toMatchObject({
      code: 'AE',
      lines: [
        expect.stringMatching(/^OBR-4: OBR 1 cannot be taken: panel\.name is empty\. Send it\./),
        expect.stringMatching(/^OBR: the other panels of this message \(1\) were taken/),
      ],
    })
    expect([...scene.portal.documents.all.keys()]).toEqual(['LAB^F-2^Q'])
  })
})

describe('a result that can never work', () => {
  it.each([
    [panel([one], { obr: { 3: '' } }), 'OBR-3', 'the order number is missing'],
    [panel([one], { obr: { 4: '' } }), 'OBR-4', 'the panel is missing'],
    [panel([one.replace('|F', '|')], { obr: { 25: '' } }), 'OBR-25', 'the status is missing'],
    [panel([]), 'OBX', 'nothing stands under OBR 1'],
    [panel(['OBX|1|RP|X^X||file&&IMG||||||F']), 'OBX-2', 'a value under OBR 1 is of a type'],
    [panel(['OBX|1|RP|X^X||file&&IMG||||||F', 'OBX|2|ED|PDF||^application^pdf^Base64^@||||||F']), 'OBX-5', 'no Base64'],
    [panel(['OBX|1|NA|X^X||1^2^3||||||F']), 'OBX-2', 'a value under OBR 1 is of a type'],
    [panel(['OBX|1||X^X||<^5||||||F']), 'OBX-2', 'a value under OBR 1 is of a type'],
    [panel(['OBX|1|ED|PDF||^application^pdf^Base64^JVB@ERi||||||F']), 'OBX-5', 'the PDF is no Base64'],
    [panel(['OBX|1|ED|PDF||^application^pdf^Base64^JVBER||||||F']), 'OBX-5', 'the PDF is no Base64'],
    [panel(['OBX|1|ED|PDF||^application^pdf^Base64^||||||F']), 'OBX-5', 'the PDF is empty'],
    [panel(['OBX|1|ED|DOC||^application^msword^Base64^AAAA||||||F']), 'OBX-5', 'only a PDF is taken'],
    [panel(['OBX|1|ED|PDF||^application^pdf^Hex^25504446||||||F']), 'OBX-5', 'not said to be Base64'],
    [twoOf(one, one), 'OBR-3', 'OBR 1 cannot be taken: two OBR have the same order number and panel'],
    [
      panel([one])
        .split('\r')
        .filter((line) => !line.startsWith('OBR'))
        .join('\r'),
      'OBX',
      'before any OBR',
    ],
    [panel([one]).replace('PID|', 'ZID|'), 'PID', 'missing'],
    [`${panel([one])}\rPID|2||RWG9`, 'PID', 'more than one'],
  ])('is refused with its place and what to do (%#)', async (message, where, what) => {
    const { code, lines, raw } = await scene.send(message)
    expect([code, lines[0]]).toEqual(['AE', expect.stringMatching(new RegExp(`^${where}: .*${what}`))])
    expect(raw).not.toMatch(/Reed|Ada|1980|135/)
    expect(results()).toEqual([])
    expect(scene.portal.record.people.size).toBe(0)
  })
})
