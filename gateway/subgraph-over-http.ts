import { GraphQLError } from 'graphql'
import type { ExecutionResult } from 'graphql'
import { Pool } from 'undici'
import { z } from 'zod'
import type { Subgraph, SubgraphAddress, SubgraphCall } from './subgraph.ts'
import { subgraphToken } from './subgraph-token.ts'

/** An answer may hold a PDF of 20 MB, as base64. */
const MOST_BYTES = 30 * 1024 * 1024
const CONNECTIONS = 64

/** An answer with errors may come with one of these; anything else did not come from the subgraph's graph. */
const speakingStatuses = new Set([200, 400, 429])

const answer = z
  .object({
    data: z.record(z.string(), z.unknown()).nullish(),
    errors: z
      .array(
        z.object({
          message: z.string(),
          path: z.array(z.union([z.string(), z.number()])).optional(),
          extensions: z.record(z.string(), z.unknown()).optional(),
        }),
      )
      .optional(),
  })
  .refine(({ data, errors }) => data !== undefined || errors?.length)

/** The subgraph did not answer with a GraphQL result. Names neither host nor port: it may end in a log. */
export class NoAnswer extends Error {
  readonly code: string

  constructor(code: string) {
    super('The subgraph gave no answer')
    this.name = 'NoAnswer'
    this.code = code
  }
}

/** A subgraph in another process, over kept-alive connections, each call with its own token. */
export function overHttp(name: string, { url, key }: SubgraphAddress): Subgraph {
  const { origin, pathname } = new URL(url)
  const secret = Buffer.from(key, 'base64url')
  const pool = new Pool(origin, { connections: CONNECTIONS, maxResponseSize: MOST_BYTES, connectTimeout: 2_000 })
  const path = pathname === '/' ? '/graphql' : pathname

  const ask = async (call: SubgraphCall): Promise<ExecutionResult> => {
    const { query, variables, operationName, viewer, requestId, signal } = call
    const body = JSON.stringify({ query, variables, operationName })
    const response = await pool.request({
      method: 'POST',
      path,
      body,
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${subgraphToken(secret, name, viewer, body)}`,
        'x-request-id': requestId,
      },
      ...(signal ? { signal } : {}),
    })
    const text = await response.body.text()
    if (!speakingStatuses.has(response.statusCode)) throw new NoAnswer(`HTTP_${response.statusCode}`)
    return read(text)
  }
  return { name, ask, close: () => pool.close() }
}

function read(text: string): ExecutionResult {
  try {
    const { data, errors } = answer.parse(JSON.parse(text))
    const thrown = errors?.map(({ message, path, extensions }) => new GraphQLError(message, { path, extensions }))
    return { ...(data === undefined ? {} : { data }), ...(thrown ? { errors: thrown } : {}) }
  } catch {
    throw new NoAnswer('NOT_A_RESULT')
  }
}
