import type { ExecutionResult } from 'graphql'
import type { Viewer } from './viewer.ts'

/** One question to a subgraph, for one viewer. */
export interface SubgraphCall {
  query: string
  variables?: Record<string, unknown>
  operationName?: string
  viewer: Viewer
  requestId: string
  signal?: AbortSignal
}

/** Answers a question: a subgraph in this process, or the way to one in another. */
export type SubgraphTransport = (call: SubgraphCall) => Promise<ExecutionResult>

/** A subgraph in another process: where it listens, and the key it shares with the gateway (32 bytes, base64url). */
export interface SubgraphAddress {
  url: string
  key: string
}

/** A way to one subgraph, and how to let go of it. */
export interface Subgraph {
  name: string
  ask: SubgraphTransport
  close(): Promise<void>
}
