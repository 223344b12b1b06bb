import { print } from 'graphql'
import type { Demonstration, Gateway, Limits, SubgraphTransport as SubgraphWay } from '../gateway/main.ts'
import { createLog } from '../gateway/log.ts'
import { startGateway } from '../gateway/main.ts'
import { PatientKeys } from '../subgraphs/patients/keys.ts'
import type { Clock } from '../subgraphs/runtime/clock.ts'
import { dataOf } from '../subgraphs/runtime/graph-over-http.ts'
import { openLog } from '../subgraphs/runtime/log.ts'
import type { Graph } from '../subgraphs/runtime/reaction.ts'
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
  readonly logLevel: string
  readonly isDemonstration: boolean
  /** What `messages` needs beside the rest: how texts and e-mails go out, and where their links lead. */
  readonly messages: Record<string, unknown>
  readonly demonstration?: Demonstration
  readonly limits?: Partial<Limits>
  readonly sandbox?: boolean
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
  const { clock, trust, secrets, dataDir, databaseUrl, logLevel } = settings
  const running = new Map<string, Subgraph>()
  let gateway: Gateway | undefined
  const transport =
    (name: string): SubgraphTransport =>
    async (call) => {
      const subgraph = running.get(name)
      if (!subgraph) throw new Error(`${name} is not running yet`)
      return subgraph.execute(call)
    }
  const graphFor = (name: string): Graph => ({
    async ask(document, variables) {
      if (!gateway) return dataOf(undefinedYet)
      const viewer = systemViewer(name)
      return dataOf(
        await gateway.execute({ query: print(document), variables: variables as Record<string, unknown>, viewer }),
      )
    },
  })
  const extras: Record<string, Record<string, unknown>> = {
    patients: {
      keys: new PatientKeys(Buffer.from(secrets.PATIENTS_KEY, 'base64url')),
      demonstration: settings.isDemonstration,
    },
    messages: settings.messages,
  }
  const transports = Object.fromEntries(definitions.map(({ name }) => [name, transport(name)]))
  await Promise.all(
    definitions.map(async (definition) => {
      const { name } = definition
      const subgraph = await startSubgraph(definition, {
        database: { folder: dataDir, ...(databaseUrl && { url: databaseUrl }) },
        clock,
        trust,
        log: openLog(name, logLevel),
        graph: graphFor(name),
        subscribers: transports,
        extra: extras[name] ?? {},
      })
      running.set(name, subgraph)
    }),
  )
  gateway = await startGateway({
    host: settings.host,
    port: settings.port,
    production: settings.production,
    // The roles of both ends are the same words; one end has them as an enum.
    subgraphs: transports as Record<string, SubgraphWay>,
    systemClients: systemClients(secrets),
    webSigningKey: secrets.WEB_SIGNING_KEY,
    log: createLog(logLevel),
    ...(settings.demonstration && { demonstration: settings.demonstration }),
    ...(settings.limits && { limits: settings.limits }),
    ...(settings.sandbox !== undefined && { sandbox: settings.sandbox }),
  })
  return {
    gateway,
    subgraphs: running,
    async settle() {
      // What one does may give another something to do: twice around is as far as it goes today, once more proves it.
      for (let round = 0; round < 3; round += 1) for (const subgraph of running.values()) await subgraph.settle()
    },
    async stop() {
      await gateway.stop()
      await Promise.all([...running.values()].map((it) => it.stop()))
    },
  }
}

const undefinedYet = { errors: [{ message: 'starting', extensions: { code: 'UNAVAILABLE' } }] }
