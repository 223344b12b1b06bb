import { GraphQLError, Kind } from 'graphql'
import { badInput } from './problem.ts'
import type { Problem } from './problem.ts'

/** Reasons that name types and fields of the graph, and quote nothing that was sent. */
const quotesNothing = [
  /Field "\w+" of required type "[\w![\]]+" was not provided\.$/,
  /Field "\w+" is not defined by type "\w+"\.$/,
  /Expected type "\w+" to be an object\.$/,
  /Expected non-nullable type "[\w![\]]+" not to be null\.$/,
  /of required type "[\w![\]]+" was not provided\.$/,
  /of non-null type "[\w![\]]+" must not be null\.$/,
]

/** A variable that does not fit its type. graphql-js quotes the whole value, which can be somebody's date of birth: we say where. */
export function variableProblem(error: unknown): Problem | undefined {
  if (!(error instanceof GraphQLError)) return undefined
  const node = error.nodes?.[0]
  if (node?.kind !== Kind.VARIABLE_DEFINITION) return undefined
  const name = node.variable.name.value
  const message = error.message.replace(/ Did you mean .*$/s, '')
  const at = new RegExp(` at "(${name}[\\w.[\\]]*)"; `).exec(message)?.[1]
  const reason =
    quotesNothing.map((it) => it.exec(message)?.[0]).find((it) => it !== undefined) ?? 'It does not fit its type.'
  const place = at ? `The value at "${at}"` : `The variable "$${name}"`
  return badInput(`${place} cannot be used. ${capital(reason)}`)
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
