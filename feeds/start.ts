/** Runs the feeds as a process of their own. */
import { EnvironmentFaults, readEnvironment } from './environment.ts'
import { serveHealth } from './health.ts'
import { startFeeds } from './main.ts'

async function start(): Promise<void> {
  const { healthPort, ...settings } = readEnvironment()
  const feeds = await startFeeds(settings)
  const health = healthPort === undefined ? undefined : await serveHealth(feeds, settings.host, healthPort)
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    health?.close()
    void feeds.stop().then(() => process.exit(0))
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
}

start().catch((error: unknown) => {
  process.stderr.write(`${error instanceof EnvironmentFaults ? error.message : describe(error)}\n`)
  process.exit(1)
})

function describe(error: unknown): string {
  const { code, port, address } = error as NodeJS.ErrnoException & { port?: number; address?: string }
  if (code === 'EADDRINUSE')
    return `HL7_PORT or HL7_HEALTH_PORT: port ${port} is in use. Stop what uses it, or choose another.`
  if (code === 'EADDRNOTAVAIL') return `HL7_HOST: this machine has no address ${address}.`
  return error instanceof Error ? error.message : String(error)
}
