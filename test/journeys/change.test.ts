import { asksForTimes, chooses, choosesTime, freeTimes, isTold, opensAppointment } from './changing.ts'
import { inWords } from './dates.ts'
import { comesHome } from './getting-in.ts'
import { onWeekday } from './hospital.ts'
import { expect, test } from './journey.ts'

const dayOf = (days: number) => onWeekday(days, '12:00').toISOString().slice(0, 10)

test(
  'Somebody changes an appointment to a time that is free',
  { tag: '@computer' },
  async ({ visitor, portal, hospital }) => {
    const person = await hospital.aPerson()
    await hospital.books(person)
    await comesHome(visitor, portal, person)
    const page = await opensAppointment(visitor, /Eye clinic/)
    await visitor.reads('You can change the date and time of this appointment 2 more times.')
    await visitor.reads('please do it by', '3 working days')

    await visitor.follows('Change this appointment')
    await visitor.sees('Change your appointment')
    await visitor.reads('Dr Priya Shah', 'Only the date and time can change', 'cannot promise you a specific date')
    await visitor.presses('Continue')
    await isTold(visitor, 'Select why you need another time')
    await chooses(visitor, 'I care for somebody')
    await visitor.types('Anything else we should know (optional)', 'My mother\nneeds me')
    await visitor.presses('Continue')
    await visitor.sees('Choose a new time')
    await visitor.reads('It stays yours until you confirm a new time.')
    await visitor.presses('Continue')
    await isTold(visitor, 'Select a new date and time')
    const chosen = await choosesTime(visitor, 3)
    await visitor.reads(inWords(chosen.slice(0, 10)), 'I care for somebody', 'My mother', 'Dr Priya Shah')
    await visitor.reads(inWords(dayOf(10)), '10:30am to 11am')
    // What somebody wrote, or why, is nowhere in the address.
    expect(visitor.page.url()).toBe(`${portal.url}${page}/change/check`)

    await visitor.presses('Confirm the new time')
    await visitor.sees('Appointment changed')
    await visitor.reads(inWords(chosen.slice(0, 10)), 'You can change this appointment 1 more time.')
    await visitor.follows('See your appointment')
    await visitor.sees(/Eye clinic/)
    await visitor.reads('You changed this appointment on', '10:30am', 'Dr Priya Shah', inWords(chosen.slice(0, 10)))
    await visitor.reads('You can change the date and time of this appointment 1 more time.')
    await expect(async () => {
      await visitor.opens(page)
      await expect(visitor.main).not.toContainText('Being confirmed', { timeout: 100 })
    }, 'the hospital knows').toPass()
  },
)

test('Later times are a page further, and a day can be gone to', async ({ visitor, portal, hospital }) => {
  const person = await hospital.aPerson()
  await hospital.books(person)
  await comesHome(visitor, portal, person)
  await opensAppointment(visitor, /Eye clinic/)
  await asksForTimes(visitor)
  const first = await freeTimes(visitor).first().inputValue()
  await visitor.follows('Show later times')
  await expect(freeTimes(visitor).first()).not.toHaveValue(first)
  await visitor.follows('Back to the first times')
  await expect(freeTimes(visitor).first()).toHaveValue(first)

  const day = dayOf(15)
  await visitor.types('Show times from', day)
  await visitor.presses('Show')
  await expect(freeTimes(visitor).first()).toHaveValue(new RegExp(`^${day}\\.`))
  await visitor.types('Show times from', '2099-01-01')
  await visitor.presses('Show')
  await visitor.reads('There are no free times from this date on.', 'none of these times suits you', '020 7946 0120')
  await visitor.follows('Show all times')
  await choosesTime(visitor, 0)
})

test('After the last change the page says why there is no button, and whom to phone', async ({
  visitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson()
  await hospital.books(person)
  await comesHome(visitor, portal, person)
  const page = await opensAppointment(visitor, /Eye clinic/)
  for (const index of [7, 9]) {
    await asksForTimes(visitor)
    await choosesTime(visitor, index)
    await visitor.presses('Confirm the new time')
    await visitor.sees('Appointment changed')
    await visitor.follows('See your appointment')
    await visitor.sees(/Eye clinic/)
  }
  await visitor.reads('You have changed this appointment 2 times, which is as often as you can here.', '020 7946 0120')
  await expect(visitor.page.getByRole('link', { name: 'Change this appointment' })).toHaveCount(0)
  for (const step of ['change', 'change/time', 'change/check']) {
    await visitor.opens(`${page}/${step}`)
    await visitor.sees(/You cannot change this appointment here|Your appointment/)
    await visitor.reads('which is as often as you can here', 'Eye clinic booking team')
  }
})

test('Too late to give notice is said with the phone number, and can still be done', async ({
  visitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson()
  await hospital.books(person, { startsAt: onWeekday(1, '16:10') })
  await comesHome(visitor, portal, person)
  await opensAppointment(visitor, /Eye clinic/)
  await visitor.reads(
    'Your appointment is soon',
    "3 working days' notice",
    'You can still do this here',
    '020 7946 0120',
  )
  await asksForTimes(visitor)
  await choosesTime(visitor, 11)
  await visitor.reads('Your appointment is soon')
  await visitor.presses('Confirm the new time')
  await visitor.sees('Appointment changed')
})

test('When the hospital refuses a change, the old time is back and the patient is told', async ({
  visitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson()
  // A time that nobody else has: it must be free to go back to.
  await hospital.books(person, { startsAt: onWeekday(14, '11:45') })
  await comesHome(visitor, portal, person)
  const page = await opensAppointment(visitor, /Eye clinic/)
  const refusing = await portal.hospitalListens('--refuse', 'S13')
  await asksForTimes(visitor)
  await choosesTime(visitor, 13)
  await visitor.presses('Confirm the new time')
  await visitor.sees('Appointment changed')
  await expect(async () => {
    await visitor.opens(page)
    await expect(visitor.main).toContainText('The hospital could not confirm what you did', { timeout: 100 })
  }).toPass()
  await refusing.stop()
  await visitor.reads(
    'Not confirmed',
    'Your appointment is booked for the date and time on this page.',
    inWords(dayOf(14)),
    '11:45am to 12:15pm',
  )
  await visitor.follows('Home')
  await visitor.sees('Hello, Zephyrine')
  await visitor.follows(/^The hospital could not confirm what you did about your appointment on/)
  await visitor.sees(/Eye clinic/)
})
