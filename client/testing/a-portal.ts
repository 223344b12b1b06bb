import { generateKeyPairSync, type JsonWebKey, type KeyObject } from 'node:crypto'
import { createServer, IncomingMessage, type ServerResponse } from 'node:http'
import { Socket, type AddressInfo } from 'node:net'
import { createPortalClient, type PortalClientSettings } from '../partner.ts'
import { tokensByOidcProvider } from './tokens-by-oidc-provider.ts'

/** What somebody asked the graph. */
export interface Asked {
  token: string
  headers: IncomingMessage['headers']
  operationName: string
  variables: Record<string, unknown>
}

export type Answer = (asked: Asked, response: ServerResponse) => unknown

export interface APortal {
  url: string
  issuer: string
  /** Everything that was asked of the graph with a good token. */
  asked: Asked[]
  /** Every form that was sent for a token. */
  tokensAsked: URLSearchParams[]
  /** How the graph answers from now on: with these data, or as it likes. */
  answer: Answer
  /** Answers the question for a token in place of the provider, when it is given. */
  instead: ((response: ServerResponse) => unknown) | undefined
  /** Ends a token before its time. */
  end(token: string): Promise<void>
  client(settings?: Partial<PortalClientSettings>): ReturnType<typeof createPortalClient>
  stop(): void
}

export const keyId = 'key-1'
export const clientId = 'royal-free'
export const endUser = { id: 'a.kaur', role: 'Consultant' }

const pairs = {
  rsa: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ec: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  ed25519: () => generateKeyPairSync('ed25519'),
}

export interface APortalSettings {
  key?: keyof typeof pairs
  tokenSeconds?: number
}

/** A portal that anybody can run: oidc-provider as it comes, and a graph that says what the test wants. Its one client has a key of that kind. */
export async function aPortal({ key = 'ed25519', tokenSeconds = 300 }: APortalSettings = {}) {
  const { privateKey, publicKey } = pairs[key]()
  const server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: keyId } as JsonWebKey & { kty: string }
  const tokens = tokensByOidcProvider(issuer, [{ client_id: clientId, jwks: { keys: [jwk] } }], tokenSeconds)
  const pem = pemOf(privateKey)
  const portal: APortal & { privateKey: KeyObject; pem: string } = {
    url: `${issuer}/graphql`,
    issuer,
    asked: [],
    tokensAsked: [],
    answer: (_, response) => say(response, 200, { data: {} }),
    instead: undefined,
    end: tokens.end,
    client: (settings) =>
      createPortalClient({
        url: portal.url,
        clientId,
        privateKey: pem,
        keyId,
        endUser,
        retry: { firstPauseMs: 1 },
        ...settings,
      }),
    stop() {
      server.closeAllConnections()
      server.close()
    },
    privateKey,
    pem,
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/graphql') return graph(request, response)
    if (request.url !== '/oauth/token') return tokens.handle(request, response)
    const body = await textOf(request)
    portal.tokensAsked.push(new URLSearchParams(body))
    if (portal.instead) return void portal.instead(response)
    tokens.handle(again(request, body), response)
  }

  async function graph(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { operationName, variables } = JSON.parse(await textOf(request)) as Pick<Asked, 'operationName' | 'variables'>
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
    if ((await tokens.holderOf(token)) === undefined) return error(response, 'UNAUTHENTICATED', 401)
    const asked = { token, headers: request.headers, operationName, variables }
    portal.asked.push(asked)
    portal.answer(asked, response)
  }
  return portal
}

const pemOf = (key: KeyObject) => key.export({ format: 'pem', type: 'pkcs8' }).toString()

/** A request whose body was read, as if it had not been. */
function again({ method, url, headers }: IncomingMessage, body: string): IncomingMessage {
  const request = Object.assign(new IncomingMessage(new Socket()), { method, url, headers })
  request.push(body)
  request.push(null)
  return request
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

/** Answers with JSON, and a number for the request as the gateway gives one. */
export const say = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) =>
  void response
    .writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'request-1', ...headers })
    .end(JSON.stringify(body))

/** Answers with an error of the graph. */
export const error = (response: ServerResponse, code: string, status: number, extensions: object = {}) =>
  say(response, status, { errors: [{ message: 'Said by the graph.', extensions: { code, ...extensions } }] })
