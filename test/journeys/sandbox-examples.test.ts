import { readers } from '../../gateway/reference/main.ts'
import { PortalProcess } from '../portal-process.ts'
import { openExample, run } from './in-sandbox.ts'
import { expect, test } from './journey.ts'

/** Of its own: examples accept, claim and share what other journeys begin with. */
let portal: PortalProcess
test.beforeAll(async () => {
  portal = await PortalProcess.start()
})
test.afterAll(() => portal.remove())

for (const { folder, name: whom } of readers)
  test(`Every example for ${whom} works as it stands`, { tag: '@script' }, async ({ page, observer }) => {
    observer.alsoAllows(portal.graphUrl)
    await page.goto(`${portal.graphUrl}/sandbox`)
    await expect(page.getByLabel('Asking as').getByRole('option', { name: /record viewer/ })).toHaveCount(1)
    const own = page.locator('section', { has: page.locator('h2', { hasText: `For ${whom}` }) })
    const names = await own.locator('button').allTextContents()
    expect(names.length).toBeGreaterThan(3)
    for (const name of names) {
      await openExample(page, name)
      const { data, errors } = await run(page, name)
      expect(errors, name).toBeUndefined()
      expect(Object.values(data ?? {}), name).not.toEqual(folder === 'partners' && name === 'Nobody' ? [] : [null])
    }
  })
