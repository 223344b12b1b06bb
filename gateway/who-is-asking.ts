import type { Log } from './log.ts'
import { faultOf } from './log.ts'
import { notLoggedIn, Problem, unavailable } from './problem.ts'
import { viewerOfSession } from './sessions.ts'
import type { SubgraphTransport } from './subgraph.ts'
import { anonymous } from './viewer.ts'
import type { Viewer } from './viewer.ts'

const bearer = /^Bearer ([A-Za-z0-9._~-]{16,256})$/i

export interface Credentials {
  /** A system client that proved itself: known without asking anybody. */
  system?: Viewer
  /** The token of a session, not yet looked up. */
  token?: string
}

/** Reads the authorization header. A header that cannot be read is refused like a session that has ended. */
export function readCredentials(
  authorization: string | undefined,
  systemClient: (token: string) => Viewer | undefined,
): Credentials {
  if (authorization === undefined) return {}
  const token = bearer.exec(authorization)?.[1]
  if (token === undefined) throw notLoggedIn()
  if (!token.startsWith('system.')) return { token }
  const system = systemClient(token)
  if (!system) throw notLoggedIn()
  return { system }
}

/** Who is asking: nobody, a system client, or the person whose session this is. Cookies are never looked at. */
export async function whoIsAsking(
  credentials: Credentials,
  patients: SubgraphTransport,
  call: { requestId: string; signal: AbortSignal; clientAddress: string },
  log: Log,
): Promise<Viewer> {
  const { clientAddress, requestId, signal } = call
  if (credentials.system) return credentials.system
  if (credentials.token === undefined) return { ...anonymous, clientAddress }
  const viewer = await viewerOfSession(patients, credentials.token, { requestId, signal }).catch((error: unknown) => {
    log.error({ requestId, ...faultOf(error) }, 'a session could not be looked up')
    throw error instanceof Problem ? error : unavailable()
  })
  if (!viewer) throw notLoggedIn()
  return { ...viewer, clientAddress }
}
