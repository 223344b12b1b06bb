import { buildSubgraphSchema, printSubgraphSchema } from '@apollo/subgraph'
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  type ListValueNode,
  type ObjectTypeDefinitionNode,
  type StringValueNode,
  type EnumValueNode,
  Kind,
  parse,
  print,
  visit,
} from 'graphql'
import { buildSchemaSync, createResolversMap, getMetadataStorage } from 'type-graphql'
import { authDirective, type AuthRule, enforceAuth, guardReference, Relation } from './auth.ts'
import type { Context } from './context.ts'
import type { Role } from './viewer.ts'

/** Answers `_entities` for one type: the row of this viewer with that key, or null. */
export type ReferenceResolver = (representation: Record<string, unknown>, context: Context) => unknown

export interface GraphShape {
  readonly resolvers: readonly (new () => object)[]
  /** Types reached only through an interface. */
  readonly orphanedTypes?: readonly (new () => object)[]
  readonly references: Record<string, ReferenceResolver>
}

const federationDirectives = [
  '@key',
  '@shareable',
  '@inaccessible',
  '@external',
  '@requires',
  '@provides',
  '@composeDirective',
  '@tag',
]
const links = [
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ${JSON.stringify(federationDirectives)})`,
  `extend schema @link(url: "https://patient-portal.example/auth/v1.0", import: ["@auth"]) @composeDirective(name: "@auth")`,
].join('\n')

/** The schema of one subgraph as text: what is composed, and reviewed. */
export const subgraphSdl = (shape: GraphShape): string => sdlOf(classSchema(shape))

const sdlOf = (classes: GraphQLSchema): string =>
  `${links}\n\n${print(sortedTypes(withoutInterfaceRules(parse(printSubgraphSchema(classes)))))}\n`

/** The executable schema of one subgraph, with every resolver behind its rule: the rules of its own text, unless others are given. */
export function subgraphSchema(shape: GraphShape, given?: ReadonlyMap<string, AuthRule>): GraphQLSchema {
  const classes = classSchema(shape)
  const typeDefs = parse(sdlOf(classes))
  const rules = given ?? authRules(typeDefs)
  const resolvers: Record<string, unknown> = createResolversMap(classes)
  for (const [type, resolve] of Object.entries(shape.references))
    resolvers[type] = { ...(resolvers[type] as object), __resolveReference: guardReference(type, resolve, rules) }
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }])
  enforceAuth(schema, rules)
  return schema
}

function classSchema({ resolvers, orphanedTypes = [] }: GraphShape): GraphQLSchema {
  // Plain properties are read as they are: type-graphql's own reader makes a promise of each.
  for (const type of getMetadataStorage().objectTypes) type.simpleResolvers ??= true
  return buildSchemaSync({
    resolvers: resolvers as never,
    orphanedTypes: [...orphanedTypes],
    directives: [authDirective],
    validate: false,
    skipCheck: true,
  })
}

/** An interface has no rule of its own: the object behind it has. */
const withoutInterfaceRules = (document: DocumentNode): DocumentNode =>
  visit(document, {
    InterfaceTypeDefinition: (node) => ({
      ...node,
      fields:
        node.fields?.map((field) => ({
          ...field,
          directives: field.directives?.filter((it) => it.name.value !== 'auth') ?? [],
        })) ?? [],
    }),
  })

/** Sorted by name, so that moving a file does not move the diff. */
function sortedTypes(document: DocumentNode): DocumentNode {
  const nameOf = (node: DocumentNode['definitions'][number]) => ('name' in node && node.name ? node.name.value : '')
  return { ...document, definitions: [...document.definitions].sort((a, b) => nameOf(a).localeCompare(nameOf(b))) }
}

/** Every field's rule, by "Type.field", as the text of the schema says it. */
export function authRules(document: DocumentNode): Map<string, AuthRule> {
  const rules = new Map<string, AuthRule>()
  for (const node of document.definitions) {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.OBJECT_TYPE_EXTENSION) continue
    for (const field of (node as ObjectTypeDefinitionNode).fields ?? []) {
      const directive = field.directives?.find((it) => it.name.value === 'auth')
      if (directive) rules.set(`${node.name.value}.${field.name.value}`, ruleOf(directive))
    }
  }
  return rules
}

function ruleOf(directive: ConstDirectiveNode): AuthRule {
  const argument = (name: string) => directive.arguments?.find((it) => it.name.value === name)?.value
  const scopes = argument('scopes') as ListValueNode | undefined
  return {
    roles: ((argument('roles') as ListValueNode).values as EnumValueNode[]).map((it) => it.value as Role),
    relation: ((argument('relation') as EnumValueNode | undefined)?.value ?? Relation.NONE) as Relation,
    ...(scopes && { scopes: (scopes.values as StringValueNode[]).map((it) => it.value) }),
  }
}
