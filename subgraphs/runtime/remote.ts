import { signCall } from './token.ts'
import type { Clock } from './clock.ts'
import type { SubgraphTransport } from './transport.ts'

const timeLimitMilliseconds = 9000

/** How this subgraph tells another, on another machine, of events. `key` is the other's delivery key for this issuer. */
export function remoteSubscriber(
  to: { name: string; url: string; key: Buffer },
  issuer: string,
  clock: Clock,
): SubgraphTransport {
  return async ({ query, variables, viewer, requestId, operationName }) => {
    const body = JSON.stringify({ query, variables, operationName })
    const token = signCall(to.key, { issuer, audience: to.name, viewer, body }, clock)
    const response = await fetch(to.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'x-request-id': requestId },
      body,
      signal: AbortSignal.timeout(timeLimitMilliseconds),
    })
    return (await response.json()) as Awaited<ReturnType<SubgraphTransport>>
  }
}
