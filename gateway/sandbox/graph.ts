import type { ExecutionResult } from 'graphql'

/** What is sent to the graph: an operation, and on whose behalf. */
export interface Question {
  query: string
  variables?: unknown
  operationName?: string | null | undefined
}

export type Answer = ExecutionResult<Record<string, unknown>>

/** Asks the graph of this very server. */
export async function askGraph(
  question: Question,
  token: string | undefined,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
    body: JSON.stringify(question),
  })
  return (await response.json()) as Answer
}

/** The editor learns a moment late which operation stands in it after a change of tabs: of one operation there is no doubt. */
export function named(question: Question): Question {
  const [only, another] = [...question.query.matchAll(/^\s*(?:query|mutation)\s+(\w+)/gm)]
  return only && !another ? { ...question, operationName: only[1] } : question
}
