import { opensAppointment } from './changing.ts'
import { comesHome } from './getting-in.ts'
import type { HospitalAppointment } from '../../feeds/main.ts'
import { onWeekday } from './hospital.ts'
import { expect, test } from './journey.ts'

const clinics: { name: RegExp; booking: Partial<HospitalAppointment>; says: string[] }[] = [
  {
    name: /X-ray and scans/,
    booking: { clinicCode: 'XRA1', clinician: undefined },
    says: ['but not change them', 'You cannot cancel it here either.', '020 7946 0124'],
  },
  {
    name: /Day surgery unit/,
    booking: { clinicCode: 'SUR1', clinician: 'Mr Karl Brandt', kind: 'ADMISSION' },
    says: ['This is a stay in hospital, and you cannot change it here.', '020 7946 0126'],
  },
  {
    name: /Physiotherapy/,
    booking: { clinicCode: 'PHY1', clinician: 'Sam Whitfield' },
    says: ['managed in the NHS e-Referral Service', 'You can also cancel it there.', '020 7946 0125'],
  },
]

for (const { name, booking, says } of clinics)
  test(`What cannot be done here is said with its reason and the way on: ${name.source}`, async ({
    visitor,
    portal,
    hospital,
  }) => {
    const person = await hospital.aPerson()
    await hospital.books(person, { startsAt: onWeekday(9, '13:20'), ...booking })
    await comesHome(visitor, portal, person)
    const page = await opensAppointment(visitor, name)
    await visitor.reads(...says)
    await expect(visitor.page.getByRole('link', { name: /^(Ask to )?(change|cancel) this appointment$/i })).toHaveCount(
      0,
    )
    for (const [step, heading] of [
      ['change', 'You cannot change this appointment here'],
      ['change/time', 'You cannot change this appointment here'],
      ['ask-to-change', 'You cannot ask to change this appointment here'],
      ['cancel', 'You cannot cancel this appointment here'],
    ] as const) {
      await visitor.opens(`${page}/${step}`)
      await visitor.sees(heading)
    }
    await visitor.follows('Back to your appointment')
    await visitor.sees(name)
    const link = visitor.page.getByRole('link', { name: 'Go to the NHS e-Referral Service' })
    await expect(link).toHaveCount(booking.clinicCode === 'PHY1' ? 1 : 0)
    if (booking.clinicCode === 'PHY1') await expect(link).toHaveAttribute('href', 'https://refer.nhs.uk/login')
  })

for (const [arranged, flags, says] of [
  ['transport', ['--transport'], 'We have arranged transport for this appointment'],
  ['an interpreter', ['--interpreter', 'Polish'], 'We have booked an interpreter for this appointment'],
] as const)
  test(`Where the hospital has arranged ${arranged}, the team that arranges it changes the appointment`, async ({
    visitor,
    portal,
    hospital,
  }) => {
    const person = await hospital.aPerson()
    const id = await hospital.books(person)
    const { code, printed } = await portal.hospital('amend', id, '--patient', person.hospitalNumber, ...flags)
    expect(code, printed).toBe(0)
    await comesHome(visitor, portal, person)
    await opensAppointment(visitor, /Eye clinic/)
    await visitor.reads('What is arranged for you', says, 'You cannot cancel it here either.', '020 7946 0100')
    await expect(visitor.page.getByRole('link', { name: 'Change this appointment' })).toHaveCount(0)
  })

test('A stay in hospital is followed from its plan to going home', async ({ visitor, portal, hospital }) => {
  const person = await hospital.aPerson()
  const does = async (...args: string[]) => {
    const { code, printed, complained } = await portal.hospital(...args)
    expect(code, printed + complained).toBe(0)
  }
  const whose = ['--patient', person.hospitalNumber]
  const day = onWeekday(1, '12:00').toISOString().slice(0, 10)
  const plan = ['--at', `${day} 07:30`, '--clinic', 'SUR1', '--visit', `V-${person.hospitalNumber}`]
  await does('plan', ...whose, ...plan)
  await comesHome(visitor, portal, person)
  await visitor.follows('Appointments')
  await visitor.sees('Your appointments')
  await visitor.follows(/7:30am/)
  await visitor.sees(/Hospital stay\s+Day surgery unit/)
  const page = visitor.page.url()
  await visitor.reads('This is a stay in hospital, and you cannot change it here.')

  await does('admit', `V-${person.hospitalNumber}`, ...whose)
  await visitor.opens(page)
  await visitor.reads('In hospital', 'Arrived')
  await expect(visitor.page.getByRole('heading', { name: 'Change or cancel' })).toHaveCount(0)
  await visitor.isWelcome()
  await does('discharge', `V-${person.hospitalNumber}`, ...whose)
  await visitor.opens(page)
  await visitor.reads('Discharged', 'Left hospital')
  await visitor.isWelcome()
})
