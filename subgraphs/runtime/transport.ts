import type { ExecutionResult } from 'graphql'
import type { Viewer } from './viewer.ts'

export interface SubgraphCall {
  readonly query: string
  readonly variables?: Record<string, unknown>
  readonly operationName?: string
  readonly viewer: Viewer
  readonly requestId: string
  readonly signal?: AbortSignal
}

/** How a subgraph is asked: the same in one process (a function) and between machines (HTTP with a token). */
export type SubgraphTransport = (call: SubgraphCall) => Promise<ExecutionResult>
