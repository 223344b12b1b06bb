import { people } from '../../scripts/demonstration/people.ts'
import { bloodCount } from './blood-count.ts'
import { codeAfter, comesHome, typesDateOfBirth } from './getting-in.ts'
import { expect, test } from './journey.ts'
import { reports, writes } from './laboratory.ts'
import { aFindablePerson, PartnerHospital } from './partner-hospital.ts'
import type { Visitor } from './visitor.ts'

test.use({ viewport: { width: 320, height: 568 } })

async function fits(visitor: Visitor): Promise<void> {
  const width = await visitor.page.locator('html').evaluate((html) => html.scrollWidth)
  expect(width, `the width of ${visitor.page.url()}`).toBeLessThanOrEqual(320)
}

test('Nothing is wider than a small phone, not even a very long name', async ({ visitor, portal }) => {
  const person = people.find(({ because }) => because === 'has a very long name')
  const { mobile = '', born = '', given = [] } = person ?? {}
  for (const address of ['/', '/contact', '/accessibility', '/cookies', '/privacy', '/nowhere', '/log-out', '/inbox']) {
    await visitor.opens(address)
    await fits(visitor)
  }
  await visitor.opens('/log-in')
  await visitor.presses('Continue')
  await expect(visitor.page.getByText('There is a problem')).toBeVisible()
  await fits(visitor)
  const code = await codeAfter(portal, mobile, async () => {
    await visitor.types('Mobile number', mobile)
    await typesDateOfBirth(visitor, String(born))
    await visitor.presses('Continue')
    await visitor.sees('Check your phone')
  })
  await fits(visitor)
  await visitor.types('Security code', code)
  await visitor.presses('Continue')
  await visitor.sees(`Hello, ${given[0]}`)
  await fits(visitor)
  await visitor.follows(/^Accept your appointment on/)
  await visitor.sees(/Eye clinic/)
  await fits(visitor)
  const appointment = new URL(visitor.page.url()).pathname
  for (const step of ['cancel', 'change']) {
    await visitor.opens(`${appointment}/${step}`)
    await fits(visitor)
    await visitor.page.getByLabel('I prefer not to say').check()
    await visitor.presses('Continue')
    await fits(visitor)
  }
  await visitor.page.locator('input[name="slot"]').first().check()
  await visitor.presses('Continue')
  await visitor.sees('Check your new time')
  await fits(visitor)
  await visitor.opens(appointment)
  await visitor.follows('Read your appointment letter')
  await visitor.sees(/appointment/i)
  await fits(visitor)
  for (const address of ['/appointments', '/letters-and-results', '/my-details', '/my-details/sessions', '/inbox']) {
    await visitor.opens(address)
    await fits(visitor)
  }
})

test('No value, chart or letter is wider than a small phone, however long its words', async ({
  visitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson()
  const endless = 'Electroencephalography'.repeat(4)
  const values = [
    { test: { code: '718-7', name: endless, system: 'LN' as const }, value: '1234567.891', unit: 'mL/min/1.73 m2', range: '0.001-99999.5' }, // prettier-ignore
  ]
  for (const days of [9, 2]) await reports(portal, person, { ...bloodCount(days, '131', 'N'), values })
  await writes(portal, person, { title: endless, author: endless, sections: [{ heading: endless, items: [endless] }] })
  await comesHome(visitor, portal, person)
  await fits(visitor)
  await visitor.opens('/letters-and-results?kind=results&unread=yes')
  await fits(visitor)
  await visitor.follows('Full blood count')
  await visitor.sees(/Full blood count/)
  await fits(visitor)
  await visitor.opens(`${visitor.page.url()}?size=large`)
  await fits(visitor)
  await visitor.follows(/^See 2 values over time/)
  await visitor.sees(/over time$/)
  await fits(visitor)
  await visitor.opens('/letters-and-results')
  await visitor.follows(endless)
  await visitor.sees(new RegExp(endless))
  await fits(visitor)
  await visitor.follows('Show this page in large print')
  await fits(visitor)
})

test('Who looked and who can see is no wider than a small phone, whatever another hospital calls itself and its people', async ({
  visitor,
  portal,
  hospital,
}) => {
  const person = await aFindablePerson(hospital)
  const partner = await PartnerHospital.joins(portal, 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch')
  await partner.isShownByHospital(person, 'APPOINTMENTS')
  await partner.looks(person, { id: 'clinician-'.repeat(9), role: 'Elektroenzephalographieassistentin'.repeat(2) })
  await comesHome(visitor, portal, person)
  for (const address of ['who-has-looked', 'sharing', 'sharing/stop']) {
    await visitor.opens(`/my-details/${address}`)
    await fits(visitor)
  }
  await visitor.opens('/my-details/sharing')
  await visitor.follows(`Change what ${partner.name} can see`)
  await fits(visitor)
  await visitor.presses('Continue')
  await visitor.sees(`Check what ${partner.name} can see`)
  await fits(visitor)
  await visitor.presses('Save my choices')
  await visitor.sees('Your choices are saved')
  await fits(visitor)
})
