import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test'
import type { Auditor } from './auditor.ts'

export interface VisitorSurroundings {
  auditor: Auditor
  hasJavaScript: boolean
}

/** Somebody with a browser. Whatever page they look at, in whatever state, is checked for accessibility. */
export class Visitor {
  readonly page: Page
  readonly #surroundings: VisitorSurroundings

  constructor(page: Page, surroundings: VisitorSurroundings) {
    this.page = page
    this.#surroundings = surroundings
  }

  get context(): BrowserContext {
    return this.page.context()
  }

  get main(): Locator {
    return this.page.getByRole('main')
  }

  /** Goes to an address, and answers the status of the page. */
  async opens(address: string): Promise<number | undefined> {
    return (await this.page.goto(address))?.status()
  }

  /** The page with this heading has come. */
  async sees(heading: string | RegExp): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 1 })).toHaveText(heading)
    await this.page.waitForLoadState()
    await this.isWelcome()
  }

  /** The words stand on the page. */
  async reads(...words: (string | RegExp)[]): Promise<void> {
    for (const word of words) await expect(this.main).toContainText(word)
  }

  async doesNotRead(...words: (string | RegExp)[]): Promise<void> {
    for (const word of words) await expect(this.page.locator('body')).not.toContainText(word)
  }

  async types(label: string, text: string): Promise<void> {
    await this.page.getByLabel(label, { exact: true }).fill(text)
  }

  async presses(name: string | RegExp): Promise<void> {
    await this.#acts(this.page.getByRole('button', { name, exact: true }))
  }

  async follows(name: string | RegExp): Promise<void> {
    // The menu and the page itself may have the same link.
    await this.#acts(this.page.getByRole('link', { name, exact: true }).first())
  }

  /** Checks the page as it is now: everybody can use it. */
  async isWelcome(): Promise<void> {
    if (this.page.url() === 'about:blank') return
    const { auditor, hasJavaScript } = this.#surroundings
    await auditor.check(this.page, hasJavaScript)
  }

  /** What is about to be left is looked at first. */
  async #acts(target: Locator): Promise<void> {
    await target.waitFor()
    await this.page.waitForLoadState()
    await this.isWelcome()
    await target.click()
  }
}
