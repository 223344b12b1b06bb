import { createHash } from 'node:crypto'
import { pino } from 'pino'
import { afterEach } from 'vitest'
import { startGateway } from '../main.ts'
import type { Gateway, GatewaySettings } from '../main.ts'
import { names, supergraph, transport } from './canned-graph.ts'

export const feedsSecret = 'c2VjcmV0LW9mLXRoZS1mZWVkcy1zZWNyZXQtb2YtZmU'
export const feedsToken = `system.feeds.${feedsSecret}`
export const webSigningKey = Buffer.alloc(32, 7).toString('base64url')

const running: Gateway[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((gateway) => gateway.stop()))
})

export interface Asked {
  status: number
  headers: Headers
  text: string
  body: {
    data?: Record<string, unknown> | null
    errors?: { message: string; path?: unknown; extensions: Record<string, unknown> }[]
  }
  /** The code of the first error. */
  code: unknown
}

/** A gateway over the canned graph, and the means to ask it as a stranger would: over HTTP. */
export async function aGateway(settings: Partial<GatewaySettings> = {}) {
  const logged: string[] = []
  const log = pino({ level: 'debug', base: null }, { write: (line) => logged.push(line) })
  const subgraphs = Object.fromEntries(names.map((name) => [name, transport(name)]))
  const systemClients = [{ id: 'feeds', secretHash: createHash('sha256').update(feedsSecret).digest('base64url') }]
  const gateway = await startGateway({
    port: 0,
    production: false,
    supergraph,
    subgraphs,
    systemClients,
    webSigningKey,
    log,
    ...settings,
  })
  running.push(gateway)
  const ask = async (query: string, { token, variables, headers, ...rest }: AskOptions = {}): Promise<Asked> =>
    post(gateway.url, JSON.stringify({ query, variables, ...rest }), {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...headers,
    })
  return {
    ...gateway,
    ask,
    post: (body: string | Buffer, headers?: Record<string, string>) => post(gateway.url, body, headers),
    logged,
  }
}

interface AskOptions {
  token?: string
  variables?: Record<string, unknown>
  headers?: Record<string, string>
  operationName?: string
  extensions?: unknown
}

async function post(url: string, body: string | Buffer, headers: Record<string, string> = {}): Promise<Asked> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })
  const text = await response.text()
  const parsed = JSON.parse(text) as Asked['body']
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: parsed,
    code: parsed.errors?.[0]?.extensions['code'],
  }
}
