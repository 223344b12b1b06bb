import type { ApolloServer } from '@apollo/server'
import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  parse,
  typeFromAST,
} from 'graphql'
import type { GraphQLInputType, GraphQLSchema } from 'graphql'
import type { Inquiry } from './inquiry.ts'
import { systemViewer } from './viewer.ts'

const MOST_OPERATIONS = 500

/**
 * Runs every known operation once with no subgraph behind it, so that parsing, checking and planning are done
 * before anybody waits for them. One at a time, giving way to real requests in between.
 */
export async function rehearse(
  graph: ApolloServer<Inquiry>,
  schema: GraphQLSchema,
  documents: readonly string[],
  isStopping: () => boolean,
): Promise<void> {
  const signal = new AbortController().signal
  for (const query of documents.slice(0, MOST_OPERATIONS)) {
    if (isStopping()) return
    const contextValue: Inquiry = {
      viewer: systemViewer('rehearsal'),
      requestId: randomUUID(),
      signal,
      record: {},
      rehearsal: true,
    }
    await graph.executeOperation({ query, variables: anyVariables(schema, query) }, { contextValue })
    await setImmediate()
  }
}

/** Values that fit the variables an operation cannot do without: a plan does not depend on what they are. */
function anyVariables(schema: GraphQLSchema, query: string): Record<string, unknown> {
  const operation = parse(query, { noLocation: true }).definitions.find((it) => it.kind === Kind.OPERATION_DEFINITION)
  const required = (operation?.variableDefinitions ?? []).flatMap(({ variable, type }) => {
    const known = typeFromAST(schema, type)
    return known && isNonNullType(known) ? [[variable.name.value, anyValue(known as GraphQLInputType)]] : []
  })
  return Object.fromEntries(required)
}

function anyValue(type: GraphQLInputType): unknown {
  if (isListType(getNullableType(type))) return []
  const named = getNamedType(type)
  if (isEnumType(named)) return named.getValues()[0]?.name
  if (isInputObjectType(named)) {
    const required = Object.values(named.getFields()).filter(
      (it) => isNonNullType(it.type) && it.defaultValue === undefined,
    )
    return Object.fromEntries(required.map((it) => [it.name, anyValue(it.type)]))
  }
  return named.name === 'Boolean' ? true : named.name === 'Int' || named.name === 'Float' ? 1 : 'any'
}
