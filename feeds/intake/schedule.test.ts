import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { example, feedsWithPortal } from '../testing/feeds-with-portal.ts'

let scene: Awaited<ReturnType<typeof feedsWithPortal>>
beforeAll(async () => {
  scene = await feedsWithPortal()
})
afterAll(() => scene.stop())
beforeEach(async () => {
  scene.portal.forget()
  await scene.send(example('booked'))
  scene.portal.done.length = 0
})

const appointment = (id = 'APT-7001') => scene.portal.record.appointments.get(id)
const steps = () => scene.portal.done.map(({ field }) => field).filter((field) => field.startsWith('record'))
let count = 0
const about = (event: string, status = '', others: string[] = [], sch = 'APT-7001^PAS') =>
  [
    `MSH|^~\\&|PAS|RWG|PORTAL|RWG|20261121200000||SIU^${event}|S-${(count += 1)}|P|2.4`,
    `SCH|${sch}${'|'.repeat(24)}${status}`,
    'PID|1||RWG200145^^^RWG^MR',
    ...others,
  ].join('\r')

describe('an appointment the hospital amends', () => {
  it('has what is arranged for it, and stays as it is', async () => {
    const before = appointment()
    expect(await scene.send(example('amended'))).toMatchObject({ code: 'AA', lines: [] })
    expect(appointment()).toEqual({
      ...before,
      at: '2026-11-21T17:00:00.000Z',
      arrangements: [{ kind: 'INTERPRETER', detail: 'Polish' }, { kind: 'TRANSPORT' }],
    })
    expect(steps()).toEqual(['recordPatient', 'recordArrangements'])
  })

  it('has it together with its new details', async () => {
    const others = [
      'RGS|1',
      'AIP|1|A|^Nowak^Anna|INTERPRETER',
      'AIP|2|A|^Tan^Mei^^^Dr',
      'AIG|1|A|TRANSPORT^Ambulance car',
    ]
    expect((await scene.send(about('S14', '', others))).code).toBe('AA')
    expect(steps()).toEqual(['recordPatient', 'recordAppointment'])
    expect(appointment()).toMatchObject({
      clinician: 'Dr Mei Tan',
      startsAt: '2027-07-15T09:30:00.000Z',
      arrangements: [{ kind: 'TRANSPORT', detail: 'Ambulance car' }, { kind: 'INTERPRETER' }],
    })
  })

  it('has nothing arranged any more when the message takes it away, and keeps it when there is no word of it', async () => {
    await scene.send(example('amended'))
    await scene.send(about('S14', '', ['AIP|1|A|^Tan^Mei^^^Dr']))
    expect(appointment()?.arrangements).toHaveLength(2)
    await scene.send(about('S14', '', ['AIG|1|D|POL^Polish|INTERPRETER']))
    expect(appointment()?.arrangements).toEqual([])
  })

  it('is created when it says enough, and not invented when it does not', async () => {
    const sch = 'NEW1||||||||||^^^202612011415'
    const message = about('S14', '', ['AIS|1|A|CARD1', 'AIG|1|A||TRANSPORT']).replace(/SCH\|.*/, `SCH|${sch}`)
    expect((await scene.send(message)).code).toBe('AA')
    expect(appointment('NEW1')).toMatchObject({ clinicCode: 'CARD1', arrangements: [{ kind: 'TRANSPORT' }] })
    const little = about('S14', '', ['AIG|1|A||TRANSPORT'], 'NEW2')
    expect(await scene.send(little)).toMatchObject({ code: 'AE', lines: [expect.stringMatching(/^SCH-1: /)] })
  })
})

describe('what became of an appointment', () => {
  it.each([
    ['COMPLETE', { attendance: 'COMPLETED', cancelled: false }],
    ['Complete', { attendance: 'COMPLETED', cancelled: false }],
    ['NOSHOW', { attendance: 'DID_NOT_ATTEND', cancelled: false }],
    ['No Show', { attendance: 'DID_NOT_ATTEND', cancelled: false }],
    ['CANCELLED', { cancelled: true, reason: undefined }],
    ['DELETED', { cancelled: true, reason: 'The appointment was booked by mistake' }],
    ['BOOKED', { cancelled: false }],
    ['toString', { cancelled: false }],
  ])('is read in SCH-25: %s', async (status, expected) => {
    expect(await scene.send(about('S14', status))).toMatchObject({ code: 'AA', lines: [] })
    expect(appointment()).toMatchObject(expected)
  })

  it('is told by S26, S17 and S15 whatever SCH-25 says', async () => {
    await scene.send(example('missed'))
    expect(appointment()).toMatchObject({ attendance: 'DID_NOT_ATTEND', cancelled: false })
    await scene.send(example('deleted'))
    expect(appointment()).toMatchObject({ cancelled: true, reason: 'The appointment was booked by mistake' })
  })

  it.each(['S15', 'S17', 'S26'])('is recorded by %s when the portal had never heard of it', async (event) => {
    const message = about(event, '', ['AIS|1|A|CARD1']).replace(/SCH\|.*/, 'SCH|NEW3||||||||||^^^202611201415')
    expect((await scene.send(message)).code).toBe('AA')
    expect(appointment('NEW3')).toMatchObject(event === 'S26' ? { attendance: 'DID_NOT_ATTEND' } : { cancelled: true })
    expect(await scene.send(about(event, '', [], 'NEW4'))).toMatchObject({
      code: 'AE',
      lines: [expect.stringMatching(/^SCH-1: the portal does not know/)],
    })
  })

  it('is not overwritten by an older message that comes later', async () => {
    await scene.send(example('missed'))
    const late = await scene.send(about('S14', 'COMPLETE').replace('20261121200000', '20261121143000'))
    expect(late.lines).toContainEqual(expect.stringMatching(/^MSH-7: /))
    expect(appointment()?.attendance).toBe('DID_NOT_ATTEND')
  })

  it('says so when it conflicts with what the patient did in the portal', async () => {
    scene.portal.record.changedByPatient.add('APT-7001')
    for (const name of ['moved', 'missed', 'cancelled'])
      expect((await scene.send(example(name))).lines).toContainEqual(
        expect.stringMatching(/^SCH-1: recorded, although the patient changed this appointment/),
      )
  })
})
