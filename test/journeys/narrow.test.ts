import { people } from '../../scripts/demonstration/people.ts'
import { codeAfter, typesDateOfBirth } from './getting-in.ts'
import { expect, test } from './journey.ts'
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
  for (const address of ['/appointments', '/my-details', '/my-details/sessions', '/inbox']) {
    await visitor.opens(address)
    await fits(visitor)
  }
})
