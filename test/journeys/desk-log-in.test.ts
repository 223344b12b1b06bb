import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isTold } from './changing.ts'
import { comesHome, otherThan } from './getting-in.ts'
import { expect, test } from './journey.ts'
import { aStaffMember, comesToDesk, typesStaffLogIn } from './staff.ts'

test(
  'Staff log in with all three or not at all, come to the page they wanted, and leave nothing behind',
  { tag: '@computer' },
  async ({ visitor, portal }) => {
    const member = await aStaffMember(portal, 'Imogen Ashdown')
    await visitor.opens('/desk/conflicts')
    await visitor.presses('Log in')
    await isTold(visitor, 'Enter your email address', 'Enter your password', 'Enter your security code')

    const code = member.code()
    const refusals = [
      { ...member, code: otherThan(code) },
      { ...member, code, password: 'not the password' },
      { ...member, code, email: 'nobody@example.com' },
    ]
    const answers: string[] = []
    for (const wrong of refusals) {
      await typesStaffLogIn(visitor, wrong)
      await expect(visitor.page).toHaveTitle(/^Error: Log in/)
      answers.push((await visitor.page.locator('.nhsuk-error-summary').innerText()).trim())
      await expect(visitor.page.getByLabel('Email address')).toHaveValue(wrong.email)
      await expect(visitor.page.getByLabel('Password')).toHaveValue('')
      await expect(visitor.page.getByLabel('Security code')).toHaveValue('')
    }
    expect(new Set(answers).size).toBe(1)

    await typesStaffLogIn(visitor, { ...member, code: member.code() })
    await visitor.sees("Conflicts with the hospital's system")
    await expect(visitor.page.getByRole('navigation', { name: 'Account' })).toContainText('Imogen Ashdown')
    await visitor.presses('Log out')
    await visitor.sees('You have logged out')
    expect(await visitor.context.cookies()).toEqual([])
    await visitor.page.goBack()
    await visitor.sees('Log in to the staff desk')
    await visitor.doesNotRead('Imogen')
  },
)

test('The demonstration has a desk to try, with its code app on the page of the inbox', async ({ visitor, portal }) => {
  await visitor.opens('/inbox')
  await visitor.sees('Inbox of the demonstration')
  const app = visitor.main.getByRole('region', { name: 'Code app of the staff desk' })
  await expect(app.getByRole('term')).toHaveText('desk@example.com')
  const code = (/\d{3} \d{3}/.exec(await app.innerText()) ?? [''])[0]
  await app.getByRole('link', { name: 'Log in to the staff desk' }).click()
  const { password } = JSON.parse(readFileSync(join(portal.place.folder, 'demonstration-desk.json'), 'utf8')) as {
    password: string
  }
  await typesStaffLogIn(visitor, { email: 'desk@example.com', password, code })
  await visitor.sees('Overview')
})

test('Patients have nothing to do at the desk, nor staff on the pages of patients', async ({
  visitor,
  anotherVisitor,
  portal,
  hospital,
}) => {
  const name = new URL(portal.url).protocol === 'https:' ? '__Host-desk' : 'desk'
  await comesHome(visitor, portal, await hospital.aPerson())
  await visitor.opens('/desk')
  await visitor.sees('Log in to the staff desk')
  const [session] = await visitor.context.cookies()
  await visitor.context.addCookies([{ ...session, name, value: session?.value ?? '' } as never])
  expect(await visitor.opens('/desk')).toBe(403)
  await visitor.sees('You cannot see this page')

  const staff = await anotherVisitor()
  await comesToDesk(staff, await aStaffMember(portal))
  await staff.opens('/home')
  await staff.sees('Log in')
  const [desk] = await staff.context.cookies()
  expect(desk).toMatchObject({ name, httpOnly: true, sameSite: 'Strict' })
  await staff.context.addCookies([{ ...desk, name: 'session', value: desk?.value ?? '' } as never])
  for (const page of ['/home', '/appointments', '/my-details']) {
    expect(await staff.opens(page), page).toBe(403)
    await staff.sees('You cannot see this page')
  }
})

test('An address of the desk that leads nowhere leads back to the desk', async ({ visitor, portal }) => {
  await comesToDesk(visitor, await aStaffMember(portal))
  for (const address of ['/desk/nowhere', '/desk/requests/nowhere', '/desk/requests/a/b/c']) {
    expect(await visitor.opens(address), address).toBe(404)
    await visitor.sees('Page not found')
    await expect(visitor.page).toHaveTitle(/^Page not found – Staff desk/)
    await expect(visitor.page.getByRole('link', { name: 'Requests', exact: true })).toBeVisible()
    await visitor.follows('Go to the staff desk')
    await visitor.sees('Overview')
  }
})

test(
  'Without JavaScript a page of the desk leaves by itself after 10 minutes',
  { tag: '@plain' },
  async ({ visitor, portal }) => {
    await comesToDesk(visitor, await aStaffMember(portal))
    const leaving = visitor.page.locator('meta[http-equiv="refresh"]')
    await expect(leaving).toHaveAttribute('content', '600;url=/desk/timed-out')
    await visitor.opens('/desk/timed-out')
    await visitor.sees('We logged you out')
    expect(await visitor.context.cookies()).toEqual([])
    await visitor.opens('/desk')
    await visitor.sees('Log in to the staff desk')
  },
)

test('After 10 minutes without use the page of the desk is gone', { tag: '@script' }, async ({ visitor, portal }) => {
  const { clock } = visitor.page
  await clock.install()
  await comesToDesk(visitor, await aStaffMember(portal))
  await clock.fastForward('09:01')
  const warning = visitor.page.getByRole('dialog', { name: 'You are about to be logged out' })
  await visitor.presses('Stay logged in')
  await expect(warning).toBeHidden()
  await clock.fastForward('10:01')
  await visitor.sees('We logged you out')
  expect(await visitor.context.cookies()).toEqual([])
  await visitor.opens('/desk')
  await visitor.sees('Log in to the staff desk')
})
