import 'reflect-metadata'
import {
  defaultFieldResolver,
  DirectiveLocation,
  GraphQLDirective,
  GraphQLEnumType,
  GraphQLError,
  GraphQLList,
  GraphQLNonNull,
  GraphQLString,
  isObjectType,
} from 'graphql'
import type { GraphQLObjectType, GraphQLResolveInfo, GraphQLSchema } from 'graphql'
import { Directive, getMetadataStorage } from 'type-graphql'
import type { Context } from './context.ts'
import { refuseUnusableText } from './usable-text.ts'
import { mayMeet } from './grant.ts'
import { Role, type Viewer } from './viewer.ts'

/** Whose rows a field shows, to a patient: only their own (SELF), or nothing that belongs to anyone (NONE). */
export enum Relation {
  NONE = 'NONE',
  SELF = 'SELF',
  SHARED = 'SHARED',
  CLINIC = 'CLINIC',
}

export interface AuthRule {
  roles: readonly Role[]
  scopes?: readonly string[]
  relation?: Relation
}

/** Says on a field which roles may use it. A field without it does not build. */
export function Auth({ roles, scopes, relation = Relation.NONE }: AuthRule) {
  const scopeArgument = scopes ? `, scopes: ${JSON.stringify(scopes)}` : ''
  return Directive(`@auth(roles: [${roles.join(', ')}]${scopeArgument}, relation: ${relation})`)
}

/**
 * Says who may use, on this type alone, fields that it has from an interface. Stands above `@ObjectType`; a field that is
 * resolved by a function is declared on the type itself instead.
 */
export const AuthOfInherited =
  (rule: AuthRule, from: abstract new () => object, names: readonly string[]) =>
  (type: new () => object): void => {
    const storage = getMetadataStorage()
    const inherited = storage.fields.filter((it) => it.target === from && names.includes(it.name))
    if (inherited.length !== names.length) throw new Error(`${type.name}: not every field named is one of ${from.name}`)
    for (const field of inherited) {
      storage.collectClassFieldMetadata({ ...field, target: type })
      Auth(rule)(type.prototype as object, field.name)
    }
  }

/** Every role, for words that hold nobody's data: problems, and the public facts of the trust. */
export const everyone = { roles: [Role.ANONYMOUS, Role.PATIENT, Role.PARTNER, Role.STAFF, Role.SYSTEM] } as const

const roleType = new GraphQLEnumType({
  name: 'Role',
  values: Object.fromEntries(Object.values(Role).map((role) => [role, {}])),
})
const relationType = new GraphQLEnumType({
  name: 'Relation',
  values: Object.fromEntries(Object.values(Relation).map((it) => [it, {}])),
})

export const authDirective = new GraphQLDirective({
  name: 'auth',
  description: 'Who may use this field: roles, the scopes a partner needs, and whose rows it shows.',
  locations: [DirectiveLocation.FIELD_DEFINITION],
  args: {
    roles: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(roleType))) },
    scopes: { type: new GraphQLList(new GraphQLNonNull(GraphQLString)) },
    relation: { type: new GraphQLNonNull(relationType), defaultValue: Relation.NONE },
  },
})

/** A row that belongs to a patient says to whom. */
export interface Owned {
  readonly ownerId: string
  /** The category under which patients share it with partners; without, whoever is granted anything of theirs meets it. */
  readonly sharedAs?: string
}
const ownerOf = (source: unknown): string | undefined =>
  typeof source === 'object' && source !== null && 'ownerId' in source ? String(source.ownerId) : undefined
const sharedAsOf = (source: unknown): string | undefined => (source as Partial<Owned> | null | undefined)?.sharedAs

/**
 * Wraps every resolver of a subgraph, default ones, `_entities` and `_service` included: type-graphql's own middleware
 * is not called for those. A field that names no rule is refused.
 */
export function enforceAuth(schema: GraphQLSchema, rules: ReadonlyMap<string, AuthRule>): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isObjectType(type) && !type.name.startsWith('__')) enforceOn(type, rules)
  }
}

function enforceOn(type: GraphQLObjectType, rules: ReadonlyMap<string, AuthRule>): void {
  for (const field of Object.values(type.getFields())) {
    const rule =
      type.name === '_Service'
        ? federationRule
        : (rules.get(`${type.name}.${field.name}`) ?? federationRules[field.name])
    const allowed = new Set<Role>(rule?.roles ?? [])
    const scopes = rule?.scopes ?? []
    const ownRowsOnly = rule?.relation === Relation.SELF && !isRoot(type)
    const takesText = field.args.length > 0
    const resolve = field.resolve ?? defaultFieldResolver
    field.resolve = (source: unknown, args, context: Context, info: GraphQLResolveInfo) => {
      const { viewer } = context
      if (!allowed.has(viewer.role) || !hasScopes(viewer, scopes)) throw refused(viewer.role)
      if (ownRowsOnly) checkOwner(source, context, info)
      if (takesText) refuseUnusableText(args)
      return resolve(source, args, context, info)
    }
  }
}

const federationRule: AuthRule = { roles: [Role.GATEWAY] }
const federationRules: Record<string, AuthRule> = {
  _entities: { roles: Object.values(Role) },
  _service: federationRule,
}
const isRoot = (type: GraphQLObjectType) => type.name === 'Query' || type.name === 'Mutation'

/** Scopes are a partner's: what its registration allows it to ask for. */
const hasScopes = ({ role, scopes: has }: Viewer, wanted: readonly string[]) =>
  role !== Role.PARTNER || wanted.every((scope) => has.includes(scope))

function checkOwner(source: unknown, { viewer, audit }: Context, { path, parentType }: GraphQLResolveInfo): void {
  const ownerId = ownerOf(source)
  // The row filters should have made this impossible: two layers, each able to stop it alone.
  if (!mayMeet(viewer, ownerId, sharedAsOf(source))) throw refused(viewer.role)
  if (ownerId !== undefined) audit.asked(ownerId, parentType.name, path)
}

/** A row of a type is not even looked for by a role that may use none of its fields. */
export function guardReference<Resolve extends (representation: never, context: Context) => unknown>(
  type: string,
  resolve: Resolve,
  rules: ReadonlyMap<string, AuthRule>,
): Resolve {
  const allowed = new Set<Role>()
  for (const [field, { roles }] of rules) if (field.startsWith(`${type}.`)) for (const role of roles) allowed.add(role)
  const guarded = (representation: never, context: Context) => {
    // Rejected and not thrown: the other rows of the same question are still answered.
    if (!allowed.has(context.viewer.role)) return Promise.reject(refused(context.viewer.role))
    return resolve(representation, context)
  }
  return guarded as Resolve
}

const refused = (role: Role) =>
  role === Role.ANONYMOUS
    ? new GraphQLError('Log in to see this.', { extensions: { code: 'UNAUTHENTICATED' } })
    : new GraphQLError('You cannot see or do this.', { extensions: { code: 'FORBIDDEN' } })
