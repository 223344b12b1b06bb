import { asksForCode, codeAfter, comesHome } from './getting-in.ts'
import { expect, test } from './journey.ts'

test(
  'The pages that everybody may read are reached from the foot of every page',
  { tag: '@computer' },
  async ({ visitor }) => {
    await visitor.opens('/')
    await visitor.sees('See your hospital appointments')
    for (const [link, heading, words] of [
      ['Contact us', 'Contact us', ['020 7946 0100', '111', '999']],
      ['Accessibility statement', 'Accessibility statement', ['version 2.2 AA']],
      ['Cookies', 'Cookies', ['session', 'log-in']],
      ['Privacy', 'Privacy', ['Patient Portal']],
    ] as const) {
      await visitor.follows(link)
      await visitor.sees(new RegExp(heading))
      await visitor.reads(...words)
      await expect(visitor.page).toHaveTitle(/ – Patient Portal – West Hertfordshire$/)
    }
  },
)

test('The cookies page lists every cookie that is set, and nothing else is kept in the browser', async ({
  visitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson()
  const { context, page } = visitor
  const set = new Set<string>()
  const look = async (...expected: string[]) => {
    const cookies = await context.cookies()
    expect(cookies.map(({ name }) => name)).toEqual(expected)
    for (const { name, httpOnly, sameSite } of cookies) {
      set.add(name)
      expect({ httpOnly, sameSite }).toEqual({ httpOnly: true, sameSite: 'Lax' })
    }
    expect((await context.storageState({ indexedDB: true })).origins).toEqual([])
    return cookies[0]
  }
  await visitor.opens('/')
  await look()
  await visitor.opens('/log-in')
  const code = await codeAfter(portal, person.mobile, () => asksForCode(visitor, person))
  const minutesLeft = ((await look('log-in'))?.expires ?? 0) / 60 - Date.now() / 60_000
  expect(minutesLeft).toBeGreaterThan(13)
  expect(minutesLeft).toBeLessThanOrEqual(15)
  await visitor.types('Security code', code)
  await visitor.presses('Continue')
  await visitor.sees('Hello, Zephyrine')
  // A cookie without an end goes when the browser closes.
  expect((await look('session'))?.expires).toBe(-1)
  await hospital.books(person)
  await visitor.opens('/home')
  await visitor.follows(/^Accept your appointment on/)
  await visitor.follows('Cancel this appointment')
  await visitor.presses('Continue')
  await look('session', 'answers')

  await visitor.follows('Cookies')
  await visitor.sees('Cookies')
  const named = page.getByRole('row').locator('td:first-child strong')
  // Only staff ever have the cookie of the desk.
  expect(new Set(await named.allTextContents())).toEqual(set.add('desk'))
  await visitor.reads('after 15 minutes', 'after 1 hour')
  await visitor.presses('Log out')
  await visitor.sees('You have logged out')
  await look()
})

test('An address that does not exist, or is written badly, gets a page that leads back', async ({
  visitor,
  portal,
  hospital,
}) => {
  expect(await visitor.opens('/nowhere')).toBe(404)
  await visitor.sees('Page not found')
  await visitor.follows('Go to the start page')
  await visitor.sees('See your hospital appointments')
  expect(await visitor.opens('/%E0%A4%A')).toBe(400)
  await visitor.isWelcome()

  await comesHome(visitor, portal, await hospital.aPerson())
  for (const address of ['/appointments/1', '/appointments/..%2f..%2fetc%2fpasswd', '/m/x', '/nowhere'])
    expect(await visitor.opens(address), address).toBe(404)
  await visitor.sees('Page not found')
  await visitor.follows('Go to your home page')
  await visitor.sees('Hello, Zephyrine')
})

test('Whoever is not logged in is asked to, and comes to the page they wanted and to no other site', async ({
  visitor,
  portal,
  hospital,
}) => {
  await visitor.opens('/my-details')
  await expect(visitor.page).toHaveURL('/log-in?return=%2Fmy-details')
  for (const trick of ['//example.com', 'https://example.com', '/\\example.com', '/log-out']) {
    await visitor.opens(`/log-in?${new URLSearchParams({ return: trick })}`)
    await visitor.sees('Log in')
  }
  await visitor.opens('/log-in?return=https%3A%2F%2Fexample.com')
  const person = await hospital.aPerson()
  const code = await codeAfter(portal, person.mobile, () => asksForCode(visitor, person))
  await visitor.types('Security code', code)
  await visitor.presses('Continue')
  await visitor.sees('Hello, Zephyrine')
  await expect(visitor.page).toHaveURL('/home')
})

test('My details show what the hospital holds', async ({ visitor, portal, hospital }) => {
  const person = await hospital.aPerson({ nhsNumber: '9990621691' })
  await comesHome(visitor, portal, person)
  await visitor.follows('My details')
  await visitor.sees('My details')
  await visitor.reads('Zephyrine Quillfeather', '31 January 1980', '999 062 1691', person.hospitalNumber, person.email)
  await visitor.reads(person.mobile.replace(/(\d{5})(\d{3})(\d{3})/, '$1 $2 $3'), 'The hospital does not have this')
})
