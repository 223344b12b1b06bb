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
