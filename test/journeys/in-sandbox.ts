import type { Page } from '@playwright/test'
import { expect } from './journey.ts'

/** Opens an example by its name, wherever the list is on this screen. */
export async function openExample(page: Page, name: string): Promise<void> {
  const list = page.getByRole('navigation', { name: 'Examples' })
  if (!(await list.isVisible())) await page.getByText('Examples', { exact: true }).click()
  await list.getByRole('button', { name, exact: true }).click()
}

/** Runs what stands in the editor, once it is this operation, and answers what the graph said. */
export async function run(page: Page, name: string) {
  await expect(page.locator('.graphiql-query-editor')).toContainText(new RegExp(`(query|mutation)\\s${name}\\b`))
  const asked = page.waitForResponse((it) => (it.request().postData() ?? '').includes(`"operationName":"${name}"`))
  await page.getByRole('button', { name: /Execute query/ }).click()
  return (await (await asked).json()) as { data?: Record<string, unknown>; errors?: { message: string }[] }
}
