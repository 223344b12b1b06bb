import type { Code } from '../problem.ts'
import { Problem } from '../problem.ts'
import { json } from '../reply.ts'
import type { Reply } from '../reply.ts'

/** What RFC 6749 (5.2) calls the reasons for which a client gets no token. */
type Reason = 'invalid_request' | 'invalid_client' | 'invalid_scope' | 'unsupported_grant_type'

/** No token, and what to do about it. The words never repeat what was sent. */
export class TokenRefusal extends Problem {
  readonly reason: Reason

  constructor(reason: Reason, message: string) {
    super(reason === 'invalid_client' ? 'UNAUTHENTICATED' : 'BAD_USER_INPUT', message)
    this.reason = reason
  }
}

/** What OAuth calls a problem that has nothing to do with OAuth. */
const names: Record<Code, string> = {
  UNAUTHENTICATED: 'invalid_client',
  FORBIDDEN: 'unauthorized_client',
  BAD_USER_INPUT: 'invalid_request',
  RATE_LIMITED: 'temporarily_unavailable',
  UNAVAILABLE: 'temporarily_unavailable',
  INTERNAL: 'server_error',
}

export const oauthName = (problem: Problem): string =>
  problem instanceof TokenRefusal ? problem.reason : names[problem.code]

const RETRY_AFTER_S = 5

/** A problem in the shape every OAuth client reads. */
export function tokenProblemReply(problem: Problem): Reply {
  const { message, status, extensions } = problem
  const seconds = extensions['retryAfterSeconds']
  const retry = { 'retry-after': String(typeof seconds === 'number' ? seconds : RETRY_AFTER_S) }
  const body = { error: oauthName(problem), error_description: message }
  return json(status, body, status === 429 || status === 503 ? retry : {})
}
