import { join } from 'node:path'
import { test as base, expect } from '@playwright/test'
import { PortalProcess } from '../portal-process.ts'
import { Auditor } from './auditor.ts'
import { Hospital } from './hospital.ts'
import { Observer } from './observer.ts'
import { Visitor } from './visitor.ts'

export { expect }

interface Journey {
  /** What the browsers of this journey complained of. At its end there must be nothing. */
  observer: Observer
  /** Somebody with a browser. */
  visitor: Visitor
  /** Somebody else, or the same person on another device. */
  anotherVisitor: () => Promise<Visitor>
}

interface Scene {
  /** Every part of the portal in a process of its own. */
  split: boolean
  portal: PortalProcess
  hospital: Hospital
  auditor: Auditor
}

let addresses = 0

/** A journey through a portal that runs. Each ends with nothing to complain of, and every page it saw open to everybody. */
export const test = base.extend<Journey, Scene>({
  split: [false, { option: true, scope: 'worker' }],
  portal: [
    async ({ split }, use) => {
      const portal = await PortalProcess.start({ split, settings: { PROXY_HOPS: '1' } })
      await use(portal)
      await portal.remove()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  hospital: [async ({ portal }, use) => use(new Hospital(portal)), { scope: 'worker' }],
  auditor: [
    async ({ browser }, use, { project }) => {
      // Playwright empties its folder when a run begins.
      const auditor = new Auditor(browser, join(project.outputDir, 'pages-for-everybody'))
      await use(auditor)
      await auditor.close()
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ portal }, use) => use(portal.url),
  // People come from addresses of their own, as a proxy would say: one machine that logs in so often would be refused.
  extraHTTPHeaders: async ({ extraHTTPHeaders }, use) =>
    use({ ...extraHTTPHeaders, 'x-forwarded-for': `192.0.2.${(addresses += 1) % 256}` }),
  observer: async ({ portal }, use) => {
    const observer = new Observer(portal.url, portal.graphUrl)
    await use(observer)
    expect(observer.complaints).toEqual([])
  },
  context: async ({ context, observer }, use) => {
    observer.watch(context)
    await use(context)
  },
  visitor: async ({ page, auditor, javaScriptEnabled }, use) => {
    const visitor = new Visitor(page, { auditor, hasJavaScript: javaScriptEnabled })
    await use(visitor)
    await visitor.isWelcome()
  },
  anotherVisitor: async ({ browser, observer, auditor, javaScriptEnabled }, use) => {
    const visitors: Visitor[] = []
    await use(async () => {
      const context = await browser.newContext()
      observer.watch(context)
      const visitor = new Visitor(await context.newPage(), { auditor, hasJavaScript: javaScriptEnabled })
      visitors.push(visitor)
      return visitor
    })
    for (const visitor of visitors) {
      await visitor.isWelcome()
      await visitor.context.close()
    }
  },
})
