import { asksForTimes, chooses, choosesTime, isTold, opensAppointment } from './changing.ts'
import { comesHome } from './getting-in.ts'
import { expect, test } from './journey.ts'
import type { Visitor } from './visitor.ts'

/** From the page of an appointment to the page that says what cancelling does. */
async function asksToCancel(visitor: Visitor): Promise<void> {
  await visitor.follows('Cancel this appointment')
  await visitor.sees('Cancel your appointment')
  await chooses(visitor, 'I feel better')
  await visitor.presses('Continue')
  await visitor.sees('Confirm you want to cancel your hospital appointment')
}

test(
  'Somebody cancels an appointment, is told what that does, and undoes it',
  { tag: '@computer' },
  async ({ visitor, portal, hospital }) => {
    const person = await hospital.aPerson()
    await hospital.books(person)
    await comesHome(visitor, portal, person)
    const page = await opensAppointment(visitor, /Eye clinic/)
    await visitor.follows('Cancel this appointment')
    await visitor.sees('Cancel your appointment')
    await visitor.reads('If you still need to be seen')
    await visitor.presses('Continue')
    await isTold(visitor, 'Select why you want to cancel')
    await visitor.follows('Back to your appointment')
    await visitor.sees(/Eye clinic/)

    await asksToCancel(visitor)
    await visitor.reads('you will be discharged from this clinic', 'a new referral from your GP', '30 minutes to undo')
    await visitor.presses('Cancel this appointment')
    await visitor.sees('Appointment cancelled')
    await visitor.reads('We are keeping your place until', 'After that you are discharged')
    await visitor.follows('See the cancelled appointment')
    await visitor.sees(/Eye clinic/)
    await visitor.reads('You cancelled this appointment on', 'Reason: I feel better', 'You do not need to come.')
    await visitor.follows('Appointments')
    await visitor.sees('Your appointments')
    await visitor.reads('Cancelled', 'You cancelled this appointment on', 'Reason: I feel better')

    await visitor.follows('Home')
    await visitor.sees('Hello, Zephyrine')
    await visitor.follows(/^You cancelled your appointment on .* You can undo this until/)
    await visitor.sees(/Eye clinic/)
    await visitor.presses('Undo cancellation')
    await visitor.sees('Your appointment is booked again')
    await visitor.follows('See your appointment')
    await visitor.sees(/Eye clinic/)
    await visitor.doesNotRead('You cancelled this appointment')
    expect(await visitor.opens(`${page}/cancelled`)).toBe(200)
    await visitor.sees(/Eye clinic/)
  },
)

test('Whoever only needs another time is offered to change instead of cancelling', async ({
  visitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson()
  await hospital.books(person)
  await comesHome(visitor, portal, person)
  const page = await opensAppointment(visitor, /Eye clinic/)
  await asksToCancel(visitor)
  await visitor.follows('Change it to another time instead')
  await visitor.sees('Change your appointment')
  await visitor.opens(page)
  await asksForTimes(visitor)
  await choosesTime(visitor, 8)
  await visitor.presses('Confirm the new time')
  await visitor.sees('Appointment changed')
})

test('Cancelling or undoing twice does it once, and an old page says how things stand', async ({
  visitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson()
  await hospital.books(person)
  await comesHome(visitor, portal, person)
  const page = await opensAppointment(visitor, /Eye clinic/)
  await asksToCancel(visitor)
  const another = await visitor.context.newPage()
  await another.goto(`${page}/cancel/confirm`)
  await visitor.page.getByRole('button', { name: 'Cancel this appointment' }).dblclick()
  await visitor.sees('Appointment cancelled')

  await another.getByRole('button', { name: 'Cancel this appointment' }).click()
  await expect(another.getByRole('heading', { level: 1 })).toHaveText('You cannot cancel this appointment here')
  await expect(another.getByRole('main')).toContainText('This appointment was cancelled, so you cannot cancel it.')

  await another.goto(page)
  await visitor.presses('Undo cancellation')
  await visitor.sees('Your appointment is booked again')
  await another.getByRole('button', { name: 'Undo cancellation' }).click()
  await expect(another.getByRole('main')).toContainText(
    'This appointment is not cancelled, so there is nothing to undo',
  )
  await another.close()
})
