import { EnvironmentFaults, readEnvironment } from './environment.ts'
import { createLog } from './log.ts'
import { startGateway } from './main.ts'

/** The gateway as a process of its own, its subgraphs behind HTTP. */
async function start(): Promise<void> {
  const { logLevel, ...settings } = readEnvironment()
  const log = createLog(logLevel)
  const gateway = await startGateway({ ...settings, log })
  log.info({ url: gateway.url }, 'the gateway listens')
  let stopping: Promise<void> | undefined
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // A terminal may send both, or one twice: the second must not cut off what the first lets finish.
    process.on(signal, () => void (stopping ??= gateway.stop().then(() => process.exit(0))))
  }
}

start().catch((error: unknown) => {
  const faults = error instanceof EnvironmentFaults || error instanceof Error ? error.message : String(error)
  process.stderr.write(`${faults}\n`)
  process.exit(1)
})
