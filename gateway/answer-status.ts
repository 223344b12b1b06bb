import type { ApolloServerPlugin } from '@apollo/server'
import type { FormattedExecutionResult } from 'graphql'
import type { Inquiry } from './inquiry.ts'
import { isCode, statusOf } from './problem.ts'

const RETRY_AFTER_SECONDS = 5

/** Gives an answer its HTTP status: 200 when it holds anything asked for, else what its first error says. */
export const answerStatus: ApolloServerPlugin<Inquiry> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ response }) => {
      if (response.body.kind !== 'single') return
      const { singleResult } = response.body
      if (holdsData(singleResult) || !singleResult.errors?.length) return
      const code = singleResult.errors[0]?.extensions?.['code']
      response.http.status = isCode(code) ? statusOf[code] : statusOf.INTERNAL
      if (response.http.status === statusOf.UNAUTHENTICATED) response.http.headers.set('www-authenticate', 'Bearer')
      const seconds = retryAfter(singleResult)
      if (seconds !== undefined) response.http.headers.set('retry-after', String(seconds))
    },
  }),
}

const holdsData = ({ data }: FormattedExecutionResult) =>
  data !== null && data !== undefined && Object.values(data).some((value) => value !== null)

/** How long to wait, for errors that pass: the longest of them. */
function retryAfter({ errors = [] }: FormattedExecutionResult): number | undefined {
  const waits = errors.flatMap(({ extensions }) => {
    if (extensions?.['code'] === 'UNAVAILABLE') return [RETRY_AFTER_SECONDS]
    if (extensions?.['code'] !== 'RATE_LIMITED') return []
    const seconds = extensions['retryAfterSeconds']
    return [typeof seconds === 'number' ? Math.max(1, Math.ceil(seconds)) : RETRY_AFTER_SECONDS]
  })
  return waits.length > 0 ? Math.max(...waits) : undefined
}
