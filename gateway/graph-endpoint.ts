import type { ApolloServer, HTTPGraphQLResponse } from '@apollo/server'
import { HeaderMap } from '@apollo/server'
import type { IncomingMessage } from 'node:http'
import type { Arrivals } from './arrivals.ts'
import { clientAddress } from './client-address.ts'
import type { Inquiry } from './inquiry.ts'
import type { KnownOperations } from './known-operations.ts'
import type { Log } from './log.ts'
import type { KeysInUse } from './oauth/keys-in-use.ts'
import { operationText } from './operation-text.ts'
import type { Overload } from './overload.ts'
import { badInput, stopping } from './problem.ts'
import { json } from './reply.ts'
import type { Endpoint, Reply } from './reply.ts'
import { readJson, requestIn } from './request-body.ts'
import type { Limits } from './settings.ts'
import type { Subgraph } from './subgraph.ts'
import { withinTime } from './time-limit.ts'
import type { Viewer } from './viewer.ts'
import { clientIdOf, readCredentials, whoIsAsking } from './who-is-asking.ts'

/** What the endpoint of the graph works with. */
export interface GraphEndpointParts {
  graph: ApolloServer<Inquiry>
  known: KnownOperations
  patients: Subgraph
  keysInUse: KeysInUse
  systemClient: (token: string) => Viewer | undefined
  webSigningKey: Buffer | undefined
  proxyHops: number
  arrivals: Arrivals
  overload: Overload
  limits: Limits
  production: boolean
  isStopping: () => boolean
  log: Log
}

/** POST /graphql: may it come in, what is asked, who asks, and the answer in time. */
export function graphEndpoint(parts: GraphEndpointParts): Endpoint {
  const { arrivals, overload, limits, systemClient } = parts
  return async (request, visit) => {
    if (request.method !== 'POST') return onlyPost
    const credentials = readCredentials(request.headers.authorization, systemClient)
    const address = addressOf(request, visit.requestId, parts)
    const bytes = await (credentials.system
      ? readJson(request, limits.systemBodyBytes)
      : arrivals.read(address, (signal) => readJson(request, limits.bodyBytes, signal)))
    if (parts.isStopping()) throw stopping()
    const leave = overload.enter({ counted: !credentials.system })
    try {
      const body = requestIn(bytes)
      return await withinTime(limits.timeLimitMs, async (signal) => {
        const { viewer, operationHashes } = await whoIsAsking(
          credentials,
          { patients: parts.patients.ask, keysInUse: parts.keysInUse },
          { ...visit, request, signal, clientAddress: address },
          parts.log,
        )
        visit.record.role = viewer.role
        if (viewer.role === 'PARTNER') visit.record.partner = clientIdOf(viewer)
        const query = operationText(
          parts.known,
          { knownOnly: parts.production, role: viewer.role, operationHashes },
          body,
        )
        const { extensions: _, ...rest } = body
        return asReply(await execute(parts.graph, request, { ...rest, query }, { viewer, signal, ...visit }))
      })
    } finally {
      leave()
    }
  }
}

const onlyPost = json(
  405,
  {
    errors: [
      {
        message: 'Ask with POST. People explore the graph at /sandbox, where it is open.',
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ],
  },
  { allow: 'POST' },
)

function addressOf(
  request: IncomingMessage,
  requestId: string,
  { webSigningKey, proxyHops, log }: GraphEndpointParts,
): string {
  const { address, disbelieved } = clientAddress(request, webSigningKey, proxyHops)
  if (disbelieved) log.warn({ requestId, disbelieved }, 'x-client-address was not believed')
  return address
}

function execute(graph: ApolloServer<Inquiry>, request: IncomingMessage, body: object, inquiry: Inquiry) {
  const headers = new HeaderMap([['content-type', 'application/json']])
  if (request.headers.accept) headers.set('accept', request.headers.accept)
  return graph.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: 'POST', headers, body, search: '' },
    context: async () => inquiry,
  })
}

function asReply({ status, headers, body }: HTTPGraphQLResponse): Reply {
  // Only @defer answers in pieces, and the schema has no such directive.
  if (body.kind !== 'complete') throw badInput('Answers in pieces are not given.')
  return { status: status ?? 200, body: body.string, headers: Object.fromEntries(headers) }
}
