import { createHash } from 'node:crypto'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test'

const wcag22AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * Checks pages against WCAG 2.2 AA, each state of a page once. axe needs JavaScript: a page of a browser without it is
 * copied as it stands into one that has it, without its scripts, and checked there.
 */
export class Auditor {
  readonly #browser: Browser
  readonly #seen = new Set<string>()
  #copies: BrowserContext | undefined

  constructor(browser: Browser) {
    this.#browser = browser
  }

  /** Fails when the page, as it is now, keeps somebody out. */
  async check(page: Page, hasJavaScript: boolean): Promise<void> {
    const html = await page.content()
    const state = fingerprint(page, html)
    if (this.#seen.has(state)) return
    const violations = hasJavaScript ? await violationsOn(page) : await this.#violationsOfCopy(page, html)
    expect(violations, `accessibility of ${page.url()}`).toEqual([])
    this.#seen.add(state)
  }

  async close(): Promise<void> {
    await this.#copies?.close()
  }

  async #violationsOfCopy(original: Page, html: string) {
    this.#copies ??= await this.#browser.newContext({ javaScriptEnabled: true })
    const copy = await this.#copies.newPage()
    const size = original.viewportSize()
    if (size) await copy.setViewportSize(size)
    await copy.route(original.url(), (route) => route.fulfill({ contentType: 'text/html', body: asSeenWithout(html) }))
    await copy.goto(original.url())
    // A page that nobody can warn has to leave by itself: without JavaScript there is no other way to end a session in time.
    const violations = await violationsOn(copy, ['meta-refresh'])
    await copy.close()
    return violations
  }
}

async function violationsOn(page: Page, but: string[] = []) {
  const { violations } = await new AxeBuilder({ page }).withTags(wcag22AA).disableRules(but).analyze()
  return violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map(({ html }) => html) }))
}

/** The page without its scripts, and with what it shows only to those who have none. */
const asSeenWithout = (html: string) =>
  html.replaceAll(/<script\b[^>]*>.*?<\/script>/gs, '').replaceAll(/<\/?noscript>/g, '')

/** The same page with another person's words, numbers and times in it is the same state. */
function fingerprint(page: Page, html: string): string {
  const shape = html.replaceAll(/(nonce|value|href|action)="[^"]*"/g, '$1').replaceAll(/\d+/g, '0')
  const { width } = page.viewportSize() ?? { width: 0 }
  return createHash('sha256').update(`${width} ${shape}`).digest('hex')
}
