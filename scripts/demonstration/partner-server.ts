import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Resource } from '@medplum/fhirtypes'
import { fhirPath, partnerAddresses } from './partner/partner-addresses.ts'
import { outcomeOf, type PartnerAnswer, PartnerRecords } from './partner/partner-records.ts'
import { openTokens, type PartnerClient, type Tokens } from './partner/partner-tokens.ts'

export interface PartnerServerSettings {
  readonly host?: string
  /** 0 takes any free port. */
  readonly port: number
  /** Who may ask, by client credentials. */
  readonly client: PartnerClient
  /** All that this hospital knows. They are kept as they are, whether or not they keep to the standard. */
  readonly resources: readonly Resource[]
  /** Told of each request that was answered: never of what was asked for, which names people. */
  readonly log?: (request: AnsweredRequest) => void
}

export interface AnsweredRequest {
  readonly method: string
  /** The kind of resource asked for, or `token`. */
  readonly about: string
  readonly status: number
}

export interface PartnerServer {
  readonly fhirUrl: string
  readonly tokenUrl: string
  stop(): Promise<void>
}

const largestBody = 10_000

/**
 * A hospital that shows its records to others: FHIR R4 behind OAuth client credentials. Nothing in it is of this project but the
 * door: the records are in Medplum's router and repository, the tokens are oidc-provider's.
 */
export async function startPartnerServer(settings: PartnerServerSettings): Promise<PartnerServer> {
  const { host = '127.0.0.1', port, client, resources, log } = settings
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const { url, fhirUrl, tokenUrl } = partnerAddresses(host, (server.address() as AddressInfo).port)
  const records = await PartnerRecords.open(fhirUrl, resources)
  const tokens = openTokens(url, client)
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    const about = path.startsWith(`${fhirPath}/`) ? (path.slice(fhirPath.length + 1).split('/')[0] ?? '') : 'token'
    response.once('finish', () => log?.({ method: request.method ?? '', about, status: response.statusCode }))
    if (path.startsWith(`${fhirPath}/`)) void answerFhir(request, response, { records, tokens })
    else (tokens.callback as RequestListener)(request, response)
  })
  return {
    fhirUrl,
    tokenUrl,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

interface Hospital {
  readonly records: PartnerRecords
  readonly tokens: Tokens
}

async function answerFhir(request: IncomingMessage, response: ServerResponse, hospital: Hospital): Promise<void> {
  const answer = await checked(request, hospital).catch((): PartnerAnswer =>
    outcomeOf(500, 'exception', 'The server could not answer.'),
  )
  response.writeHead(answer.status, { 'content-type': answer.contentType, 'cache-control': 'no-store', ...answer.more })
  response.end(answer.body)
}

/** The token first, whatever is asked: who has none learns nothing, not even what there is. */
async function checked(request: IncomingMessage, { records, tokens }: Hospital): Promise<PartnerAnswer> {
  const [, token] = /^Bearer ([\w~+/.=-]+)$/i.exec(request.headers.authorization ?? '') ?? []
  const standing = token === undefined ? 'UNKNOWN' : await tokens.standing(token)
  if (standing === 'UNKNOWN') {
    const more = { 'www-authenticate': `Bearer${token === undefined ? '' : ' error="invalid_token"'}` }
    return { ...outcomeOf(401, 'login', 'A valid access token is needed.'), more }
  }
  if (standing === 'WITHOUT_SCOPE') {
    const more = { 'www-authenticate': 'Bearer error="insufficient_scope"' }
    return { ...outcomeOf(403, 'forbidden', 'The access token does not have the scope for this.'), more }
  }
  const path = (request.url ?? '').slice(fhirPath.length)
  const { method = 'GET', headers } = request
  if (method === 'GET') return records.answer(path, headers.accept)
  const [, type] = /^\/([A-Za-z]+)\/_search$/.exec(path) ?? []
  if (method === 'POST' && type) return records.answer(`/${type}?${await formOf(request)}`, headers.accept)
  return outcomeOf(405, 'not-supported', 'This server is for reading.')
}

/** What a search by POST asks for: its form, which names people and is kept out of addresses that way. */
async function formOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) {
    text += String(chunk)
    if (text.length > largestBody) throw new Error('The form is too long.')
  }
  return text
}
