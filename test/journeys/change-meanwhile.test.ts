import { asksForTimes, choosesTime, isTold, opensAppointment } from './changing.ts'
import { inWords } from './dates.ts'
import { comesHome, logsIn } from './getting-in.ts'
import { onWeekday } from './hospital.ts'
import { expect, test } from './journey.ts'

const dayOf = (days: number) => onWeekday(days, '12:00').toISOString().slice(0, 10)

test('When somebody else takes the time meanwhile, other times are offered and the answers are kept', async ({
  visitor,
  anotherVisitor,
  portal,
  hospital,
}) => {
  const [person, rival] = [await hospital.aPerson(), await hospital.aPerson({ given: 'Balthazar' })]
  await hospital.books(person)
  await hospital.books(rival, { startsAt: onWeekday(10, '11:30') })
  const other = await anotherVisitor()
  const ready = [
    { who: visitor, is: person },
    { who: other, is: rival },
  ]
  const chosen: string[] = []
  for (const { who, is } of ready) {
    await comesHome(who, portal, is)
    await opensAppointment(who, /Eye clinic/)
    await asksForTimes(who, 'Only after school')
    chosen.push(await choosesTime(who, 5))
  }
  expect(chosen[0]).toBe(chosen[1])
  await other.presses('Confirm the new time')
  await other.sees('Appointment changed')

  await visitor.presses('Confirm the new time')
  await visitor.sees('Choose another time')
  await isTold(visitor, 'Somebody else has just taken that time. The appointment has not changed. Choose another time.')
  await visitor.reads('your appointment is still on', inWords(dayOf(10)))
  await expect(visitor.page.locator(`input[value="${chosen[0]}"]`)).toHaveCount(0)
  await choosesTime(visitor, 2)
  await visitor.reads('Only after school')
  await visitor.presses('Confirm the new time')
  await visitor.sees('Appointment changed')
})

test('Changing twice is refused from a tab that shows the old time, and nothing is done twice', async ({
  visitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson()
  await hospital.books(person)
  await comesHome(visitor, portal, person)
  const page = await opensAppointment(visitor, /Eye clinic/)
  await asksForTimes(visitor)
  await choosesTime(visitor, 4)
  const form = await visitor.page
    .locator('form:has(input[name="version"]) input[type="hidden"]')
    .evaluateAll((inputs) => inputs.map((input) => [input.getAttribute('name'), input.getAttribute('value')]))
  await visitor.page.getByRole('button', { name: 'Confirm the new time' }).dblclick()
  await visitor.sees('Appointment changed')
  await visitor.reads('You can change this appointment 1 more time.')

  const send = (changes: Record<string, string>) =>
    visitor.context.request.post(`${page}/change/check`, {
      form: { ...(Object.fromEntries(form) as Record<string, string>), ...changes },
      headers: { origin: portal.url, accept: 'text/html' },
      maxRedirects: 0,
    })
  const again = await send({})
  expect([again.status(), again.headers()['location']]).toEqual([303, `${page}/changed`])
  const stale = await send({ 'form-key': crypto.randomUUID() })
  expect(stale.status()).toBe(409)
  expect(await stale.text()).toContain('This appointment has changed since you opened the page')
  await visitor.opens(page)
  await visitor.reads('You can change the date and time of this appointment 1 more time.')
})

test('Whoever is logged out meanwhile finds the answers again after the log in', async ({
  visitor,
  anotherVisitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson()
  await hospital.books(person)
  await comesHome(visitor, portal, person)
  await opensAppointment(visitor, /Eye clinic/)
  await asksForTimes(visitor, 'Only in the afternoon')
  const chosen = await choosesTime(visitor, 6)
  const other = await anotherVisitor()
  await comesHome(other, portal, person)
  await other.opens('/my-details/sessions')
  await other.presses('Log out everywhere')
  await other.sees('You have logged out')

  await visitor.presses('Confirm the new time')
  await visitor.sees('Log in')
  await logsIn(visitor, portal, person)
  await visitor.sees('Check your new time')
  await visitor.reads('Only in the afternoon', inWords(chosen.slice(0, 10)))
})

test('Whoever logs out leaves no answers behind', async ({ visitor, portal, hospital }) => {
  const person = await hospital.aPerson()
  await hospital.books(person)
  await comesHome(visitor, portal, person)
  const page = await opensAppointment(visitor, /Eye clinic/)
  await asksForTimes(visitor, 'Only in the afternoon')
  expect((await visitor.context.cookies()).map(({ name }) => name).sort()).toEqual(['answers', 'session'])
  await visitor.presses('Log out')
  await visitor.sees('You have logged out')
  expect(await visitor.context.cookies()).toEqual([])
  await comesHome(visitor, portal, person)
  await visitor.opens(`${page}/change/check`)
  await visitor.sees('Change your appointment')
  await expect(visitor.page.getByRole('radio', { checked: true })).toHaveCount(0)
})
