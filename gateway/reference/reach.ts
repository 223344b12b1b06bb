import {
  getNamedType,
  isAbstractType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
} from 'graphql'
import type { GraphQLArgument, GraphQLInputType, GraphQLNamedType, GraphQLOutputType, GraphQLSchema } from 'graphql'
import type { FieldRules } from '../field-rules.ts'
import type { Role } from '../viewer.ts'

/** What of the graph somebody meets: the types they come to from the root, and the fields they may use of each. */
export type Reach = ReadonlyMap<string, ReadonlySet<string>>

/** The whole graph, whoever may use it. */
export const everything = (schema: GraphQLSchema): Reach =>
  new Map(
    Object.values(schema.getTypeMap())
      .filter((type) => !isIntrospectionType(type))
      .map((type) => [type.name, new Set(fieldsOf(type).map((it) => it.name))]),
  )

/** What one role meets. A type of which it may use no field is not there for it. */
export function reachOf(schema: GraphQLSchema, rules: FieldRules, role: Role): Reach {
  const met = new Map<string, ReadonlySet<string>>()
  const waiting: GraphQLNamedType[] = [schema.getQueryType(), schema.getMutationType()].filter((it) => it != null)
  for (let type = waiting.pop(); type; type = waiting.pop()) {
    if (met.has(type.name)) continue
    const usable = usableOf(schema, rules, role, type)
    if (usable === undefined) continue
    met.set(type.name, new Set(usable.map((it) => it.name)))
    waiting.push(...usable.flatMap((it) => [it.type, ...it.args.map((arg) => arg.type)]).map((it) => getNamedType(it)))
    if (isAbstractType(type)) waiting.push(...schema.getPossibleTypes(type))
    if (isObjectType(type) || isInterfaceType(type)) waiting.push(...type.getInterfaces())
  }
  return met
}

interface Field {
  name: string
  type: GraphQLOutputType | GraphQLInputType
  args: readonly GraphQLArgument[]
}

function fieldsOf(type: GraphQLNamedType): Field[] {
  if (isObjectType(type) || isInterfaceType(type)) return Object.values(type.getFields())
  if (isInputObjectType(type)) return Object.values(type.getFields()).map((it) => ({ ...it, args: [] }))
  return []
}

/** The fields of a type that a role may use; undefined when it may use none, and so never meets the type. */
function usableOf(schema: GraphQLSchema, rules: FieldRules, role: Role, type: GraphQLNamedType): Field[] | undefined {
  const fields = fieldsOf(type)
  if (!isObjectType(type) && !isAbstractType(type)) return fields
  const objects = isAbstractType(type) ? schema.getPossibleTypes(type) : [type]
  const mayUse = (field: string) => objects.some((it) => rules.get(`${it.name}.${field}`)?.roles.has(role))
  const usable = fields.filter((it) => mayUse(it.name))
  const isMet = usable.length > 0 || objects.some((it) => Object.keys(it.getFields()).some(mayUse))
  return isMet ? usable : undefined
}
