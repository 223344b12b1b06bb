import { randomUUID } from 'node:crypto'
import { system } from '../alone.ts'
import { aStaffMember, codeNow, type NewStaffMember } from '../staff.ts'
import type { World } from '../world.ts'
import type { Cast } from './cast.ts'
import { type Door, input, mutation, outcome } from './door.ts'
import type { Actor } from './matrix.ts'
import { viewerOf } from './viewers.ts'

type Portal = Pick<World, 'graph' | 'clock'>

/** Somebody new of the staff of one clinic. */
const aColleague = ({ graph }: Portal): Promise<NewStaffMember> => {
  const ask = async (_: unknown, query: string, variables?: Record<string, unknown>) =>
    (await graph.subgraphs
      .get('patients')
      ?.execute({ query, viewer: system, requestId: randomUUID(), variables: variables ?? {} })) as never
  return aStaffMember({ ask }, { email: `${randomUUID()}@example.com`, clinicCodes: ['EYE1'] })
}

/** Somebody who has everything to log in with; for everybody but a visitor it is enough to try. */
const asTheyLogIn = async ({ portal }: Cast, actor: Actor) => {
  const nobody = { email: 'nobody@example.com', password: '', code: '', device: 'A test' }
  if (actor !== 'anonymous') return nobody
  const { email, password, totpUri } = await aColleague(portal)
  return { ...nobody, email, password, code: codeNow(portal, totpUri) }
}
const asNobody = () => ({ email: `${randomUUID()}@example.com`, password: 'x', code: '000000', device: 'A test' })
const unknown = input(() => ({ email: `${randomUUID()}@example.com` }))
const somebodyNew = input(() => ({ email: `${randomUUID()}@example.com`, name: 'Rowan Ellis' }))
const known = input(async ({ portal }, actor) => ({
  email: actor === 'system' ? (await aColleague(portal)).email : 'nobody@example.com',
}))
const knownAlready = input(async ({ portal }, actor) => ({
  name: 'Rowan Ellis',
  email: actor === 'system' ? (await aColleague(portal)).email : 'nobody@example.com',
}))
const list = (text: string): Door => ({ at: 'both', text, variables: () => ({}) })

/** How each root field of the log ins of staff is asked. */
export const staffRootDoors: Record<string, Door[]> = {
  'Query.staffMember': [list('{ wanted: staffMember { __typename } }')],
  'Query.staffMembers': [list('{ wanted: staffMembers { __typename } }')],
  'Mutation.logInStaff': [mutation('logInStaff', input(asNobody))],
  'Mutation.createStaffMember': [mutation('createStaffMember', somebodyNew)],
  'Mutation.resetStaffMember': [mutation('resetStaffMember', unknown)],
  'Mutation.disableStaffMember': [mutation('disableStaffMember', unknown)],
}

/** What they come to, and the staff member in them. */
export const staffOutcomeDoors: Record<string, Door[]> = {
  StaffMember: [
    list('{ staffMember { % } }'),
    list('{ staffMembers { % } }'),
    ...outcome('logInStaff', 'StaffLoggedIn', input(asTheyLogIn)).map((it) => ({
      ...it,
      text: it.text.replace('{ % }', '{ staffMember { % } }'),
    })),
    // Of everybody else it is null: they are not disabled.
    ...outcome('disableStaffMember', 'StaffMemberDisabled', known).map((it) => ({
      ...it,
      text: it.text.replace('{ % }', '{ staffMember { % } }'),
      for: (actor: Actor) => actor === 'system',
    })),
    {
      at: 'patients',
      text: 'query Wanted($keys: [_Any!]!) { _entities(representations: $keys) { ... on StaffMember { % } } }',
      variables: (cast) => ({
        keys: [{ __typename: 'StaffMember', id: viewerOf(cast, 'staff').actorId.replace('staff:', '') }],
      }),
    },
  ],
  StaffLoggedIn: outcome('logInStaff', 'StaffLoggedIn', input(asTheyLogIn)),
  StaffLoginRefused: outcome('logInStaff', 'StaffLoginRefused', input(asNobody)),
  StaffMemberCreated: outcome('createStaffMember', 'StaffMemberCreated', somebodyNew),
  StaffMemberExists: outcome('createStaffMember', 'StaffMemberExists', knownAlready),
  StaffMemberDisabled: outcome('disableStaffMember', 'StaffMemberDisabled', known),
  StaffMemberNotFound: outcome('resetStaffMember', 'StaffMemberNotFound', unknown),
}
