import type { ApolloServer } from '@apollo/server'
import type { FormattedExecutionResult } from 'graphql'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Arrivals } from './arrivals.ts'
import { createDoor } from './door.ts'
import { federate } from './federation.ts'
import { readFieldRules } from './field-rules.ts'
import { graphEndpoint } from './graph-endpoint.ts'
import { startGraph } from './graph.ts'
import type { Inquiry } from './inquiry.ts'
import { inProcess } from './in-process.ts'
import type { GatewayCall } from './in-process.ts'
import { createLog, faultOf } from './log.ts'
import { Overload } from './overload.ts'
import { readiness } from './readiness.ts'
import { partnerSystems, partnerTokens, tokenProblemReply } from './oauth/partner-tokens.ts'
import { rehearse } from './rehearsal.ts'
import { json } from './reply.ts'
import { sandbox } from './sandbox.ts'
import { knownOperations, supergraphText } from './schema-files.ts'
import { defaultLimits } from './settings.ts'
import type { GatewaySettings } from './settings.ts'
import { overHttp } from './subgraph-over-http.ts'
import type { Subgraph } from './subgraph.ts'
import { systemClientCheck } from './system-clients.ts'

export { createLog } from './log.ts'
export type { Demonstration } from './demonstration.ts'
export type { GatewayCall } from './in-process.ts'
export type { GatewaySettings, Limits } from './settings.ts'
export type { SubgraphAddress, SubgraphCall, SubgraphTransport } from './subgraph.ts'
export type { SystemClient } from './system-clients.ts'
export type { Role, Viewer } from './viewer.ts'

export interface Gateway {
  /** Where it listens: `http://host:port`. The graph is at `/graphql`. */
  url: string
  /** Asks the graph from this process, under the same rules, for a viewer the caller vouches for. */
  execute(call: GatewayCall): Promise<FormattedExecutionResult>
  /** Finishes what runs, refuses what comes, then closes. */
  stop(): Promise<void>
}

const LAST_ANSWERS_MS = 1_000

/** Opens the one door to the graph. */
export async function startGateway(settings: GatewaySettings): Promise<Gateway> {
  let isStopping = false
  let url = ''
  const parts = { ...(await assemble(settings)), isStopping: () => isStopping }
  const { graph, schema, subgraphs, known, overload, limits, log } = parts
  const forPartners = partnerEndpoints(settings, parts, () => url)
  const door = createDoor({
    endpoints: {
      '/graphql': graphEndpoint(parts),
      '/health': () => json(200, { alive: true }),
      '/ready': readiness([...subgraphs.values()], parts.isStopping),
      ...forPartners,
      ...sandboxEndpoints(settings),
    },
    tellProblem: Object.fromEntries(Object.keys(forPartners).map((path) => [path, tokenProblemReply])),
    answerToTheEnd: ['/health', '/ready'],
    isStopping: parts.isStopping,
    arrivalMs: limits.arrivalMs,
    log,
  })
  url = await listen(door, settings.host ?? '127.0.0.1', settings.port)
  rehearse(graph, schema, known.documents, parts.isStopping).catch((error: unknown) =>
    log.warn(faultOf(error), 'the known operations were not all planned beforehand'),
  )
  const stop = async () => {
    if (isStopping) return
    isStopping = true
    await overload.idle()
    await close(door, graph, subgraphs)
  }
  return { url, execute: inProcess(parts), stop }
}

/** What the settings make: the ways to the subgraphs, the graph over them, and the rules at the door. */
async function assemble(settings: GatewaySettings) {
  const { production, systemClients = [], webSigningKey: key, partnerKeyHosts: hosts = [] } = settings
  const { log = createLog('info') } = settings
  const limits = { ...defaultLimits, ...settings.limits }
  const subgraphs = waysTo(settings.subgraphs)
  const patients = subgraphs.get('patients')
  if (!patients)
    throw new Error('The gateway needs a way to the subgraph "patients": it knows whose session a token is')
  const supergraph = supergraphText(settings.supergraph)
  const known = knownOperations(settings.operations, production)
  const federation = federate(supergraph, subgraphs, limits.subgraphTimeLimitMs, log)
  const { graph, schema } = await startGraph(federation, readFieldRules(supergraph), production, log)
  return {
    graph,
    schema,
    subgraphs,
    patients,
    known,
    limits,
    production,
    log,
    arrivals: new Arrivals(limits),
    overload: new Overload(limits),
    proxyHops: settings.proxyHops ?? 0,
    ...partnerSystems(patients.ask, { hosts, production }, log),
    systemClient: systemClientCheck(systemClients),
    webSigningKey: key === undefined ? undefined : Buffer.from(key, 'base64url'),
  }
}

function waysTo(given: GatewaySettings['subgraphs']): Map<string, Subgraph> {
  const ways = Object.entries(given).map(([name, way]): [string, Subgraph] => [
    name,
    typeof way === 'function' ? { name, ask: way, close: async () => {} } : overHttp(name, way),
  ])
  return new Map(ways)
}

/** The issuer of tokens is where partners find us: known, unless it is a setting, once the door is open. */
function partnerEndpoints(
  { publicUrl }: GatewaySettings,
  { limits, ...parts }: Awaited<ReturnType<typeof assemble>> & { isStopping: () => boolean },
  whereWeListen: () => string,
) {
  return partnerTokens({
    ...parts,
    ...limits,
    issuer: () => publicUrl ?? whereWeListen(),
  })
}

function sandboxEndpoints({ sandbox: wanted, production, demonstration }: GatewaySettings) {
  if (!(wanted ?? !production)) return {}
  const endpoint = sandbox(production ? undefined : demonstration)
  return { '/sandbox': endpoint, '/sandbox/': endpoint }
}

async function listen(door: Server, host: string, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    door.once('error', ({ code, message }: NodeJS.ErrnoException) =>
      reject(
        new Error(code === 'EADDRINUSE' ? `port ${port} is in use: stop what uses it, or set GRAPH_PORT` : message),
      ),
    )
    // A burst of callers waits in line instead of being reset.
    door.listen({ port, host, backlog: 4096 }, resolve)
  })
  return `http://${host.includes(':') ? `[${host}]` : host}:${(door.address() as AddressInfo).port}`
}

async function close(door: Server, graph: ApolloServer<Inquiry>, subgraphs: Map<string, Subgraph>): Promise<void> {
  const closed = new Promise((resolve) => door.close(resolve))
  // Answers on their way get out; somebody who never finishes sending is not waited for.
  const cutOff = setTimeout(() => door.closeAllConnections(), LAST_ANSWERS_MS)
  await closed
  clearTimeout(cutOff)
  await graph.stop()
  await Promise.all([...subgraphs.values()].map((it) => it.close()))
}
