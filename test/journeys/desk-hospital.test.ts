import { bookAppointment, openReceiver, sendHl7 } from '../../feeds/main.ts'
import { asksForTimes, choosesTime, isTold, opensAppointment } from './changing.ts'
import { publishesClinic } from './clinic.ts'
import { inWords } from './dates.ts'
import { comesHome } from './getting-in.ts'
import { onWeekday } from './hospital.ts'
import { expect, test } from './journey.ts'
import { aStaffMember, comesToDesk } from './staff.ts'

test('A message of the hospital that was refused is taken again when staff say so', async ({
  visitor,
  anotherVisitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson({ given: 'Euphemia' })
  const { hospitalNumber } = person
  const facts = { id: `DESK-${hospitalNumber}`, clinicCode: 'NEW1', startsAt: onWeekday(9, '15:40'), minutes: 20 }
  const message = bookAppointment({ hospitalNumber }, facts, { at: new Date(), facility: 'RWG' })
  const { code } = await sendHl7({ host: '127.0.0.1', port: portal.place.ports.HL7_PORT }, message)
  expect(code).toBe('AE')
  const controlId = message.split('|')[9] ?? ''

  await comesToDesk(visitor, await aStaffMember(portal))
  await visitor.follows('Messages')
  await visitor.sees('Refused messages')
  const card = visitor.main.getByRole('article', { name: `SIU^S12 ${controlId}` })
  await expect(card).toContainText('no clinic of the portal has this code')
  await publishesClinic(portal, 'NEW1', 'New clinic')
  await visitor.presses(`Take it again (SIU^S12 ${controlId})`)
  await visitor.reads('The message will be taken again in a moment')
  await expect(async () => {
    await visitor.opens('/desk/messages')
    await expect(card).toHaveCount(0, { timeout: 100 })
  }).toPass()
  const patient = await anotherVisitor()
  await comesHome(patient, portal, person)
  await opensAppointment(patient, /New clinic/)
})

test(
  "What the hospital's system refuses stands at the desk, and is told again when staff say so",
  { tag: '@computer' },
  async ({ visitor, anotherVisitor, portal, hospital }) => {
    const person = await hospital.aPerson({ given: 'Ferdinand' })
    let refuses = true
    const receiver = await openReceiver({
      host: '127.0.0.1',
      port: portal.place.ports.HL7_LISTEN_PORT,
      now: () => new Date(),
      answer: ({ text }) =>
        refuses && text.includes(person.hospitalNumber)
          ? { code: 'AE', reason: 'The session is closed' }
          : { code: 'AA' },
    })
    await hospital.books(person)
    await comesHome(visitor, portal, person)
    const page = await opensAppointment(visitor, /Eye clinic/)
    await asksForTimes(visitor)
    const day = inWords((await choosesTime(visitor, 5)).slice(0, 10))
    await visitor.presses('Confirm the new time')
    await visitor.sees('Appointment changed')
    await expect(async () => {
      await visitor.opens(page)
      await expect(visitor.main).toContainText(inWords(onWeekday(10, '12:00').toISOString().slice(0, 10)), {
        timeout: 100,
      })
      await expect(visitor.main).toContainText('Not confirmed', { timeout: 100 })
    }, 'the old time is back').toPass()

    const staff = await anotherVisitor()
    await comesToDesk(staff, await aStaffMember(portal))
    await staff.follows(/^Ferdinand /)
    await staff.sees('Refused messages')
    const card = staff.main.getByRole('article', { name: /^Ferdinand .*: Moved to another time/ })
    await expect(card).toContainText('The session is closed')
    await card.getByText('The patient, and the appointment now').click()
    await expect(
      card.getByRole('link', { name: person.mobile.replace(/(\d{5})(\d{3})(\d{3})/, '$1 $2 $3') }),
    ).toBeVisible()
    await card.getByText('Settle this message').first().click()
    await card.getByRole('button', { name: 'Settle this message' }).click()
    await isTold(staff, 'Enter what you did about it')

    refuses = false
    await card.getByRole('button', { name: /^Try again/ }).click()
    await staff.reads("The hospital's system will be told again in a moment")
    await expect(card).toHaveCount(0)
    await visitor.opens(page)
    await visitor.reads(day)
    await receiver.stop()
  },
)

test('What the hospital books over another appointment stands at the desk until it is settled', async ({
  visitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson({ given: 'Guinevere' })
  const startsAt = onWeekday(21, '09:00')
  await hospital.books(person, { startsAt })
  await hospital.books(person, { startsAt, clinicCode: 'ORT1', clinician: 'Miss Ruth Adeyemi' })
  await comesToDesk(visitor, await aStaffMember(portal))
  await visitor.follows('Conflicts')
  await visitor.sees("Conflicts with the hospital's system")
  const card = visitor.main.getByRole('article', { name: /^Guinevere .*: at the time of another appointment/ })
  await expect(card).toContainText(`${inWords(startsAt.toISOString().slice(0, 10))} at 9am`)
  await card.getByText('Settle this conflict').first().click()
  await card.getByLabel('What you did about it').fill('x'.repeat(501))
  await card.getByRole('button', { name: 'Settle this conflict' }).click()
  await isTold(visitor, 'Note must be 500 characters or fewer. It has 501 now')
  await expect(card.getByLabel('What you did about it')).toHaveValue('x'.repeat(501))
  await card.getByLabel('What you did about it').fill('Phoned: the second one is by phone.')
  const again = await visitor.context.newPage()
  await again.goto('/desk/conflicts')
  await card.getByRole('button', { name: 'Settle this conflict' }).click()
  await visitor.reads('The conflict is settled')
  await expect(card).toHaveCount(0)

  const old = again.getByRole('article', { name: /^Guinevere/ })
  await old.getByText('Settle this conflict').first().click()
  await old.getByLabel('What you did about it').fill('Phoned too.')
  await old.getByRole('button', { name: 'Settle this conflict' }).click()
  await expect(again.getByRole('main')).toContainText('The conflict is settled')
  await expect(old).toHaveCount(0)
})
