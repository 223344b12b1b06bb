import type { ApolloServer } from '@apollo/server'
import type { FormattedExecutionResult } from 'graphql'
import { randomUUID } from 'node:crypto'
import type { Inquiry } from './inquiry.ts'
import type { KnownOperations } from './known-operations.ts'
import type { Log } from './log.ts'
import { operationText } from './operation-text.ts'
import { fromExecution } from './public-error.ts'
import type { Overload } from './overload.ts'
import { stopping } from './problem.ts'
import type { Limits } from './settings.ts'
import { withinTime } from './time-limit.ts'
import type { Viewer } from './viewer.ts'

/** A question to the graph from a part that runs in the same process. */
export interface GatewayCall {
  query: string
  variables?: Record<string, unknown>
  operationName?: string
  /** The caller vouches for it: give a system viewer of your own, never one read from outside. */
  viewer: Viewer
  requestId?: string
  signal?: AbortSignal
}

interface InProcessParts {
  graph: ApolloServer<Inquiry>
  known: KnownOperations
  production: boolean
  limits: Limits
  overload: Overload
  isStopping: () => boolean
  log: Log
}

/** The same rules and limits as over HTTP, without the bytes in between. */
export function inProcess({ graph, known, production, limits, overload, isStopping, log }: InProcessParts) {
  return async (call: GatewayCall): Promise<FormattedExecutionResult> => {
    const { viewer, variables, operationName, requestId = randomUUID() } = call
    const started = performance.now()
    const record: Inquiry['record'] = { role: viewer.role }
    let leave = () => {}
    try {
      if (isStopping()) throw stopping()
      leave = overload.enter({ counted: false })
      const query = operationText(known, { knownOnly: production, role: viewer.role }, call)
      const request = { query, ...(variables ? { variables } : {}), ...(operationName ? { operationName } : {}) }
      const execute = async (signal: AbortSignal) => {
        const { body } = await graph.executeOperation(request, { contextValue: { viewer, requestId, signal, record } })
        return body.kind === 'single' ? body.singleResult : body.initialResult
      }
      return await withinTime(limits.timeLimitMs, execute, call.signal)
    } catch (error) {
      return { errors: [fromExecution(error, log, requestId).toJSON()] }
    } finally {
      leave()
      log.info({ requestId, ms: Math.round(performance.now() - started), ...record }, 'request in process')
    }
  }
}
