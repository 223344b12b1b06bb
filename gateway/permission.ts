import { getNamedType, isAbstractType, isCompositeType, isObjectType, Kind } from 'graphql'
import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLObjectType,
  GraphQLOutputType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql'
import type { FieldRules } from './field-rules.ts'
import type { Viewer } from './viewer.ts'

interface Walk {
  schema: GraphQLSchema
  mayUse: (type: GraphQLObjectType, field: string) => boolean
  mayIntrospect: boolean
  fragments: Map<string, FragmentDefinitionNode>
  /** Fragments already walked with these types: nested spreads would otherwise double at each level. */
  walked: Set<string>
}

/**
 * The first field of an operation this viewer may not use, as `Type.field`, or undefined when all are allowed.
 * A field asked of an interface or a union is allowed when one possible type allows it: the subgraph sees which it is.
 */
export function firstForbiddenField(
  schema: GraphQLSchema,
  rules: FieldRules,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  viewer: Viewer,
  mayIntrospect: boolean,
): string | undefined {
  const fragments = new Map(
    document.definitions.filter((it) => it.kind === Kind.FRAGMENT_DEFINITION).map((it) => [it.name.value, it]),
  )
  const mayUse = (type: GraphQLObjectType, field: string) => {
    const rule = rules.get(`${type.name}.${field}`)
    if (!rule?.roles.has(viewer.role)) return false
    return viewer.role !== 'PARTNER' || rule.scopes.every((scope) => viewer.scopes.includes(scope))
  }
  const root = schema.getRootType(operation.operation)
  return forbiddenIn(
    { schema, mayUse, mayIntrospect, fragments, walked: new Set() },
    operation.selectionSet,
    root ? [root] : [],
  )
}

function forbiddenIn(
  walk: Walk,
  selections: SelectionSetNode,
  types: readonly GraphQLObjectType[],
): string | undefined {
  for (const selection of selections.selections) {
    const forbidden =
      selection.kind === Kind.FIELD
        ? forbiddenField(walk, selection, types)
        : selection.kind === Kind.FRAGMENT_SPREAD
          ? forbiddenSpread(walk, selection.name.value, types)
          : forbiddenIn(walk, selection.selectionSet, narrowed(walk.schema, types, selection.typeCondition?.name.value))
    if (forbidden) return forbidden
  }
  return undefined
}

function forbiddenField(walk: Walk, field: FieldNode, types: readonly GraphQLObjectType[]): string | undefined {
  const name = field.name.value
  if (name === '__typename') return undefined
  if (name === '__schema' || name === '__type') return walk.mayIntrospect ? undefined : name
  const allowed = types.filter((type) => walk.mayUse(type, name))
  if (allowed.length === 0) return `${types[0]?.name ?? 'A type that is never here'}.${name}`
  if (!field.selectionSet) return undefined
  const below = allowed.flatMap((type) => possible(walk.schema, type.getFields()[name]?.type))
  return forbiddenIn(walk, field.selectionSet, [...new Set(below)])
}

function forbiddenSpread(walk: Walk, name: string, types: readonly GraphQLObjectType[]): string | undefined {
  const fragment = walk.fragments.get(name)
  if (!fragment) return undefined
  const inside = narrowed(walk.schema, types, fragment.typeCondition.name.value)
  const key = [name, ...inside.map((type) => type.name)].join(' ')
  if (walk.walked.has(key)) return undefined
  walk.walked.add(key)
  return forbiddenIn(walk, fragment.selectionSet, inside)
}

function narrowed(
  schema: GraphQLSchema,
  types: readonly GraphQLObjectType[],
  condition: string | undefined,
): readonly GraphQLObjectType[] {
  const type = condition === undefined ? undefined : schema.getType(condition)
  if (!isCompositeType(type)) return types
  return isAbstractType(type) ? types.filter((it) => schema.isSubType(type, it)) : types.filter((it) => it === type)
}

function possible(schema: GraphQLSchema, type: GraphQLOutputType | undefined): readonly GraphQLObjectType[] {
  const named = getNamedType(type)
  if (isObjectType(named)) return [named]
  return isAbstractType(named) ? schema.getPossibleTypes(named) : []
}
