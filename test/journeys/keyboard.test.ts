import { codeAfter, comesHome } from './getting-in.ts'
import { showsFocus } from './focus.ts'
import { expect, test } from './journey.ts'
import { aFindablePerson, PartnerHospital } from './partner-hospital.ts'
import type { Visitor } from './visitor.ts'

/** Presses Tab until something with this name has the focus, and looks whether everybody can see where the focus is. */
async function tabsTo(
  visitor: Visitor,
  role: 'link' | 'button' | 'textbox' | 'radio' | 'checkbox',
  name: string | RegExp,
): Promise<void> {
  const wanted = visitor.page.getByRole(role, { name }).and(visitor.page.locator(':focus'))
  for (let steps = 0; steps < 40; steps += 1) {
    await visitor.page.keyboard.press('Tab')
    await showsFocus(visitor.page)
    if ((await wanted.count()) === 1) return
  }
  throw new Error(`Tab never came to the ${role} "${name}" on ${visitor.page.url()}`)
}

const types = (visitor: Visitor, text: string) => visitor.page.keyboard.type(text)
const enter = (visitor: Visitor) => visitor.page.keyboard.press('Enter')

test(
  'With a keyboard alone somebody logs in and accepts an appointment',
  { tag: '@computer' },
  async ({ visitor, portal, hospital }) => {
    const person = await hospital.aPerson()
    await hospital.books(person)
    await visitor.opens('/')
    await visitor.sees('See your hospital appointments')
    await tabsTo(visitor, 'button', 'Log in')
    await enter(visitor)
    await visitor.sees('Log in')
    const code = await codeAfter(portal, person.mobile, async () => {
      await tabsTo(visitor, 'textbox', 'Mobile number')
      await types(visitor, person.mobile)
      for (const [part, text] of [
        ['Day', '31'],
        ['Month', '1'],
        ['Year', '1980'],
      ] as const) {
        await tabsTo(visitor, 'textbox', part)
        await types(visitor, text)
      }
      await enter(visitor)
      await visitor.sees('Check your phone')
    })
    await tabsTo(visitor, 'textbox', 'Security code')
    await types(visitor, code)
    await enter(visitor)
    await visitor.sees('Hello, Zephyrine')
    await tabsTo(visitor, 'link', /^Accept your appointment on/)
    await enter(visitor)
    await visitor.sees(/Eye clinic/)
    await tabsTo(visitor, 'button', 'Accept this appointment')
    await visitor.page.keyboard.press('Space')
    await visitor.sees('Appointment accepted')
    await tabsTo(visitor, 'button', 'Log out')
    await enter(visitor)
    await visitor.sees('You have logged out')
  },
)

test(
  'With a keyboard alone somebody changes an appointment to another of the free times',
  { tag: '@computer' },
  async ({ visitor, portal, hospital }) => {
    const person = await hospital.aPerson()
    await hospital.books(person)
    await comesHome(visitor, portal, person)
    await visitor.follows(/^Accept your appointment on/)
    await visitor.sees(/Eye clinic/)
    await tabsTo(visitor, 'link', 'Change this appointment')
    await enter(visitor)
    await visitor.sees('Change your appointment')
    await tabsTo(visitor, 'radio', 'I am away on that day')
    await visitor.page.keyboard.press('ArrowDown')
    await expect(visitor.page.getByLabel('Work, school or study')).toBeChecked()
    await tabsTo(visitor, 'button', 'Continue')
    await enter(visitor)
    await visitor.sees('Choose a new time')
    // All free times are one group: the arrows go on from one day to the next.
    const times = visitor.page.locator('input[name="slot"]')
    await tabsTo(visitor, 'radio', /./)
    await visitor.page.keyboard.press('Space')
    for (let steps = 0; steps < 5; steps += 1) await visitor.page.keyboard.press('ArrowDown')
    await expect(times.nth(5)).toBeChecked()
    await expect(times.nth(5)).toBeFocused()
    await tabsTo(visitor, 'button', 'Continue')
    await enter(visitor)
    await visitor.sees('Check your new time')
    await tabsTo(visitor, 'button', 'Confirm the new time')
    await enter(visitor)
    await visitor.sees('Appointment changed')
  },
)

test(
  'With a keyboard alone somebody chooses what another hospital can see',
  { tag: '@computer' },
  async ({ visitor, portal, hospital }) => {
    const person = await aFindablePerson(hospital)
    const partner = await PartnerHospital.joins(portal)
    await comesHome(visitor, portal, person)
    await tabsTo(visitor, 'link', 'Who can see my record')
    await enter(visitor)
    await visitor.sees('Who can see my record')
    await tabsTo(visitor, 'link', `Change what ${partner.name} can see`)
    await enter(visitor)
    await visitor.sees(`Choose what ${partner.name} can see`)
    await tabsTo(visitor, 'checkbox', 'Test results')
    await visitor.page.keyboard.press('Space')
    await tabsTo(visitor, 'button', 'Continue')
    await enter(visitor)
    await visitor.sees(`Check what ${partner.name} can see`)
    await tabsTo(visitor, 'button', 'Save my choices')
    await enter(visitor)
    await visitor.sees('Your choices are saved')
    await visitor.reads('test results')
    await tabsTo(visitor, 'link', 'See who has looked at my record')
    await enter(visitor)
    await visitor.sees('Who has looked at my record')
    await tabsTo(visitor, 'link', 'Choose what other hospitals can see')
  },
)

test('The first step of the keyboard on every page skips to what the page is about', async ({
  visitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson()
  const skip = visitor.page.getByRole('link', { name: 'Skip to main content' })
  const skips = async (heading: string) => {
    await visitor.sees(heading)
    await visitor.page.keyboard.press('Tab')
    await expect(skip).toBeFocused()
    await expect(skip).toBeInViewport()
    await enter(visitor)
    await expect(visitor.page).toHaveURL(/#maincontent$/)
  }
  await visitor.opens('/')
  await skips('See your hospital appointments')
  // What comes next is in the main part, not in the header or the menu.
  await visitor.page.keyboard.press('Tab')
  await expect(visitor.main.locator(':focus')).toHaveCount(1)
  await visitor.opens('/log-in')
  await skips('Log in')
  await codeAfter(portal, person.mobile, async () => {
    await visitor.opens('/log-in')
    await visitor.types('Mobile number', person.mobile)
    await visitor.types('Day', '31')
    await visitor.types('Month', '1')
    await visitor.types('Year', '1980')
    await visitor.presses('Continue')
    await skips('Check your phone')
  })
})
