import { createHash, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway'
import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'
import type { Viewer } from '../../gateway/main.ts'
import { builtToken } from '../built.ts'

/**
 * What somebody gets who puts @apollo/gateway in @apollo/server in front of these subgraphs and changes nothing: it adds
 * the token that a subgraph demands, and asks whose session it is, since otherwise nothing would be answered.
 */
const settings = JSON.parse(process.argv[2] ?? '') as StockSettings
export interface StockSettings {
  readonly port: number
  readonly subgraphs: Record<string, { readonly url: string; readonly key: string }>
}

const { subgraphToken } = await builtToken()
interface Asking {
  viewer: Viewer
}

function authorization(name: string, viewer: Viewer, body: string): string {
  const key = Buffer.from(settings.subgraphs[name]?.key ?? '', 'base64url')
  return `Bearer ${subgraphToken(key, name, viewer, body)}`
}

class WithToken extends RemoteGraphQLDataSource<Asking> {
  readonly #name: string

  constructor(name: string) {
    super({ url: settings.subgraphs[name]?.url ?? '' })
    this.#name = name
  }

  override willSendRequest({
    request,
    context,
  }: Parameters<NonNullable<RemoteGraphQLDataSource<Asking>['willSendRequest']>>[0]) {
    const { http, query, ...rest } = request
    // While it starts there is nobody yet, and nothing is asked.
    http?.headers.set(
      'authorization',
      authorization(this.#name, (context as Asking).viewer, JSON.stringify({ query, ...rest })),
    )
  }
}

const nobody = { patientIds: [], scopes: [] }
const anonymous: Viewer = { role: 'ANONYMOUS', actorId: 'anonymous', ...nobody }
const viewerOf =
  'query ViewerOf($tokenHash: ID!) { viewerOf(tokenHash: $tokenHash) { role actorId patientIds sessionId scopes } }'

async function whoIsAsking(header: string | undefined): Promise<Viewer> {
  if (header === undefined) return anonymous
  const tokenHash = createHash('sha256')
    .update(header.replace(/^Bearer /, ''))
    .digest('base64url')
  const body = JSON.stringify({ query: viewerOf, variables: { tokenHash } })
  const gateway: Viewer = { role: 'GATEWAY', actorId: 'gateway', ...nobody }
  const response = await fetch(settings.subgraphs['patients']?.url ?? '', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: authorization('patients', gateway, body),
      'x-request-id': randomUUID(),
    },
    body,
  })
  const { data } = (await response.json()) as { data: { viewerOf: Viewer } }
  return data.viewerOf
}

const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8'),
  buildService: ({ name }) => new WithToken(name),
})
const server = new ApolloServer<Asking>({ gateway })
await startStandaloneServer(server, {
  listen: { host: '127.0.0.1', port: settings.port },
  context: async ({ req }) => ({ viewer: await whoIsAsking(req.headers.authorization) }),
})
