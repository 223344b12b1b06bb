import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, expect, type Page } from '@playwright/test'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** From here on the site may be laid out in columns. */
const wideFrom = 600

/**
 * Checks pages against WCAG 2.2 AA, each state of a page once in a run: what one worker found good is marked in a folder of
 * all of them. axe needs JavaScript: a page of a browser without it is copied as it stands into one that has it, without its
 * scripts, and checked there.
 */
export class Auditor {
  readonly #browser: Browser
  readonly #marks: string
  #copy: Page | undefined

  /** `marks` is a folder that is empty when a run begins. */
  constructor(browser: Browser, marks: string) {
    this.#browser = browser
    this.#marks = marks
    mkdirSync(marks, { recursive: true })
  }

  /** Fails when the page, as it is now, keeps somebody out. */
  async check(page: Page, hasJavaScript: boolean): Promise<void> {
    const html = await page.content()
    const state = createHash('sha256')
      .update(stateOf(page, html, hasJavaScript))
      .digest('hex')
    const mark = join(this.#marks, state)
    if (existsSync(mark)) return
    const violations = hasJavaScript ? await violationsOn(page) : await this.#violationsOfCopy(page, html)
    expect(violations, `accessibility of ${page.url()}`).toEqual([])
    writeFileSync(mark, '')
  }

  async close(): Promise<void> {
    await this.#copy?.context().close()
  }

  async #violationsOfCopy(original: Page, html: string) {
    const copy = (this.#copy ??= await this.#browser.newPage({ javaScriptEnabled: true }))
    const size = original.viewportSize()
    if (size) await copy.setViewportSize(size)
    const [url] = original.url().split('#')
    await copy.route(url ?? '', (route) => route.fulfill({ contentType: 'text/html', body: asSeenWithout(html) }))
    await copy.goto(url ?? '')
    // A page that nobody can warn has to leave by itself: without JavaScript there is no other way to end a session in time.
    const violations = await violationsOn(copy, ['meta-refresh'])
    await copy.unrouteAll()
    return violations
  }
}

async function violationsOn(page: Page, but: string[] = []) {
  // The legacy mode leaves out frames of other sites. There are none.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode(true)
  const { violations } = await axe.withTags(tags).disableRules(but).analyze()
  return violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map(({ html }) => html) }))
}

/** The page without its scripts, and with what it shows only to those who have none. */
const asSeenWithout = (html: string) =>
  html.replaceAll(/<script\b[^>]*>.*?<\/script>/gs, '').replaceAll(/<\/?noscript>/g, '')

/** A title and the kinds of elements on the page: a longer list, or another person's words in it, are no other state. */
function stateOf(page: Page, html: string, hasJavaScript: boolean): string {
  const title = /<title>(.*?)<\/title>/s.exec(html)?.[1]
  const kinds = (html.match(/<[a-z][^>]*>/g) ?? []).map((tag) =>
    tag.replaceAll(/ (nonce|value|href|action|content|aria-label)="[^"]*"/g, ' $1').replaceAll(/\d+/g, '0'),
  )
  const isWide = (page.viewportSize()?.width ?? 0) >= wideFrom
  return [hasJavaScript, isWide, title, ...new Set(kinds)].join('\n')
}
