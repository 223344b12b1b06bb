import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino, type Logger } from 'pino'
import type { SiteSettings } from './environment.ts'
import { createSite } from './server.ts'

export { readEnvironment, SettingsNotUsable, type SiteSettings } from './environment.ts'
export { createSite, type Site } from './server.ts'

/** A site that is listening. */
export interface RunningSite {
  /** Where it listens; people reach it at `PUBLIC_URL`. */
  url: string
  /** Refuses what comes, finishes what runs, then closes. */
  stop: () => Promise<void>
}

/** Starts the patient's site. The site must have been built (`npm run build -w web`). */
export async function startSite(
  settings: SiteSettings,
  log: Logger = pino({ name: 'web', level: settings.logLevel }),
): Promise<RunningSite> {
  const site = await createSite(settings, log)
  const server = createServer(site.handler)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(settings.port, settings.host, () => resolve())
  })
  const { port } = server.address() as AddressInfo

  return {
    url: `http://${settings.host}:${port}`,
    async stop() {
      site.refuse()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      await closed
    },
  }
}
