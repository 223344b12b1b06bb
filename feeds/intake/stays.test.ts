import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { example, feedsWithPortal } from '../testing/feeds-with-portal.ts'

let scene: Awaited<ReturnType<typeof feedsWithPortal>>
beforeAll(async () => {
  scene = await feedsWithPortal()
})
afterAll(() => scene.stop())
beforeEach(() => scene.portal.forget())

const stay = (id = 'V-881') => scene.portal.record.stays.get(id)
const steps = () => scene.portal.done.map(({ field }) => field).filter((field) => field.startsWith('record'))

/** A message about a visit of the same person. */
const visit = (
  event: string,
  { pv1 = 'I', number = 'V-881', others = '', pv2 = '', reason = '', sentAt = '20261121150000' } = {},
) =>
  [
    `MSH|^~\\&|PAS|RWG|PORTAL|RWG|${sentAt}||ADT^${event}|${event}-${sentAt}-${pv1}|P|2.4`,
    `EVN||${sentAt}||${reason}||202611211445`,
    'PID|1||RWG200145^^^RWG^MR||Haddad^Amal^^^Mrs^^L||19840309|F',
    `PV1|1|${pv1}|||||||||||||||||${number}${others}`,
    ...(pv2 === '' ? [] : [pv2]),
  ].join('\r')

describe('a stay in hospital', () => {
  it('is planned with the time to come, its ward, clinician and visit number', async () => {
    expect(await scene.send(example('admission-planned'))).toMatchObject({ code: 'AA', lines: [] })
    expect(stay()).toEqual({
      idempotencyKey: expect.any(String) as string,
      eventAt: '2026-11-21T13:59:00.000Z',
      hospitalId: 'V-881',
      patientId: 'patient-1',
      step: 'PLANNED',
      expectedAt: '2026-12-07T07:00:00.000Z',
      clinicCodes: ['WARD4', 'DERM2'],
      clinician: 'Mr Kwame Osei',
      place: { site: 'Watford General Hospital', department: 'Cassio Ward', addressLines: [] },
    })
    expect(steps()).toEqual(['recordPatient', 'recordAdmission'])
  })

  it('is the same one when the patient is admitted, with the time of it', async () => {
    await scene.send(example('admission-planned'))
    expect((await scene.send(example('admitted'))).code).toBe('AA')
    expect(stay()).toMatchObject({ step: 'ADMITTED', at: '2026-11-21T14:30:00.000Z', clinician: 'Mr Kwame Osei' })
  })

  it.each([
    ['A14', 'PLANNED', { pv2: 'PV2||||||||202612070700|202612091200' }, { expectedUntil: '2026-12-09T12:00:00.000Z' }],
    [
      'A05',
      'PLANNED',
      { pv1: 'P', others: `${'|'.repeat(25)}202612070700` },
      { expectedAt: '2026-12-07T07:00:00.000Z' },
    ],
    ['A01', 'ADMITTED', {}, { at: '2026-11-21T14:45:00.000Z' }],
    ['A01', 'ADMITTED', { pv1: 'E' }, { at: '2026-11-21T14:45:00.000Z' }],
    ['A03', 'DISCHARGED', { others: `${'|'.repeat(26)}202611211100` }, { at: '2026-11-21T11:00:00.000Z' }],
    ['A11', 'ADMISSION_CANCELLED', {}, {}],
    ['A13', 'DISCHARGE_CANCELLED', {}, {}],
    ['A27', 'PLAN_CANCELLED', {}, {}],
    ['A38', 'PLAN_CANCELLED', {}, {}],
  ])('takes %s as %s', async (event, step, facts, expected) => {
    await scene.send(example('admission-planned'))
    expect(await scene.send(visit(event, facts))).toMatchObject({ code: 'AA', lines: [] })
    expect(stay()).toMatchObject({ step, eventAt: '2026-11-21T15:00:00.000Z', ...expected })
  })

  it('is cancelled with a reason the patient can read, and never with the clinical one', async () => {
    await scene.send(example('admission-planned'))
    await scene.send(visit('A38', { reason: '02', pv2: 'PV2|||Hernia repair' }))
    expect(stay()).toMatchObject({ step: 'PLAN_CANCELLED' })
    expect(stay()?.reason).toBeUndefined()
    await scene.send(visit('A38', { reason: '^No bed is free', sentAt: '20261121150100' }))
    expect(stay()?.reason).toBe('No bed is free')
  })

  it('is not made of an outpatient’s visit, or of going home from the Emergency department', async () => {
    for (const message of [visit('A01', { pv1: 'O' }), visit('A03', { pv1: 'O' }), visit('A03', { pv1: 'E' })])
      expect(await scene.send(message)).toMatchObject({ code: 'AA', lines: [] })
    expect(steps()).toEqual(['recordPatient', 'recordPatient', 'recordPatient'])
  })

  it('is left alone by an older message that comes later', async () => {
    await scene.send(example('admitted'))
    const late = await scene.send(visit('A38', { sentAt: '20261120150000' }))
    expect(late).toMatchObject({
      code: 'AA',
      lines: [expect.stringMatching(/^EVN-2: the record/), expect.stringMatching(/^MSH-7: /)],
    })
    expect(stay()?.step).toBe('ADMITTED')
  })

  it('is done once when its message comes twice', async () => {
    await scene.send(example('admitted'))
    expect((await scene.send(example('admitted'))).code).toBe('AA')
    expect(steps()).toEqual(['recordPatient', 'recordAdmission'])
  })
})

describe('a message about a stay that can never work', () => {
  it.each([
    [visit('A01', { number: '' }), 'PV1-19', 'visit number is missing'],
    [visit('A01', { others: `${'|'.repeat(25)}202613070700` }), 'PV1-44', 'no date and time'],
    [visit('A05', { pv2: 'PV2||||||||20261207' }), 'PV2-8', 'time of day is missing'],
    [visit('A05'), 'PV2-8', 'this visit is new'],
    [visit('A38'), 'PV1-19', 'does not know this visit'],
    [visit('A11'), 'PV1-19', 'does not know this visit'],
    [visit('A01').replace('PID|1', 'ZID|1'), 'PID', 'missing'],
  ])('is refused with its place and what to do (%#)', async (message, where, what) => {
    const { code, lines } = await scene.send(message)
    expect([code, lines]).toEqual(['AE', [expect.stringMatching(new RegExp(`^${where}: .*${what}`))]])
    expect(scene.portal.record.stays.size).toBe(0)
  })

  it('does not make a stay of a clinic appointment with the same number', async () => {
    await scene.send(example('booked').replaceAll('APT-7001', 'V-881'))
    expect(await scene.send(visit('A01'))).toMatchObject({
      code: 'AE',
      lines: [expect.stringMatching(/^PV1-19: .*clinic appointment \(SCH-1\)/)],
    })
    expect(scene.portal.record.stays.size).toBe(0)
  })

  it('does not give the stay of one patient to another', async () => {
    await scene.send(example('admitted'))
    await scene.send(example('came-to-clinic'))
    const other = visit('A03').replaceAll('RWG200145', 'RWG200310')
    expect(await scene.send(other)).toMatchObject({
      code: 'AE',
      lines: [expect.stringMatching(/^PV1-19: .*another patient/)],
    })
  })
})
