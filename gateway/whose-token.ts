import { createHash } from 'node:crypto'
import { unavailable } from './problem.ts'
import type { SubgraphTransport } from './subgraph.ts'
import { behindToken, gatewayItself } from './viewer.ts'
import type { BehindToken } from './viewer.ts'

const viewerOf = `query ViewerOf($tokenHash: ID!) { viewerOf(tokenHash: $tokenHash) { role actorId name patientIds sessionId scopes
  organisationCode organisationName operationHashes retryAfterSeconds } }`

/**
 * Asks `patients` whose token this is. Nothing is remembered: an ended session is refused at the next request.
 * When `patients` cannot say, that is no reason to tell somebody to log in again.
 */
export async function whoseToken(
  patients: SubgraphTransport,
  token: string,
  call: { requestId: string; signal: AbortSignal },
): Promise<BehindToken | undefined> {
  const tokenHash = createHash('sha256').update(token).digest('base64url')
  const { data, errors } = await patients({
    query: viewerOf,
    variables: { tokenHash },
    operationName: 'ViewerOf',
    viewer: gatewayItself,
    ...call,
  })
  if (errors?.length || !data) throw unavailable()
  const found = data['viewerOf']
  return found === null || found === undefined ? undefined : behindToken.parse(found)
}
