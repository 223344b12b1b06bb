import { comesHome, logsIn } from './getting-in.ts'
import { expect, test } from './journey.ts'
import type { Visitor } from './visitor.ts'

/** The appointment as the graph tells it to whoever is logged in here. */
async function theAppointment(visitor: Visitor, graphUrl: string) {
  const session = (await visitor.context.cookies()).find(({ name }) => name === 'session')?.value ?? ''
  const query = '{ me { appointments(period: UPCOMING, first: 1) { nodes { id version acceptedAt } } } }'
  const response = await fetch(`${graphUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${session}` },
    body: JSON.stringify({ query }),
  })
  const body = (await response.json()) as {
    data: { me: { appointments: { nodes: { id: string; version: number; acceptedAt: string | null }[] } } }
  }
  return body.data.me.appointments.nodes[0]
}

test('Accepting twice, by a double click or by sending the form again, is accepting once', async ({
  visitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson()
  await hospital.books(person)
  await comesHome(visitor, portal, person)
  await visitor.follows(/^Accept your appointment on/)
  await visitor.sees(/Eye clinic/)
  const before = await theAppointment(visitor, portal.graphUrl)
  const key = await visitor.page.locator('form[action="?/accept"] input[name="form-key"]').inputValue()
  await visitor.page.getByRole('button', { name: 'Accept this appointment' }).dblclick()
  await visitor.sees('Appointment accepted')
  const accepted = await theAppointment(visitor, portal.graphUrl)
  expect(accepted?.version).toBe((before?.version ?? 0) + 1)

  const again = () =>
    visitor.context.request.post(`/appointments/${accepted?.id}?/accept`, {
      form: { 'form-key': key },
      headers: { origin: portal.url, accept: 'text/html' },
      maxRedirects: 0,
    })
  const answers = await Promise.all([again(), again(), again()])
  expect(answers.map((answer) => [answer.status(), answer.headers()['location']])).toEqual(
    answers.map(() => [303, `/appointments/${accepted?.id}/accepted`]),
  )
  expect(await theAppointment(visitor, portal.graphUrl)).toEqual(accepted)
})

test('A form that is sent after the log out asks to log in, and has done nothing', async ({
  visitor,
  anotherVisitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson()
  await hospital.books(person)
  await comesHome(visitor, portal, person)
  await visitor.follows(/^Accept your appointment on/)
  await visitor.sees(/Eye clinic/)
  const other = await anotherVisitor()
  await comesHome(other, portal, person)
  await other.opens('/my-details/sessions')
  await other.presses('Log out everywhere')
  await other.sees('You have logged out')

  await visitor.presses('Accept this appointment')
  await visitor.sees('Log in')
  await visitor.doesNotRead('Eye clinic')
  await logsIn(visitor, portal, person)
  await visitor.sees(/Eye clinic/)
  await visitor.reads('To accept')
  expect((await theAppointment(visitor, portal.graphUrl))?.acceptedAt).toBeNull()
})

test('A form on a page of somebody else does nothing here', async ({ visitor, observer, portal, hospital }) => {
  const person = await hospital.aPerson()
  await hospital.books(person)
  await comesHome(visitor, portal, person)
  const appointment = await theAppointment(visitor, portal.graphUrl)
  const address = `${portal.url}/appointments/${appointment?.id}?/accept`
  const elsewhere = portal.url.replace('localhost', '127.0.0.1')
  observer.alsoAllows(elsewhere)
  await visitor.page.route(`${elsewhere}/trap`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><html lang="en"><title>Win</title><main><h1>Win a prize</h1><form method="POST" action="${address}">
        <input type="hidden" name="form-key" value="${crypto.randomUUID()}"><button>Win</button></form></main></html>`,
    }),
  )
  await visitor.page.goto(`${elsewhere}/trap`)
  const coming = visitor.page.waitForResponse((response) => response.request().method() === 'POST')
  await visitor.page.getByRole('button', { name: 'Win' }).click()
  expect((await coming).status()).toBe(403)
  await visitor.sees('We could not do that')
  await visitor.opens('/home')
  await visitor.sees('Hello, Zephyrine')
  expect(await theAppointment(visitor, portal.graphUrl)).toEqual(appointment)
})
