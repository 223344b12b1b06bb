import { error } from '@sveltejs/kit'
import type { CombinedError } from '@urql/core'
import type { Visit } from '../../../server.ts'

/** Turns what the graph refused, or could not do, into the page that says so. */
export function refusalPage(
  problem: CombinedError | undefined,
  { log, requestId }: Visit,
  onLoggedOut: () => never,
): never {
  const codes = problem?.graphQLErrors.map(({ extensions }) => extensions) ?? []
  const fault = codes.find(({ code }) => code === 'UNAUTHENTICATED') ?? codes[0]
  switch (fault?.code) {
    case 'UNAUTHENTICATED':
      return onLoggedOut()
    case 'FORBIDDEN':
      error(403, 'You cannot see this page')
    case 'BAD_USER_INPUT':
      error(400, 'The page was asked for in a way we do not understand')
    case 'RATE_LIMITED':
      error(429, 'Too many requests', retryAt(fault.retryAfterSeconds))
  }
  const status = (problem?.response as Response | undefined)?.status ?? 0
  const errorId = typeof fault?.errorId === 'string' ? fault.errorId : requestId
  log.error(
    { requestId, errorId, status, code: fault?.code, network: problem?.networkError?.name },
    'the graph gave no answer',
  )
  if (fault?.code === 'UNAVAILABLE' || problem?.networkError || status >= 502)
    error(503, 'The service is not available', { errorId })
  error(500, 'Something went wrong', { errorId })
}

function retryAt(seconds: unknown): { retryAt?: string } {
  return typeof seconds === 'number' ? { retryAt: new Date(Date.now() + seconds * 1000).toISOString() } : {}
}
