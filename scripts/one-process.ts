import { readEnvironment as readFeedsEnvironment } from '../feeds/environment.ts'
import { startFeeds } from '../feeds/main.ts'
import { readEnvironment as readGatewayEnvironment } from '../gateway/environment.ts'
import type { Demonstration } from '../gateway/main.ts'
import { readDocumentsSettings } from '../subgraphs/documents/main.ts'
import { messagesExtra, readMessagesSettings } from '../subgraphs/messages/main.ts'
import { systemClock } from '../subgraphs/runtime/clock.ts'
import { readTrust } from '../subgraphs/runtime/trust.ts'
import { readEnvironment as readSiteEnvironment, startSite } from '../web/main.ts'
import type { MachineSettings } from './environment.ts'
import { type GraphSettings, startGraph } from './graph.ts'
import type { partsEnvironment } from './parts-environment.ts'
import type { Secrets } from './secrets.ts'

/** Something that runs until it is stopped. */
export interface Running {
  stop(): Promise<void>
  /** Rejects when a part of it ends by itself. */
  readonly failed?: Promise<never>
}

type PartsEnvironment = ReturnType<typeof partsEnvironment>

/** Starts the graph, the feeds and the site in this process. When a later part cannot start, the earlier ones are stopped. */
export async function startInOneProcess(
  machine: MachineSettings,
  secrets: Secrets,
  parts: PartsEnvironment,
  demonstration: Demonstration | undefined,
): Promise<Running> {
  const graph = { ...graphSettings(machine, secrets, parts), ...(demonstration && { demonstration }) }
  const feeds = readFeedsEnvironment({ ...process.env, ...parts.feeds })
  const site = readSiteEnvironment({ ...process.env, ...parts.web })
  const started: Running[] = []
  const stop = async () => {
    for (const part of started.reverse()) await part.stop()
  }
  try {
    for (const start of [() => startGraph(graph), () => startFeeds(feeds), () => startSite(site)])
      started.push(await start())
    return { stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function graphSettings(machine: MachineSettings, secrets: Secrets, parts: PartsEnvironment): GraphSettings {
  const { production, host, ports, dataDir, databaseUrl, formerAuditKeys, logLevel } = machine
  const profile = readTrust(machine.trustProfile)
  const trust = machine.quietHours ? profile : { ...profile, quietHours: null }
  const gateway = readGatewayEnvironment({ ...process.env, ...parts.gateway })
  const { limits, sandbox, partnerKeyHosts, publicUrl, proxyHops } = gateway
  const messages = messagesExtra(readMessagesSettings({ ...process.env, ...parts.messages }), trust)
  const { partners } = readDocumentsSettings({ ...process.env, ...parts.documents })
  return {
    host,
    port: ports.graph,
    production,
    dataDir,
    databaseUrl,
    clock: systemClock,
    trust,
    secrets,
    formerAuditKeys,
    logLevel,
    isDemonstration: !production,
    messages: { ...messages },
    partners,
    ...(partnerKeyHosts && { partnerKeyHosts }),
    outside: { ...(publicUrl && { publicUrl }), ...(proxyHops && { proxyHops }) },
    ...(limits && { limits }),
    ...(sandbox !== undefined && { sandbox }),
  }
}
