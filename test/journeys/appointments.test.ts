import { inWords } from './dates.ts'
import { asksForCode, codeAfter, comesHome } from './getting-in.ts'
import { onWeekday } from './hospital.ts'
import { expect, test } from './journey.ts'

test('When the hospital moves an appointment, its page shows the new time and so does a new letter', async ({
  visitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson()
  const id = await hospital.books(person)
  await comesHome(visitor, portal, person)
  await visitor.follows(/^Accept your appointment on/)
  await visitor.presses('Accept this appointment')
  await visitor.sees('Appointment accepted')

  const moved = await portal.hospital('move', id, '--patient', person.hospitalNumber, '--at', `${inTwelveDays()} 14:15`)
  expect(moved.code).toBe(0)
  expect(moved.printed).toContain('AA: the portal took the message.')

  await visitor.follows('See your appointment')
  await visitor.sees(/Eye clinic/)
  await visitor.reads(inWords(inTwelveDays()), '2:15pm to 2:45pm', 'To accept')
  const letter = `${visitor.page.url()}/letter`
  await expect(async () => {
    await visitor.opens(letter)
    await expect(visitor.page.getByRole('article')).toContainText(inWords(inTwelveDays()), { timeout: 100 })
  }).toPass()
  await visitor.sees(/appointment/i)
  await visitor.reads('2:15pm')
})

test('When the hospital cancels an appointment, its page says who did it and why', async ({
  visitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson()
  const id = await hospital.books(person)
  await comesHome(visitor, portal, person)
  await visitor.follows(/^Accept your appointment on/)
  await visitor.sees(/Eye clinic/)

  const why = ['--patient', person.hospitalNumber, '--reason', 'The clinician is not available']
  expect((await portal.hospital('cancel', id, ...why)).code).toBe(0)

  // The page was shown before the hospital cancelled: pressing its button does no harm and says what is true now.
  await visitor.presses('Accept this appointment')
  await visitor.sees(/Eye clinic/)
  await visitor.reads('You cannot accept this appointment', 'Cancelled', 'The hospital cancelled this appointment on')
  await visitor.reads('You do not need to come.', 'Reason: The clinician is not available')
  await expect(visitor.page.getByRole('button', { name: 'Accept this appointment' })).toHaveCount(0)
})

test(
  'A stay in hospital, a phone call and a video call each say what they are',
  { tag: '@computer' },
  async ({ visitor, portal, hospital }) => {
    const person = await hospital.aPerson()
    const stay = { startsAt: onWeekday(20, '07:30'), minutes: 27 * 60, clinician: 'Mr Karl Brandt' }
    await hospital.books(person, { ...stay, clinicCode: 'SUR1', kind: 'ADMISSION' })
    await hospital.books(person, { clinicCode: 'CAR1', medium: 'PHONE', startsAt: onWeekday(11, '12:00') })
    await hospital.books(person, { clinicCode: 'DER1', medium: 'VIDEO', startsAt: onWeekday(12, '16:00') })
    await comesHome(visitor, portal, person)
    await visitor.follows('Appointments')
    await visitor.sees('Your appointments')
    await visitor.reads('Day surgery unit – hospital stay', 'By phone', 'By video call')

    await visitor.follows(/7:30am/)
    await visitor.sees(/Hospital stay\s+Day surgery unit/)
    await visitor.reads('until', 'at 10:30am', 'Nightwear and slippers', 'Do not eat for 6 hours before you arrive')
    await visitor.follows('Back to your appointments')
    await visitor.follows(/midday/)
    await visitor.sees(/Heart clinic by phone/)
    await visitor.reads('Hospital staff will phone you.', 'midday to 12:30pm')
    await visitor.follows('Back to your appointments')
    await visitor.follows(/4pm/)
    await visitor.sees(/Skin clinic by video/)
    await visitor.reads('By video call', '4pm to 4:30pm')
  },
)

test('Past appointments stand apart from what is to come, and many of them are on several pages', async ({
  visitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson()
  await comesHome(visitor, portal, person)
  await visitor.reads('You have no upcoming appointments')
  await visitor.follows('Appointments')
  await visitor.sees('Your appointments')
  await visitor.reads('You have no upcoming appointments.', 'You have no past appointments.')

  for (let day = 1; day <= 23; day += 1) await hospital.books(person, { startsAt: onWeekday(day, '11:10') })
  await hospital.books(person, { startsAt: onWeekday(-3, '09:20') })
  await hospital.books(person, { startsAt: onWeekday(-300, '09:40') })
  await visitor.follows('Appointments')
  await visitor.sees('Your appointments')
  const upcoming = visitor.page.getByRole('region', { name: 'Upcoming appointments' })
  const past = visitor.page.getByRole('region', { name: 'Past appointments' })
  const cards = upcoming.getByRole('link', { name: '11:10am' })
  const yearBefore = String(onWeekday(-300, '09:40').getFullYear())
  await expect(past.getByRole('listitem')).toHaveCount(2)
  await expect(past.getByRole('link').first()).toHaveText(/9:20am/)
  await expect(past.getByRole('heading', { name: yearBefore, exact: true })).toBeVisible()

  const shown = await cards.allTextContents()
  while ((await upcoming.getByRole('link', { name: 'Show later appointments' }).count()) > 0) {
    await visitor.follows('Show later appointments')
    await expect(cards.first()).not.toHaveText(shown.at(-1) ?? '')
    shown.push(...(await cards.allTextContents()))
  }
  expect(new Set(shown).size).toBe(23)
  await visitor.follows('Back to the first upcoming appointments')
  await expect(cards.first()).toHaveText(shown[0] ?? '')
})

test('An appointment of a clinic that the hospital keeps out of the portal is nowhere to be seen', async ({
  visitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson()
  await hospital.books(person, { clinicCode: 'SEX1', clinician: undefined })
  await visitor.opens('/log-in')
  await codeAfter(portal, person.mobile, () => asksForCode(visitor, person))
  // The code is all that came: no text announced the appointment.
  expect(portal.messagesTo(person.mobile.replace(/^0/, '+44'))).toHaveLength(1)
  await comesHome(visitor, portal, person)
  await visitor.follows('Appointments')
  await visitor.sees('Your appointments')
  await visitor.reads('You have no upcoming appointments.')
  await visitor.doesNotRead('Sexual health')
})

const inTwelveDays = () => onWeekday(12, '12:00').toISOString().slice(0, 10)
