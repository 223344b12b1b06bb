import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { gzipSync } from 'node:zlib'
import { recordsThere } from './records.ts'

/** What can go wrong between two hospitals. */
export const faults = [
  'REFUSED',
  'SILENT',
  'DRIP',
  'STATUS_500',
  'HTML',
  'TRUNCATED',
  'FIFTY_MEGABYTES',
  'ANOTHER_PATIENT',
  'REDIRECT_LOOP',
  'GZIP_BOMB',
  'BAD_TLS',
  'EXPIRED_TOKEN',
] as const
export type Fault = (typeof faults)[number]

export interface FaultProxy {
  readonly fhirUrl: string
  readonly tokenUrl: string
  /** Where nothing listens, and where only a broken handshake is to be had. */
  readonly refused: string
  readonly brokenTls: string
  fault: Fault | undefined
  /** How many requests came, for tokens and for records. */
  readonly asked: { token: number; fhir: number }
  stop(): Promise<void>
}

const megabyte = 1024 * 1024
const bomb = gzipSync(Buffer.alloc(60 * megabyte, ' '))

/** Stands in front of a partner's server, and does to it what the test says. Tokens are given out whatever happens to the rest. */
export async function startFaultProxy(target: { fhirUrl: string; tokenUrl: string }): Promise<FaultProxy> {
  const broken = createTlsServer({}).on('tlsClientError', () => undefined)
  const [server, brokenPort, refusedPort] = await Promise.all([listening(createServer()), portOf(broken), freePort()])
  const at = (url: string) => url.replace(new URL(url).origin, originOf(server))
  const proxy: FaultProxy = {
    fhirUrl: at(target.fhirUrl),
    tokenUrl: at(target.tokenUrl),
    refused: `http://127.0.0.1:${refusedPort}/fhir`,
    brokenTls: `https://127.0.0.1:${brokenPort}/fhir`,
    fault: undefined,
    asked: { token: 0, fhir: 0 },
    stop: async () => {
      for (const it of [server, broken]) it.close()
      server.closeAllConnections()
    },
  }
  server.on('request', (incoming: IncomingMessage, response: ServerResponse) => {
    const isFhir = incoming.url?.startsWith(new URL(target.fhirUrl).pathname) ?? false
    proxy.asked[isFhir ? 'fhir' : 'token'] += 1
    response.on('error', () => undefined)
    if (isFhir && proxy.fault) misbehave(proxy.fault, incoming, response)
    else forward(incoming, response, new URL(incoming.url ?? '/', target.fhirUrl))
  })
  return proxy
}

const fhirJson = { 'content-type': 'application/fhir+json' }

function misbehave(fault: Fault, incoming: IncomingMessage, response: ServerResponse): void {
  switch (fault) {
    case 'SILENT':
      return
    case 'DRIP':
      return drip(response)
    case 'STATUS_500':
      return void response.writeHead(500, fhirJson).end('{"resourceType":"OperationOutcome"}')
    case 'HTML':
      return void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Please log in</h1>')
    case 'TRUNCATED':
      return void response.writeHead(200, fhirJson).end('{"resourceType":"Bundle","type":"searchset","entry":[{"reso')
    case 'FIFTY_MEGABYTES':
      return flood(response)
    case 'ANOTHER_PATIENT':
      return void response.writeHead(200, fhirJson).end(othersRecords(incoming.url ?? ''))
    case 'REDIRECT_LOOP':
      return void response.writeHead(302, { location: incoming.url }).end()
    case 'GZIP_BOMB':
      return void response.writeHead(200, { ...fhirJson, 'content-encoding': 'gzip' }).end(bomb)
    case 'EXPIRED_TOKEN':
      return void response.writeHead(401, { 'www-authenticate': 'Bearer error="invalid_token"' }).end()
    case 'REFUSED':
    case 'BAD_TLS':
      throw new Error('the portal was to go to another address')
    default:
      return fault satisfies never
  }
}

/** Something, and never all of it: one byte a second. */
function drip(response: ServerResponse): void {
  response.writeHead(200, fhirJson)
  response.write('{')
  const drops = setInterval(() => response.write(' '), 1000)
  response.on('close', () => clearInterval(drops))
}

/** Right JSON, far too much of it, and no word of how much beforehand. */
function flood(response: ServerResponse): void {
  response.writeHead(200, fhirJson)
  const chunk = Buffer.alloc(megabyte, ' ')
  let left = 50
  const pour = () => {
    while (left > 0) {
      left -= 1
      if (!response.write(chunk)) return void response.once('drain', pour)
    }
    response.end('{"resourceType":"Bundle","type":"searchset"}')
  }
  pour()
}

/** The right patient is found; whatever is asked for then is of somebody else. */
function othersRecords(url: string): string {
  const isPatient = url.includes('/Patient')
  const resources = recordsThere()
    .filter(({ resourceType }) => (resourceType === 'Patient') === isPatient)
    .map((it) => ('subject' in it ? { ...it, subject: { reference: 'Patient/bernard' } } : it))
  return JSON.stringify({
    resourceType: 'Bundle',
    type: 'searchset',
    entry: resources.filter(({ id }) => id !== 'bernard').map((resource) => ({ resource })),
  })
}

function forward(incoming: IncomingMessage, response: ServerResponse, to: URL): void {
  const outgoing = request(
    to,
    { method: incoming.method, headers: { ...incoming.headers, host: to.host } },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    },
  )
  outgoing.on('error', () => response.destroy())
  incoming.pipe(outgoing)
}

async function listening(server: Server): Promise<Server> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

const originOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

async function portOf(server: ReturnType<typeof createTlsServer>): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

async function freePort(): Promise<number> {
  const server = await listening(createServer())
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
