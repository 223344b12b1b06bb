import { readEnvironment, SettingsNotUsable, startSite } from './main.ts'

/** The site as a process of its own. */
async function start(): Promise<void> {
  const settings = readEnvironment()
  try {
    const site = await startSite(settings)
    process.stdout.write(`The site listens at ${site.url}\n`)
    let stopping: Promise<void> | undefined
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void (stopping ??= site.stop()))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new SettingsNotUsable(`WEB_PORT: port ${settings.port} is in use. Stop what uses it, or choose another.`)
  }
}

start().catch((error: unknown) => {
  process.stderr.write(`${error instanceof SettingsNotUsable ? error.message : String((error as Error).stack)}\n`)
  process.exitCode = 1
})
