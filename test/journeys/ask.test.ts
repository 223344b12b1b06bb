import { chooses, opensAppointment } from './changing.ts'
import { inWords } from './dates.ts'
import { comesHome } from './getting-in.ts'
import { onWeekday } from './hospital.ts'
import { expect, test } from './journey.ts'

const skinClinic = {
  clinicCode: 'DER1',
  medium: 'VIDEO',
  clinician: 'Dr Mei Tan',
  startsAt: onWeekday(12, '16:00'),
} as const

test(
  'Where staff decide, somebody asks for another time, and withdraws the request',
  { tag: '@computer' },
  async ({ visitor, portal, hospital }) => {
    const person = await hospital.aPerson()
    await hospital.books(person, skinClinic)
    await comesHome(visitor, portal, person)
    const page = await opensAppointment(visitor, /Skin clinic/)
    await visitor.reads('Hospital staff will answer within 2 working days.')
    await visitor.follows('Ask to change this appointment')
    await visitor.sees('Ask to change your appointment')
    await visitor.reads('Your appointment stays as it is until they tell you.')
    await chooses(visitor, 'I cannot get there at that time')
    await visitor.presses('Continue')
    await visitor.sees('When you can come')
    await chooses(visitor, 'Monday')
    await chooses(visitor, 'Friday')
    await chooses(visitor, 'Morning (before midday)')
    await visitor.types('Are there dates that do not suit you? (optional)', 'x'.repeat(501))
    await visitor.presses('Continue')
    await visitor.reads('must be 500 characters or fewer. It has 501 now')
    await visitor.types('Are there dates that do not suit you? (optional)', 'All of next week')
    await visitor.presses('Continue')
    await visitor.sees('Check your request')
    await visitor.reads('I cannot get there at that time', 'Monday or Friday', 'Mornings', 'All of next week')
    expect(visitor.page.url()).toBe(`${portal.url}${page}/ask-to-change/check`)
    await visitor.presses('Send your request')

    await visitor.sees('Request sent')
    await visitor.reads('Hospital staff will answer by', 'Your appointment has not changed yet.')
    const reference = (await visitor.page.locator('.nhsuk-panel strong').textContent()) ?? ''
    expect(reference).toMatch(/^[A-Z0-9]{8}$/)
    await visitor.follows('See your appointment and your request')
    await visitor.sees(/Skin clinic/)
    await visitor.reads('Change requested', reference, 'Monday or Friday', 'Wait for our answer')
    await visitor.reads(inWords(onWeekday(12, '12:00').toISOString().slice(0, 10)))
    await expect(visitor.page.getByRole('link', { name: 'Ask to change this appointment' })).toHaveCount(0)

    await visitor.follows('Withdraw your request')
    await visitor.sees('Are you sure you want to withdraw your request?')
    await visitor.presses('Withdraw my request')
    await visitor.sees('Request withdrawn')
    await visitor.follows('See your appointment')
    await visitor.sees(/Skin clinic/)
    await visitor.reads('You withdrew your request.')
    await expect(visitor.page.getByRole('link', { name: 'Ask to change this appointment' })).toBeVisible()
    await visitor.opens(`${page}/withdraw`)
    await visitor.sees('You cannot withdraw this request any more')
  },
)

test('Where staff decide, somebody asks to cancel, and the appointment stays until they answer', async ({
  visitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson()
  await hospital.books(person, skinClinic)
  await comesHome(visitor, portal, person)
  const page = await opensAppointment(visitor, /Skin clinic/)
  await visitor.follows('Ask to cancel this appointment')
  await visitor.sees('Ask to cancel your appointment')
  await visitor.reads('ask for another time instead')
  await chooses(visitor, 'Another reason')
  await visitor.presses('Continue')
  await visitor.sees('Confirm you want to ask to cancel your hospital appointment')
  await visitor.reads('If hospital staff agree', 'Until then your appointment stays as it is.')
  await visitor.presses('Ask to cancel this appointment')
  await visitor.sees('Request sent')
  await visitor.reads('Your appointment is not cancelled yet.')
  await visitor.opens(page)
  await visitor.reads('Cancellation requested', 'Your request to cancel this appointment')
  // The way of the other kind of clinic leads to the one there is.
  await visitor.opens(`${page}/change`)
  await visitor.sees(/You cannot .* this appointment here/)
  await visitor.reads('You have already asked us about this appointment')
})
