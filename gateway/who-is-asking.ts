import type { IncomingMessage } from 'node:http'
import { readEndUser } from './end-user.ts'
import type { Log } from './log.ts'
import { faultOf } from './log.ts'
import type { KeysInUse } from './oauth/keys-in-use.ts'
import { Problem, tokenRefused, tooMany, unavailable } from './problem.ts'
import { whoseToken } from './whose-token.ts'
import type { SubgraphTransport } from './subgraph.ts'
import { anonymous } from './viewer.ts'
import type { BehindToken, Viewer } from './viewer.ts'

const bearer = /^Bearer ([A-Za-z0-9._~-]{16,256})$/i

export interface Credentials {
  /** A system client that proved itself: known without asking anybody. */
  system?: Viewer
  /** The token of a session or of a partner, not yet looked up. */
  token?: string
}

/** Reads the authorization header. A header that cannot be read is refused like a session that has ended. */
export function readCredentials(
  authorization: string | undefined,
  systemClient: (token: string) => Viewer | undefined,
): Credentials {
  if (authorization === undefined) return {}
  const token = bearer.exec(authorization)?.[1]
  if (token === undefined) throw tokenRefused()
  if (!token.startsWith('system.')) return { token }
  const system = systemClient(token)
  if (!system) throw tokenRefused()
  return { system }
}

/** Who is asking, and what they are held to. */
export interface Asking {
  viewer: Viewer
  /** Of a partner that was registered with a list: the SHA-256 (hex) of every operation it may send. */
  operationHashes?: readonly string[]
}

/** Who is asking: nobody, a system client, a partner's system, or the person whose session this is. Cookies are never looked at. */
export async function whoIsAsking(
  credentials: Credentials,
  { patients, keysInUse }: { patients: SubgraphTransport; keysInUse: KeysInUse },
  call: { request: IncomingMessage; requestId: string; signal: AbortSignal; clientAddress: string },
  log: Log,
): Promise<Asking> {
  const { clientAddress, request, requestId, signal } = call
  if (credentials.system) return { viewer: credentials.system }
  if (credentials.token === undefined) return { viewer: { ...anonymous, clientAddress } }
  const { token } = credentials
  const lookUp = () =>
    whoseToken(patients, token, { requestId, signal }).catch((error: unknown) => {
      log.error({ requestId, ...faultOf(error) }, 'a token could not be looked up')
      throw error instanceof Problem ? error : unavailable()
    })
  const found = await lookUp()
  if (!found) throw tokenRefused()
  if (found.role === 'PARTNER') {
    if ((await keysInUse.haveEnded(clientIdOf(found), requestId)) && !(await lookUp())) throw tokenRefused()
    return askingPartner(found, request, clientAddress)
  }
  const { sessionId, name, ...viewer } = found
  return { viewer: { ...viewer, ...(sessionId && { sessionId }), ...(name && { name }), clientAddress } }
}

/** As `patients` names its viewer. */
export const clientIdOf = ({ actorId }: { actorId: string }): string => actorId.slice('partner:'.length)

function askingPartner(
  found: Extract<BehindToken, { role: 'PARTNER' }>,
  request: IncomingMessage,
  clientAddress: string,
): Asking {
  const { role, actorId, name, organisationCode, organisationName, scopes, operationHashes, retryAfterSeconds } = found
  if (retryAfterSeconds !== null) throw tooMany(retryAfterSeconds)
  const organisation = { code: organisationCode, name: organisationName }
  const endUser = readEndUser(request)
  return {
    viewer: { role, actorId, name, organisation, endUser, patientIds: [], scopes, clientAddress },
    ...(operationHashes && { operationHashes }),
  }
}
