import { birthDate } from '../../scripts/demonstration/calendar.ts'
import { asksForCode, comesHome, otherThan } from './getting-in.ts'
import { expect, test } from './journey.ts'
import type { Visitor } from './visitor.ts'

/** What the browser got, without what is new in every answer or was typed. */
async function answered(visitor: Visitor, act: () => Promise<void>) {
  const coming = visitor.page.waitForResponse(
    (response) => response.request().resourceType() === 'document' && response.status() !== 303,
  )
  await act()
  const response = await coming
  const headers = { ...response.headers(), date: '', 'content-security-policy': '', 'x-request-id': '' }
  const body = (await response.text())
    .replaceAll(/nonce="[^"]*"|value="[^"]*"/g, '')
    .replaceAll(/\d{3} \d{3}(?= ?<)|ending \d+/g, '')
  const cookies = await visitor.context.cookies()
  return {
    status: response.status(),
    headers,
    body,
    cookies: cookies.map(({ name, httpOnly, sameSite, path }) => ({ name, httpOnly, sameSite, path })),
  }
}

test('Nobody learns from the log in who is a patient: unknown people, children and the dead look like everybody', async ({
  hospital,
  portal,
  anotherVisitor,
}) => {
  const known = await hospital.aPerson()
  const child = await hospital.aPerson({ bornOn: birthDate({ years: 17, days: 300 }) })
  const dead = await hospital.aPerson({ deceased: true })
  const people = {
    known,
    'nobody has this mobile': { ...known, mobile: '07700900998' },
    'this mobile has another date of birth': { ...(await hospital.aPerson()), bornOn: '1981-02-01' },
    child,
    dead,
  }
  const seen: Record<string, unknown[]> = {}
  for (const [who, person] of Object.entries(people)) {
    const visitor = await anotherVisitor()
    await visitor.opens('/log-in')
    seen[who] = [
      await answered(visitor, () => asksForCode(visitor, person)),
      await answered(visitor, async () => {
        await visitor.types('Security code', otherThan('424242'))
        await visitor.presses('Continue')
        await expect(visitor.page.getByRole('alert')).toContainText('The security code is not right.')
      }),
    ]
  }
  for (const [who, answers] of Object.entries(seen)) expect(answers, who).toEqual(seen['known'])
  await expect.poll(() => portal.messagesTo(known.mobile.replace(/^0/, '+44')).length).toBe(1)
  for (const { mobile } of Object.values(people).slice(1))
    expect(portal.messagesTo(mobile.replace(/^0/, '+44'))).toEqual([])
})

test("Somebody else's appointment looks like one that does not exist", async ({ visitor, portal, hospital }) => {
  const owner = await hospital.aPerson({ given: 'Ottilie' })
  await hospital.books(owner)
  await expect.poll(() => portal.messagesTo(owner.mobile.replace(/^0/, '+44')).length).toBe(1)
  const link = /http\S+/.exec(portal.messagesTo(owner.mobile.replace(/^0/, '+44'))[0]?.body ?? '')?.[0] ?? ''
  await comesHome(visitor, portal, owner)
  await visitor.opens(link)
  await visitor.sees(/Eye clinic/)
  const appointment = visitor.page.url()
  await visitor.presses('Log out')
  await visitor.sees('You have logged out')

  await comesHome(visitor, portal, await hospital.aPerson())
  const unknown = '/appointments/5b1f0a3e-7a39-4b0e-9c57-0d8f8a0f1a11'
  for (const [theirs, nobodys] of [
    [link, '/m/AAAAAAAAAAAAAAAAAAAAAA'],
    [appointment, unknown],
    [`${appointment}/letter`, `${unknown}/letter`],
    [`${appointment}/accepted`, `${unknown}/accepted`],
  ] as const) {
    const one = await answered(visitor, async () => void (await visitor.opens(theirs)))
    await visitor.sees('Page not found')
    await visitor.doesNotRead('Ottilie', 'Eye clinic')
    const other = await answered(visitor, async () => void (await visitor.opens(nobodys)))
    expect(one).toEqual(other)
    expect(one.status).toBe(404)
  }
  expect((await visitor.context.request.get(`${appointment}/calendar.ics`)).status()).toBe(404)
})
