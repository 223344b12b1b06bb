import type { GraphQLObjectType, GraphQLSchema } from 'graphql'
import type { Context } from '../../subgraphs/runtime/context.ts'
import { Role, type Viewer } from '../../subgraphs/runtime/viewer.ts'
import { everyCategory, everyScope } from '../granted.ts'
import type { Row } from './matrix.ts'

/** Somebody of a role, to whom one person's rows are shown: theirs, or shared with them. */
export const someone = (role: Role, scopes: readonly string[] = everyScope): Viewer => ({
  role,
  actorId: 'x',
  patientIds: role === Role.PATIENT ? ['own'] : [],
  scopes: role === Role.PARTNER ? [...scopes] : [],
  ...(role === Role.PARTNER && { grants: [{ patientIds: ['own'], categories: everyCategory }] }),
})

/** Whether the resolver of a field alone, with nothing before or behind it, turns a viewer away. */
export function refusesByItself(
  schema: GraphQLSchema,
  { type, name }: Pick<Row, 'type' | 'name'>,
  viewer: Viewer,
  ownerId = 'own',
): boolean {
  const field = (schema.getType(type) as GraphQLObjectType).getFields()[name]
  const context = { viewer, audit: { note() {} } } as unknown as Context
  try {
    void Promise.resolve(field?.resolve?.({ ownerId }, {}, context, {} as never)).catch(() => undefined)
    return false
  } catch (error) {
    const { extensions } = error as { extensions?: { code?: string } }
    return extensions?.code === 'FORBIDDEN' || extensions?.code === 'UNAUTHENTICATED'
  }
}

/** Puts the weaker resolver of one field, and the weaker look-up of its type, into a running schema; gives it back after. */
export async function withWeaker<T>(
  strong: GraphQLSchema,
  weak: GraphQLSchema,
  { type, name }: Pick<Row, 'type' | 'name'>,
  act: () => Promise<T>,
): Promise<T> {
  const [own, others] = [strong.getType(type), weak.getType(type)] as [GraphQLObjectType, GraphQLObjectType]
  const [field, weaker] = [own.getFields()[name], others.getFields()[name]]
  if (!field || !weaker) throw new Error(`${type}.${name} is not there`)
  const { resolve } = field
  const { extensions } = own
  Object.assign(field, { resolve: weaker.resolve })
  own.extensions = others.extensions
  try {
    return await act()
  } finally {
    Object.assign(field, { resolve })
    own.extensions = extensions
  }
}
