import { openExample, run } from './in-sandbox.ts'
import { expect, test } from './journey.ts'

const amal = 'Amal Haddad, who has appointments, letters and results of every kind'

test(
  'A developer explores the graph in the sandbox, as one of the people of the demonstration',
  { tag: ['@script', '@computer'] },
  async ({ page, portal }) => {
    await page.goto(`${portal.graphUrl}/sandbox`)
    const asking = page.getByLabel('Asking as')
    await expect(asking.getByRole('option', { name: amal })).toHaveCount(1)
    await expect(asking.getByRole('option', { name: /Daniel|Harold/ })).toHaveCount(0)
    await asking.selectOption({ label: amal })
    await expect(page.getByRole('status').filter({ hasText: 'A fresh token is sent.' })).toBeVisible()
    expect(await run(page, 'MyAppointments')).toMatchObject({
      data: { me: { name: { full: 'Mrs Amal Jane Haddad' } } },
    })
    await expect(page.locator('.graphiql-response')).toContainText('Mrs Amal Jane Haddad')
  },
)

test(
  'A partner’s developer asks as the Royal Free, whoever runs the gateway',
  { tag: ['@script', '@thread'] },
  async ({ page, portal }) => {
    await page.goto(`${portal.graphUrl}/sandbox`)
    await expect(page.getByLabel('Asking as').getByRole('option', { name: /record viewer/ })).toHaveCount(1)
    await openExample(page, 'ThePatientHere')
    expect(await run(page, 'ThePatientHere')).toMatchObject({
      data: { patientByNhsNumber: { name: { full: 'Mrs Amal Jane Haddad' } } },
    })
    await openExample(page, 'Nobody')
    expect(await run(page, 'Nobody')).toEqual({ data: { patientByNhsNumber: null } })
  },
)

test(
  'A developer is told for whom an operation is, when it is not for who asks',
  { tag: '@script' },
  async ({ page, portal, observer }) => {
    await page.goto(`${portal.graphUrl}/sandbox`)
    const asking = page.getByLabel('Asking as')
    await expect(asking.getByRole('option', { name: amal })).toHaveCount(1)
    await openExample(page, 'WhatWaits')
    await run(page, 'WhatWaits')
    await expect(page.locator('.refused')).toBeHidden()
    await page.getByLabel('Asking as').selectOption('')
    // The operation stays, who asks does not.
    await page.locator('.graphiql-query-editor .view-lines').click()
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.insertText('query Mine { changeRequests { totalCount } }')
    expect((await run(page, 'Mine')).errors).toHaveLength(1)
    await expect(page.locator('.refused')).toHaveText(
      'Query.changeRequests is not for anybody. “Mine” is for staff at the desk: choose who asks at the top.',
    )
    // The answer to it is a refusal, and the browser says so.
    expect(observer.complaints.splice(0).filter((it) => !/401/.test(it))).toEqual([])
  },
)

test('A developer reads in the reference what is theirs', { tag: '@computer' }, async ({ visitor, page, portal }) => {
  await page.goto(`${portal.graphUrl}/sandbox/reference/`)
  await visitor.isWelcome()
  await page.getByRole('link', { name: 'For partner organisations' }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('For partner organisations')
  await visitor.isWelcome()
  await page.getByRole('link', { name: 'TestResult', exact: true }).first().click()
  await expect(page.locator('section', { has: page.locator('#TestResult') }).last()).toContainText(
    'partner organisations (with results.read)',
  )
  await expect(page.getByText('resultsToRelease')).toHaveCount(0)
  expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false)
})
