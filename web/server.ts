import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Logger } from 'pino'
import { prepareForTheBuild, toldToTheBuild, type SiteSettings } from './environment.ts'
import { clientAddress } from './client-address.ts'

/** One request, as the server around the site hands it to the pages. */
export interface Visit {
  settings: SiteSettings
  log: Logger
  requestId: string
  /** The person's own address, for the limits of the gateway. */
  clientAddress: string
}

declare module 'node:http' {
  interface IncomingMessage {
    /** Set by the site's server; the pages read it as `platform.req.visit`. */
    visit?: Visit
  }
}

/** The site without its socket: every request goes through `handler`. */
export interface Site {
  handler: RequestListener
  /** From now on new requests are refused, and `/ready` says so. */
  refuse: () => void
}

type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void | Promise<void>

/**
 * Wraps the built site so that one build serves any address: settings travel with each request,
 * and the address of the site comes from `PUBLIC_URL`, never from a header that anyone can write.
 */
export async function createSite(settings: SiteSettings, log: Logger): Promise<Site> {
  const pages = await loadPages()
  let refusing = false

  const handler: RequestListener = (request, response) => {
    const path = request.url?.split('?')[0]
    if (path === '/health') return answer(response, 200, { status: 'ok' })
    if (path === '/ready')
      return void ready(settings, refusing).then((isReady) => answer(response, isReady ? 200 : 503, { ready: isReady }))
    if (refusing) return answer(response, 503, { message: 'The site is stopping. Try again in a minute.' })

    // Files of the site are served before any page is asked, so they carry these from here.
    response.setHeader('x-content-type-options', 'nosniff')
    response.setHeader('cache-control', 'no-cache')
    request.visit = {
      settings,
      log,
      requestId: randomUUID(),
      clientAddress: clientAddress(request, settings.proxyHops),
    }
    request.headers[toldToTheBuild.protocol] = settings.publicUrl.protocol.slice(0, -1)
    request.headers[toldToTheBuild.host] = settings.publicUrl.host
    return void pages(request, response, () => answer(response, 404, { message: 'Not found' }))
  }
  return { handler, refuse: () => void (refusing = true) }
}

async function ready({ graphUrl }: SiteSettings, refusing: boolean): Promise<boolean> {
  if (refusing) return false
  try {
    const response = await fetch(new URL('/ready', graphUrl), { signal: AbortSignal.timeout(2_000) })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify(body))
}

/** The build stands in `web/build`, whether this file runs from `web/` or compiled from `dist/web/`. */
function whereTheBuildStands(): string {
  const here = import.meta.dirname.replaceAll('\\', '/')
  const root = here.replace(/\/dist\/web$/, '/web')
  return pathToFileURL(`${root}/build/handler.js`).href
}

async function loadPages(): Promise<Handler> {
  const build = whereTheBuildStands()
  if (!existsSync(fileURLToPath(build))) throw new Error('The site is not built. Build it with: npm run build -w web')
  prepareForTheBuild()
  const { handler } = (await import(build)) as { handler: Handler }
  return handler
}
