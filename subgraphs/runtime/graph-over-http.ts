import { GraphQLError, print } from 'graphql'
import type { Graph } from './reaction.ts'

/** The graph of another process, asked as one of our system clients. Throws when it does not answer with data alone. */
export function graphOverHttp({ url, bearer }: { url: string; bearer: string }): Graph {
  return {
    async ask(document, variables) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
        body: JSON.stringify({ query: print(document), variables }),
        signal: AbortSignal.timeout(9000),
      })
      return dataOf(await response.json())
    },
  }
}

/** The data of an answer, or an error: a reaction that was told half the truth must not act on it. */
export function dataOf<Answer>(answer: unknown): Answer {
  const { data, errors } = answer as { data?: Answer; errors?: { message: string; extensions?: { code?: string } }[] }
  const first = errors?.[0]
  if (first || !data)
    throw new GraphQLError('The graph did not answer.', {
      extensions: { code: first?.extensions?.code ?? 'UNAVAILABLE' },
    })
  return data
}
