import { comesHome, logsIn } from './getting-in.ts'
import { expect, test } from './journey.ts'
import { Visitor } from './visitor.ts'

test(
  'After 9 minutes a warning offers to stay, and after 10 the page is gone',
  { tag: '@script' },
  async ({ visitor, portal, hospital }) => {
    const { clock } = visitor.page
    await clock.install()
    // By its pages: the way back from the end leads to them.
    await visitor.opens('/log-in')
    await logsIn(visitor, portal, await hospital.aPerson())
    await visitor.sees(/^Hello, /)
    const warning = visitor.page.getByRole('dialog', { name: 'You are about to be logged out' })
    await clock.fastForward('08:58')
    await expect(warning).toBeHidden()
    await clock.fastForward('00:03')
    await expect(warning).toBeVisible()
    await expect(warning.getByRole('button', { name: 'Stay logged in' })).toBeFocused()
    await visitor.isWelcome()

    await visitor.presses('Stay logged in')
    await expect(warning).toBeHidden()
    await clock.fastForward('08:50')
    await expect(warning).toBeHidden()
    await clock.fastForward('00:15')
    await expect(warning).toBeVisible()
    await visitor.page.keyboard.press('Escape')
    await expect(warning).toBeHidden()

    await clock.fastForward('10:01')
    await visitor.sees('We logged you out')
    expect(await visitor.context.cookies()).toEqual([])
    await visitor.doesNotRead('Zephyrine')
    await visitor.page.goBack()
    await expect(visitor.page.getByRole('heading', { level: 1 })).not.toContainText('Hello')
    await visitor.opens('/home')
    await visitor.sees('Log in')
  },
)

test(
  'Without JavaScript the page leaves by itself after 10 minutes, and only a page of somebody who is logged in',
  { tag: '@plain' },
  async ({ visitor, portal, hospital }) => {
    const leaving = visitor.page.locator('meta[http-equiv="refresh"]')
    await visitor.opens('/')
    await visitor.sees('See your hospital appointments')
    await expect(leaving).toHaveCount(0)
    await comesHome(visitor, portal, await hospital.aPerson())
    await expect(leaving).toHaveAttribute('content', '600;url=/timed-out')
    await visitor.opens('/timed-out')
    await visitor.sees('We logged you out')
    expect(await visitor.context.cookies()).toEqual([])
    await visitor.opens('/home')
    await visitor.sees('Log in')
  },
)

test('Logging out everywhere ends the log in of the other phone, which comes back to where it was', async ({
  visitor,
  anotherVisitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson()
  await comesHome(visitor, portal, person)
  const other = await anotherVisitor()
  await comesHome(other, portal, person)
  await other.follows('My details')
  await other.sees('My details')
  await other.follows('See the devices that are logged in as you')
  await other.sees('Where you are logged in')
  await expect(other.main.getByRole('listitem').getByRole('heading')).toHaveCount(2)
  await other.presses('Log out everywhere')
  await other.sees('You have logged out')
  expect(await other.context.cookies()).toEqual([])

  await visitor.follows('Appointments')
  await visitor.sees('Log in')
  await logsIn(visitor, portal, person)
  await visitor.sees('Your appointments')
})

test('One device can be logged out from another', async ({ visitor, anotherVisitor, portal, hospital }) => {
  const person = await hospital.aPerson()
  await comesHome(visitor, portal, person)
  const other = await anotherVisitor()
  await comesHome(other, portal, person)
  await other.opens('/my-details/sessions')
  await other.presses(/^Log out\s+Chrome on Android, last used/)
  await other.reads('That device is logged out.')
  await expect(other.main.getByRole('listitem').getByRole('heading')).toHaveCount(1)
  await visitor.follows('My details')
  await visitor.sees('Log in')
})

test(
  'A log out in one tab closes the others, and reading in one keeps the others open',
  { tag: '@script' },
  async ({ visitor, portal, hospital, auditor }) => {
    await visitor.page.clock.install()
    await comesHome(visitor, portal, await hospital.aPerson())
    const tab = new Visitor(await visitor.context.newPage(), { auditor, hasJavaScript: true })
    await visitor.page.clock.fastForward('09:05')
    const warning = visitor.page.getByRole('dialog', { name: 'You are about to be logged out' })
    await expect(warning).toBeVisible()
    await tab.opens('/appointments')
    await tab.sees('Your appointments')
    await expect(warning).toBeHidden()
    await tab.presses('Log out')
    await tab.sees('You have logged out')
    await visitor.sees('You have logged out')
  },
)
