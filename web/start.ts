import { pino } from 'pino'
import { readEnvironment, SettingsNotUsable, startSite } from './main.ts'

/** The site as a process of its own. */
const log = pino({ name: 'web' })
try {
  const site = await startSite(readEnvironment(process.env), log)
  log.info({ url: site.url }, 'the site is listening')
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void site.stop())
} catch (error) {
  if (!(error instanceof SettingsNotUsable)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
