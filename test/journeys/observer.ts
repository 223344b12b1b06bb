import type { BrowserContext, ConsoleMessage, Page } from '@playwright/test'

/** Writes down what a browser complains of, wherever it goes: errors, refused scripts, requests to other places. */
export class Observer {
  readonly complaints: string[] = []
  readonly #ours: string[]

  constructor(...ours: string[]) {
    this.#ours = ours
  }

  /** In this journey the browser goes there on purpose. */
  alsoAllows(origin: string): void {
    this.#ours.push(origin)
  }

  watch(context: BrowserContext): void {
    context.on('page', (page) => this.#watchPage(page))
    context.on('request', (request) => {
      const { protocol, origin } = new URL(request.url())
      if (!['data:', 'blob:', 'about:'].includes(protocol) && !this.#ours.includes(origin))
        this.complaints.push(`a request to somebody else: ${request.url()}`)
    })
    context.on('response', (response) => {
      if (response.status() >= 400 && !response.request().isNavigationRequest())
        this.complaints.push(`${response.status()} for ${response.url()}`)
    })
  }

  #watchPage(page: Page): void {
    page.on('pageerror', (error) => this.complaints.push(`an error on ${page.url()}: ${error.message}`))
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type()) && !isPageWithStatus(message))
        this.complaints.push(`on ${page.url()}: ${message.text()}`)
    })
  }
}

/** Chromium reports a page with status 400 as an error, even when it is the page that was meant to be shown. */
function isPageWithStatus(message: ConsoleMessage): boolean {
  return (
    /^Failed to load resource: .* status of 4\d\d/.test(message.text()) &&
    message.location().url === message.page()?.url()
  )
}
