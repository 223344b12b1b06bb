import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  isUnionType,
} from 'graphql'
import type { GraphQLField, GraphQLNamedType, GraphQLSchema } from 'graphql'
import type { FieldRules } from '../field-rules.ts'
import type { Reach } from './reach.ts'

/** What one page tells of: the graph, as far as its reader reaches. */
export interface Listing {
  schema: GraphQLSchema
  rules: FieldRules
  reach: Reach
}

export interface Group {
  /** The name of the chapter, and of its place on the page. */
  title: string
  types: readonly GraphQLNamedType[]
}

const kinds: readonly [string, (type: GraphQLNamedType) => boolean][] = [
  ['Objects', isObjectType],
  ['Interfaces', isInterfaceType],
  ['Unions', isUnionType],
  ['Inputs', isInputObjectType],
  ['Enums', isEnumType],
  ['Scalars', (type) => isScalarType(type) && !isSpecifiedScalarType(type)],
]

/** The types of a listing, by what they are; without the roots, whose fields have chapters of their own. */
export function groupsOf({ schema, reach }: Listing): Group[] {
  const roots = new Set<unknown>([schema.getQueryType(), schema.getMutationType()])
  const types = Object.values(schema.getTypeMap()).filter((it) => reach.has(it.name) && !roots.has(it))
  return kinds
    .map(([title, isOf]) => ({ title, types: types.filter(isOf).sort((a, b) => a.name.localeCompare(b.name)) }))
    .filter((it) => it.types.length > 0)
}

/** The fields of a type that the reader may use, by name. */
export const fieldsIn = (
  { reach }: Listing,
  type: GraphQLNamedType | null | undefined,
): GraphQLField<unknown, unknown>[] =>
  isObjectType(type) || isInterfaceType(type)
    ? Object.values(type.getFields())
        .filter((it) => reach.get(type.name)?.has(it.name))
        .sort((a, b) => a.name.localeCompare(b.name))
    : []
