import type { ArrivalLimits } from './arrivals.ts'
import type { Log } from './log.ts'
import type { Demonstration } from './demonstration.ts'
import type { LoadLimits } from './overload.ts'
import type { SubgraphAddress, SubgraphTransport } from './subgraph.ts'
import type { SystemClient } from './system-clients.ts'

/** How much one gateway takes on, and how long anything may last. */
export interface Limits extends LoadLimits, ArrivalLimits {
  /** From the last byte of the request to the answer; after it 504. */
  timeLimitMs: number
  /** One question to one subgraph; after it the answer has a gap. */
  subgraphTimeLimitMs: number
  bodyBytes: number
  /** Of a system client that proved itself before a byte of it was read: it may bring a PDF of 20 MB, as base64. */
  systemBodyBytes: number
  /** For a request to arrive whole. */
  arrivalMs: number
}

export const defaultLimits: Limits = {
  inFlight: 200,
  arriving: 1_000,
  arrivingFromAddress: 100,
  ratePerSecond: 60,
  timeLimitMs: 9_000,
  subgraphTimeLimitMs: 8_000,
  bodyBytes: 100 * 1024,
  systemBodyBytes: 30 * 1024 * 1024,
  arrivalMs: 10_000,
}

/** Everything a gateway is told. What is left out is read from `schema/` or has the default beside it. */
export interface GatewaySettings {
  host?: string
  /** 0 takes any free port: the gateway says which. */
  port: number
  /** Only known operations for those outside, no introspection, no sandbox. */
  production: boolean
  /** The way to each subgraph: a function in this process, or an address and a key. */
  subgraphs: Record<string, SubgraphTransport | SubgraphAddress>
  systemClients?: readonly SystemClient[]
  /** Key of the site for `x-client-address` (base64url). Without it the header is never believed. */
  webSigningKey?: string
  /** How many proxies of ours stand before the door; none by default. Each adds to X-Forwarded-For. */
  proxyHops?: number
  /** Our address as partners know it, without a path: the issuer of their tokens. By default where we listen. */
  publicUrl?: string
  /** The hosts at which partners may have their public keys; none by default. */
  partnerKeyHosts?: readonly string[]
  /** The text of the supergraph, instead of `schema/supergraph.graphql`. */
  supergraph?: string
  /** The known operations as JSON, instead of `schema/operations.json`. */
  operations?: string
  /** Whether the sandbox is served; by default outside production only. */
  sandbox?: boolean
  demonstration?: Demonstration
  limits?: Partial<Limits>
  log?: Log
}
