import { readEnvironment as readFeedsEnvironment } from '../feeds/environment.ts'
import { startFeeds } from '../feeds/main.ts'
import { readEnvironment as readGatewayEnvironment } from '../gateway/environment.ts'
import type { Demonstration } from '../gateway/main.ts'
import { messagesExtra, readMessagesSettings } from '../subgraphs/messages/main.ts'
import { systemClock } from '../subgraphs/runtime/clock.ts'
import { readTrust } from '../subgraphs/runtime/trust.ts'
import { readEnvironment as readSiteEnvironment, startSite } from '../web/main.ts'
import type { MachineSettings } from './environment.ts'
import { startGraph } from './graph.ts'
import type { partsEnvironment } from './parts-environment.ts'
import type { Secrets } from './secrets.ts'

/** Something that runs until it is stopped. */
export interface Running {
  stop(): Promise<void>
}

/** Starts the graph, the feeds and the site in this process. What is started is stopped again when a later part cannot start. */
export async function startInOneProcess(
  machine: MachineSettings,
  secrets: Secrets,
  parts: ReturnType<typeof partsEnvironment>,
  demonstration: Demonstration | undefined,
): Promise<Running> {
  const profile = readTrust(machine.trustProfile)
  const quiet = machine.quietHours ?? (machine.production ? 'on' : 'off')
  const trust = quiet === 'off' ? { ...profile, quietHours: null } : profile
  const { limits, ...gateway } = readGatewayEnvironment({ ...process.env, ...parts.gateway })
  const site = readSiteEnvironment({ ...process.env, ...parts.web })
  const feeds = readFeedsEnvironment({ ...process.env, ...parts.feeds })
  const messages = messagesExtra(readMessagesSettings({ ...process.env, ...parts.messages }), trust)
  const started: Running[] = []
  const stop = async () => {
    for (const part of started.reverse()) await part.stop()
  }
  try {
    const { dataDir, databaseUrl, logLevel, production, host, ports } = machine
    const graph = {
      dataDir,
      databaseUrl,
      logLevel,
      production,
      host,
      port: ports.graph,
      trust,
      secrets,
      messages,
      clock: systemClock,
    }
    const sandbox = gateway.sandbox !== undefined && { sandbox: gateway.sandbox }
    started.push(
      await startGraph({
        ...graph,
        ...sandbox,
        isDemonstration: !production,
        ...(limits && { limits }),
        ...(demonstration && { demonstration }),
      }),
    )
    started.push(await startFeeds(feeds))
    started.push(await startSite(site))
    return { stop }
  } catch (error) {
    await stop()
    throw error
  }
}
