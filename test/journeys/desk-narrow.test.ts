import { asksForAnotherTime, opensRequest } from './asking-staff.ts'
import { bloodCount } from './blood-count.ts'
import { expect, test } from './journey.ts'
import { reports } from './laboratory.ts'
import { aClinician, aStaffMember, comesToDesk } from './staff.ts'
import type { Visitor } from './visitor.ts'

test.use({ viewport: { width: 320, height: 568 } })

async function fits(visitor: Visitor): Promise<void> {
  const width = await visitor.page.locator('html').evaluate((html) => html.scrollWidth)
  expect(width, `the width of ${visitor.page.url()}`).toBeLessThanOrEqual(320)
}

test('The desk is no wider than a small phone, whoever asks', async ({ visitor, anotherVisitor, portal, hospital }) => {
  const given = 'Wolfeschlegelsteinhausenbergerdorff'
  await asksForAnotherTime(visitor, portal, hospital, await hospital.aPerson({ given }))
  const staff = await anotherVisitor()
  await staff.page.setViewportSize({ width: 320, height: 568 })
  await staff.opens('/desk/log-in')
  await fits(staff)
  await comesToDesk(staff, await aStaffMember(portal, 'Maximiliana Featherstonehaugh-Cholmondeley'))
  await fits(staff)
  const request = await opensRequest(staff, given)
  await fits(staff)
  await staff.presses('Take this request')
  await staff.reads('You took this request on')
  for (const address of [request, `${request}/agree`, `${request}/refuse`, '/desk', '/desk/requests']) {
    await staff.opens(address)
    await fits(staff)
  }
  for (const address of ['/desk/requests?status=refused', '/desk/conflicts', '/desk/messages', '/desk/nowhere']) {
    await staff.opens(address)
    await fits(staff)
  }
})

test('What clinicians decide on is no wider than a small phone', async ({ visitor, portal, hospital }) => {
  const person = await hospital.aPerson({ given: 'Wolfeschlegelsteinhausenbergerdorff' })
  await reports(portal, person)
  await reports(portal, person, bloodCount(2, '131', 'N'))
  await comesToDesk(visitor, await aClinician(portal))
  await fits(visitor)
  await visitor.follows('Results')
  await visitor.sees('Results to release')
  await fits(visitor)
  await visitor.follows(/^X-ray of the chest of Wolfeschlegel/)
  await visitor.reads('The heart is of normal size.')
  await fits(visitor)
  const { pathname } = new URL(visitor.page.url())
  const acts = [`${pathname}/release?steps=1`, `${pathname}/hold?steps=1`]
  for (const address of [...acts, '/desk/results/released', '/desk/withheld-pdfs', '/desk']) {
    await visitor.opens(address)
    await fits(visitor)
  }
})
