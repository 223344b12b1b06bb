import { expect, test } from './journey.ts'

test(
  'A developer explores the graph in the sandbox, as one of the people of the demonstration',
  { tag: '@script' },
  async ({ page, portal }) => {
    await page.goto(`${portal.graphUrl}/sandbox`)
    const asking = page.getByLabel('Asking as')
    await expect(asking.getByRole('option', { name: /Use the token of Amal Haddad/ })).toHaveCount(1)
    await expect(asking.getByRole('option', { name: /Daniel|Harold/ })).toHaveCount(0)
    await asking.selectOption({
      label: 'Use the token of Amal Haddad, who has appointments, letters and results of every kind',
    })
    await expect(page.getByRole('status').filter({ hasText: 'A fresh token is sent.' })).toBeVisible()

    await page.getByRole('tab', { name: 'MyAppointments' }).click()
    // What is run is what stands in the editor.
    await expect(page.locator('.graphiql-query-editor')).toContainText('query MyAppointments')
    await page.getByRole('button', { name: /Execute query/ }).click()
    await expect(page.locator('.graphiql-response')).toContainText('Mrs Amal Jane Haddad')
  },
)
