import { createHash } from 'node:crypto'
import { unavailable } from './problem.ts'
import type { SubgraphTransport } from './subgraph.ts'
import { gatewayItself, sessionViewer } from './viewer.ts'
import type { Viewer } from './viewer.ts'

const viewerOf =
  'query ViewerOf($tokenHash: ID!) { viewerOf(tokenHash: $tokenHash) { role actorId name patientIds sessionId scopes } }'

/**
 * Asks `patients` whose session a token is. Nothing is remembered: an ended session is refused at the next request.
 * When `patients` cannot say, that is no reason to tell somebody to log in again.
 */
export async function viewerOfSession(
  patients: SubgraphTransport,
  token: string,
  call: { requestId: string; signal: AbortSignal },
): Promise<Viewer | undefined> {
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
  if (found === null || found === undefined) return undefined
  const { sessionId, name, ...viewer } = sessionViewer.parse(found)
  return { ...viewer, ...(sessionId && { sessionId }), ...(name && { name }) }
}
