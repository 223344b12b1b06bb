import { setImmediate } from 'node:timers/promises'
import { print } from 'graphql'
import {
  createLog,
  type Demonstration,
  type Gateway,
  type GatewaySettings,
  type Limits,
  startGateway,
  type SubgraphTransport as SubgraphWay,
} from '../gateway/main.ts'
import { type DocumentsSettings, documentsExtra } from '../subgraphs/documents/main.ts'
import { patientsExtra } from '../subgraphs/patients/main.ts'
import type { Clock } from '../subgraphs/runtime/clock.ts'
import { dataOf } from '../subgraphs/runtime/graph-over-http.ts'
import { type Log, openLog } from '../subgraphs/runtime/log.ts'
import type { Graph } from '../subgraphs/runtime/reaction.ts'
import { purposeOf } from '../subgraphs/runtime/purpose.ts'
import { startSubgraph, type Subgraph } from '../subgraphs/runtime/subgraph.ts'
import type { SubgraphTransport } from '../subgraphs/runtime/transport.ts'
import type { Trust } from '../subgraphs/runtime/trust.ts'
import { systemViewer } from '../subgraphs/runtime/viewer.ts'
import type { Secrets } from './secrets.ts'
import { subgraphs as definitions } from './subgraphs.ts'
import { systemClients } from './system-clients.ts'

export interface GraphSettings {
  readonly host: string
  readonly port: number
  readonly production: boolean
  /** Where the SQLite files are; `:memory:` for a graph that ends with the process. */
  readonly dataDir: string
  readonly databaseUrl?: string | undefined
  readonly clock: Clock
  readonly trust: Trust
  readonly secrets: Secrets
  /** The values AUDIT_KEY had before, the newest first. */
  readonly formerAuditKeys?: readonly string[]
  readonly logLevel: string
  /** Where each part writes what happens, instead of standard output. */
  readonly openLog?: (part: string) => Log
  readonly isDemonstration: boolean
  /** What `messages` needs beside the rest: how texts and e-mails go out, and where their links lead. */
  readonly messages: Record<string, unknown>
  /** The hospitals whose records are shown too; none when left out. */
  readonly partners?: DocumentsSettings['partners']
  /** The hosts from which the keys of partner organisations may be fetched; none when left out. */
  readonly partnerKeyHosts?: readonly string[]
  readonly demonstration?: Demonstration
  readonly limits?: Partial<Limits>
  readonly sandbox?: boolean
  /** How the gateway is reached from outside, where that is not where it listens. */
  readonly outside?: Pick<GatewaySettings, 'publicUrl' | 'proxyHops'>
}

/** The gateway and every subgraph, in this process. */
export interface RunningGraph {
  readonly gateway: Gateway
  readonly subgraphs: ReadonlyMap<string, Subgraph>
  /** Delivers every event and does every chore that is due, until there is none: for loading, and for tests. */
  settle(): Promise<void>
  stop(): Promise<void>
}

/** Starts the subgraphs and the gateway in this process, joined by functions instead of HTTP. */
export async function startGraph(settings: GraphSettings): Promise<RunningGraph> {
  const parts = new Parts()
  await Promise.all(
    definitions.map(async (it) => parts.add(await startSubgraph(it, subgraphSettings(it.name, settings, parts)))),
  )
  const { host, port, production, secrets, logLevel, demonstration, limits, sandbox } = settings
  const gateway = await startGateway({
    host,
    port,
    production,
    // The roles of both ends are the same words; one end has them as an enum.
    subgraphs: parts.transports as Record<string, SubgraphWay>,
    systemClients: systemClients(secrets),
    webSigningKey: secrets.WEB_SIGNING_KEY,
    log: settings.openLog?.('gateway') ?? createLog(logLevel),
    ...(demonstration && { demonstration }),
    ...(limits && { limits }),
    ...(sandbox !== undefined && { sandbox }),
    ...(settings.partnerKeyHosts && { partnerKeyHosts: settings.partnerKeyHosts }),
    ...settings.outside,
  })
  parts.gateway = gateway
  return {
    gateway,
    subgraphs: parts.running,
    settle: () => parts.settle(),
    async stop() {
      await gateway.stop()
      await Promise.all([...parts.running.values()].map((it) => it.stop()))
    },
  }
}

function subgraphSettings(name: string, settings: GraphSettings, parts: Parts) {
  const { clock, trust, secrets, dataDir, databaseUrl, logLevel, isDemonstration } = settings
  const { partners = [], partnerKeyHosts = [], formerAuditKeys = [], production } = settings
  const documentsKey = Buffer.from(secrets.DOCUMENTS_KEY, 'base64url')
  const extras: Record<string, Record<string, unknown>> = {
    patients: patientsExtra({ key: secrets.PATIENTS_KEY, demonstration: isDemonstration, partnerKeyHosts }),
    documents: documentsExtra({ documentsKey, partners }, trust),
    messages: settings.messages,
  }
  return {
    database: { folder: dataDir, ...(databaseUrl && { url: databaseUrl }) },
    clock,
    trust,
    log: settings.openLog?.(name) ?? openLog(name, logLevel),
    graph: parts.graphFor(name),
    sharingKey: Buffer.from(secrets.SHARING_KEY, 'base64url'),
    auditKey: Buffer.from(secrets.AUDIT_KEY, 'base64url'),
    formerAuditKeys: formerAuditKeys.map((it) => Buffer.from(it, 'base64url')),
    purpose: purposeOf(production, isDemonstration),
    subscribers: parts.transports,
    extra: extras[name] ?? {},
  }
}

/** The parts of a graph that need each other before all of them run. */
class Parts {
  readonly running = new Map<string, Subgraph>()
  gateway: Gateway | undefined
  readonly transports = Object.fromEntries(definitions.map(({ name }) => [name, this.#transport(name)]))

  add(subgraph: Subgraph): void {
    this.running.set(subgraph.name, subgraph)
  }

  graphFor(name: string): Graph {
    const viewer = systemViewer(name)
    return {
      ask: async (document, variables) => {
        if (!this.gateway) throw new Error('the gateway is not running yet')
        return dataOf(
          await this.gateway.execute({
            query: print(document),
            variables: { ...variables } as Record<string, unknown>,
            viewer,
          }),
        )
      },
    }
  }

  async settle(): Promise<void> {
    // What one does may give another something to do: twice around is as far as it goes, once more proves it.
    for (let round = 0; round < 3; round += 1) {
      for (const subgraph of this.running.values()) await subgraph.settle()
      // What somebody else has under way, such as a text being handed over, needs its turn.
      await setImmediate()
    }
  }

  #transport(name: string): SubgraphTransport {
    return async (call) => {
      const subgraph = this.running.get(name)
      if (!subgraph) throw new Error(`${name} is not running yet`)
      return subgraph.execute(call)
    }
  }
}
