import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { example, feedsWithPortal } from '../testing/feeds-with-portal.ts'

let scene: Awaited<ReturnType<typeof feedsWithPortal>>
beforeAll(async () => {
  scene = await feedsWithPortal()
})
afterAll(() => scene.stop())
beforeEach(async () => {
  scene.portal.forget()
  await scene.send(example('new-person'))
  scene.portal.done.length = 0
})

const appointment = (id: string) => scene.portal.record.appointments.get(id)
const steps = () => scene.portal.done.map(({ field }) => field)

/** A booking for the person above, with other segments or none. */
const booking = (
  sch: string,
  others: string[] = [],
  { event = 'S12', controlId = 'B-1', sentAt = '20261121120000' } = {},
) =>
  [
    `MSH|^~\\&|PAS|RWG|PORTAL|RWG|${sentAt}||SIU^${event}|${controlId}|P|2.4`,
    sch,
    'PID|1||RWG200145^^^RWG^MR',
    ...others,
  ].join('\r')
const usual = 'SCH|B1||||||||||^^^202612011415^202612011445'
const clinic = 'AIS|1|A|CARD1'

describe('an appointment the hospital books', () => {
  it('is recorded with everything the message says, in London time', async () => {
    expect(await scene.send(example('booked'))).toMatchObject({ code: 'AA', lines: [] })
    expect(appointment('APT-7001')).toMatchObject({
      patientId: 'patient-1',
      eventAt: '2026-11-21T14:00:00.000Z',
      clinicCode: 'CARD1',
      startsAt: '2027-07-15T09:30:00.000Z',
      endsAt: '2027-07-15T10:00:00.000Z',
      kind: 'OUTPATIENT',
      medium: 'FACE_TO_FACE',
      clinician: 'Dr Priya Shah',
      place: {
        site: 'Watford General Hospital',
        department: 'Outpatients 2',
        addressLines: ['Vicarage Road'],
        postcode: 'WD18 0HB',
      },
    })
    expect(steps()).toEqual(['receiveHospitalMessage', 'recordPatient', 'recordAppointment', 'answerHospitalMessage'])
  })

  it('creates its patient when the portal does not know the person yet', async () => {
    scene.portal.record.people.clear()
    expect((await scene.send(example('booked'))).code).toBe('AA')
    expect(scene.portal.record.people.get('RWG200145')?.bornOn).toBe('1984-03-09')
  })

  it('moves, and says nothing of what stays', async () => {
    await scene.send(example('booked'))
    scene.portal.done.length = 0
    expect((await scene.send(example('moved'))).code).toBe('AA')
    const { idempotencyKey: _, ...input } = scene.portal.inputOf('recordAppointment')
    expect(input).toEqual({
      eventAt: '2026-11-21T15:00:00.000Z',
      hospitalId: 'APT-7001',
      patientId: 'patient-1',
      startsAt: '2026-12-01T14:15:00.000Z',
      endsAt: '2026-12-01T14:45:00.000Z',
    })
  })

  it('is created by a move the portal never saw booked, when it says enough', async () => {
    expect((await scene.send(booking(usual, [clinic], { event: 'S13' }))).code).toBe('AA')
    expect(await scene.send(example('moved'))).toMatchObject({
      code: 'AE',
      lines: [expect.stringMatching(/^AIS-3: this appointment is new/)],
    })
  })

  it('is cancelled, with a reason the patient can read', async () => {
    await scene.send(example('booked'))
    expect((await scene.send(example('cancelled'))).code).toBe('AA')
    expect(appointment('APT-7001')).toMatchObject({ cancelled: true, reason: 'The clinician is not available' })
  })

  it('keeps a bare code from the patient', async () => {
    await scene.send(booking(usual, [clinic]))
    await scene.send(booking('SCH|B1|||||C4', [], { event: 'S15', controlId: 'B-2' }))
    expect(appointment('B1')).toMatchObject({ cancelled: true, reason: undefined })
  })

  it('is recorded and cancelled when the portal first hears of it by its cancellation', async () => {
    expect((await scene.send(example('cancelled-and-never-booked-here'))).code).toBe('AA')
    expect(appointment('APT-7009')).toMatchObject({ cancelled: true, startsAt: '2026-12-01T14:15:00.000Z' })
  })

  it('is not invented from a cancellation that says too little', async () => {
    expect(await scene.send(example('cancelled'))).toMatchObject({
      code: 'AE',
      lines: [expect.stringMatching(/^SCH-1: the portal does not know this appointment.*AIS-3.*SCH-11\.4/)],
    })
    expect(appointment('APT-7001')).toBeUndefined()
  })

  it('is taken and not stored when the trust keeps its clinic out of the portal', async () => {
    scene.portal.record.keptOut.add('CARD1')
    for (const name of ['booked', 'cancelled-and-never-booked-here'])
      expect(await scene.send(example(name))).toMatchObject({ code: 'AA', lines: [] })
    expect(scene.portal.record.appointments.size).toBe(0)
    scene.portal.record.keptOut.clear()
  })

  it('may be an admission, found by the filler’s number and the specialty of the visit', async () => {
    expect((await scene.send(example('admission'))).code).toBe('AA')
    expect(appointment('TCI-55')).toMatchObject({
      kind: 'ADMISSION',
      clinicCode: 'DERM2',
      clinician: 'Mr Kwame Osei',
      startsAt: '2026-12-07T07:00:00.000Z',
      endsAt: '2026-12-09T12:00:00.000Z',
      place: { site: 'Watford General Hospital', department: 'Cassio Ward', addressLines: [] },
    })
  })

  it('may be written with other separators, in version 2.5.1, with resources taken away', async () => {
    scene.portal.record.people.clear()
    expect((await scene.send(example('booked-by-video'))).code).toBe('AA')
    expect(appointment('VID-1')).toMatchObject({
      medium: 'VIDEO',
      clinicCode: 'DERM2',
      clinician: 'Ms Isla Mc@Kay',
      startsAt: '2026-12-03T09:00:00.000Z',
      endsAt: '2026-12-03T09:20:00.000Z',
    })
  })

  it.each([
    ['SCH|B1|||||||02|||^^^202612011415', { medium: 'PHONE' }],
    ['SCH|B1|||||||TEL^Telephone clinic|||^^^202612011415', { medium: 'PHONE' }],
    ['SCH|B1||||||||1|HR|^^^202612011415', { endsAt: '2026-12-01T15:15:00.000Z' }],
    ['SCH|B1||||||||||^^M20^202612011415', { endsAt: '2026-12-01T14:35:00.000Z' }],
    ['SCH|B1||||||||||^^^202612011415+0100', { startsAt: '2026-12-01T13:15:00.000Z' }],
    ['SCH|B1||||CARD1||||||^^^202612011415', { clinicCode: 'CARD1' }],
  ])('is understood when SCH says %j', async (sch, expected) => {
    expect((await scene.send(booking(sch, sch.includes('CARD1') ? [] : [clinic]))).code).toBe('AA')
    expect(appointment('B1')).toMatchObject(expected)
  })

  it('is found at the first code that is a clinic of the portal', async () => {
    const others = ['PV1|1|O|CARD1', 'AIS|1|A|X-RAY', 'AIL|1|A|ROOM7']
    expect((await scene.send(booking(usual, others))).code).toBe('AA')
    expect(appointment('B1')?.clinicCode).toBe('CARD1')
  })

  it('is left alone by an older message that comes later', async () => {
    await scene.send(booking(usual, [clinic]))
    const late = await scene.send(
      booking(usual.replaceAll('1201', '1202'), [clinic], { controlId: 'B-0', sentAt: '20261121110000' }),
    )
    expect(late.code).toBe('AA')
    expect(late.lines).toContainEqual(expect.stringMatching(/^MSH-7: the portal already knows something later/))
    expect(appointment('B1')?.startsAt).toBe('2026-12-01T14:15:00.000Z')
  })
})

describe('a message about an appointment that can never work', () => {
  it.each([
    [booking('SCH|'), 'SCH-1', 'identifier'],
    [booking('NTE|1'), 'SCH', 'missing'],
    [`${booking(usual)}\rSCH|B2`, 'SCH', 'more than one'],
    [booking('SCH|B1||||||||||^^^202613011415', [clinic]), 'SCH-11.4', 'no date and time'],
    [booking('SCH|B1||||||||||^^^20261201', [clinic]), 'SCH-11.4', 'time of day is missing'],
    [booking('SCH|B1||||||||||^^^202703280130', [clinic]), 'SCH-11.4', 'clocks go forward'],
    [booking('SCH|B1||||||||||^^^202612011415^202612011415', [clinic]), 'SCH-11.5', 'ends before it begins'],
    [booking('SCH|B1||||||||||^^^202612011415^2026', [clinic]), 'SCH-11.5', 'time of day is missing'],
    [booking(usual), 'AIS-3', 'this appointment is new'],
    [
      booking(usual, ['AIS|1|A|NEURO9', 'AIL|1|A|ROOM7']),
      'AIS-3',
      'no clinic of the portal has this code \\(looked in AIS-3, AIL-3\\)',
    ],
    [booking('SCH|B1', [clinic]), 'SCH-11.4', 'this appointment is new'],
    [booking(usual, [clinic]).replace('PID|1', 'ZID|1'), 'PID', 'the segment is missing'],
  ])('is refused with its place and what to do (%#)', async (message, where, what) => {
    const { code, lines } = await scene.send(message)
    expect([code, lines]).toEqual(['AE', [expect.stringMatching(new RegExp(`^${where}: .*${what}`))]])
    expect(scene.portal.record.appointments.size).toBe(0)
  })

  it('does not give the appointment of one patient to another', async () => {
    await scene.send(booking(usual, [clinic]))
    await scene.send(example('came-to-clinic'))
    for (const event of ['S13', 'S15']) {
      const message = booking(usual, [clinic], { event, controlId: event }).replace('RWG200145', 'RWG200310')
      expect(await scene.send(message)).toMatchObject({
        code: 'AE',
        lines: [expect.stringMatching(/^SCH-1: .*another patient/)],
      })
    }
    expect(appointment('B1')).toMatchObject({ patientId: 'patient-1', cancelled: false })
  })
})
