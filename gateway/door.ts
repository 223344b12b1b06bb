import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { fromExecution } from './public-error.ts'
import type { Log } from './log.ts'
import { badInput, stopping } from './problem.ts'
import type { Problem } from './problem.ts'
import { problemReply, send } from './reply.ts'
import type { Endpoint, Reply, Visit } from './reply.ts'
import { requestIdOf } from './request-id.ts'

/** Longer than balancers and clients keep a connection: whoever closes first must not be the one that is sent to. */
const KEEP_ALIVE_MS = 65_000

export interface DoorParts {
  /** What stands behind each path; a path that ends in / stands for everything below it. */
  endpoints: Readonly<Record<string, Endpoint>>
  /** Paths that still answer while the gateway stops. */
  answerToTheEnd: readonly string[]
  /** How a problem is told at a path, where it is not told as a graph tells it. */
  tellProblem?: Readonly<Record<string, (problem: Problem) => Reply>>
  isStopping: () => boolean
  arrivalMs: number
  log: Log
}

/** The one HTTP server of the graph. A sender who dawdles over headers or body is cut off. */
export function createDoor(parts: DoorParts): Server {
  const { arrivalMs } = parts
  return createServer(
    {
      requestTimeout: arrivalMs,
      connectionsCheckingInterval: Math.min(1_000, arrivalMs),
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    (request, response) => void visit(request, response, parts),
  )
}

async function visit(request: IncomingMessage, response: ServerResponse, parts: DoorParts): Promise<void> {
  const started = performance.now()
  const current: Visit = { requestId: requestIdOf(request.headers['x-request-id']), record: {} }
  const [pathname = '/'] = (request.url ?? '/').split('?', 1)
  const path = Object.keys(parts.endpoints).find((it) => (it.endsWith('/') ? pathname.startsWith(it) : pathname === it))
  response.setHeader('x-request-id', current.requestId)
  response.on('close', () => {
    const { method } = request
    const status = response.writableFinished ? response.statusCode : 499
    const ms = Math.round(performance.now() - started)
    // An unknown path may quote anything, somebody's name included.
    parts.log.info(
      { method, path: path ?? 'unknown', status, ms, requestId: current.requestId, ...current.record },
      'request',
    )
  })
  const reply = await answer(request, current, path, parts)
  // Of whom it is too slow, nothing more is waited for.
  if (parts.isStopping() || reply.status === 408) response.setHeader('connection', 'close')
  if (!response.destroyed) send(response, reply)
}

async function answer(
  request: IncomingMessage,
  current: Visit,
  path: string | undefined,
  parts: DoorParts,
): Promise<Reply> {
  try {
    const endpoint = path === undefined ? undefined : parts.endpoints[path]
    if (path === undefined || !endpoint) throw badInput('There is nothing here. The graph is at /graphql.', 404)
    if (parts.isStopping() && !parts.answerToTheEnd.includes(path)) throw stopping()
    return await endpoint(request, current)
  } catch (error) {
    const tell = parts.tellProblem?.[path ?? ''] ?? problemReply
    return tell(fromExecution(error, parts.log, current.requestId))
  }
}
