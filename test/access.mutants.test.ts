import type { EntityClass } from '@mikro-orm/core'
import type { GraphQLObjectType, GraphQLSchema } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Gateway } from '../gateway/main.ts'
import { Appointment } from '../subgraphs/appointments/appointment.entity.ts'
import { BookingLetter } from '../subgraphs/documents/booking-letters/booking-letter.entity.ts'
import { AnyDocument } from '../subgraphs/documents/hospital-document.entity.ts'
import { Link } from '../subgraphs/messages/link.entity.ts'
import { Patient } from '../subgraphs/patients/patient.entity.ts'
import { Session } from '../subgraphs/patients/session.entity.ts'
import { type AuthRule, Relation } from '../subgraphs/runtime/auth.ts'
import type { Context } from '../subgraphs/runtime/context.ts'
import { subgraphSchema } from '../subgraphs/runtime/federate.ts'
import { everything, rows as rowRules } from '../subgraphs/runtime/rows.ts'
import { graphOf, type Subgraph } from '../subgraphs/runtime/subgraph.ts'
import { Role } from '../subgraphs/runtime/viewer.ts'
import { type Cast, castOf, worldOfCast } from './access/cast.ts'
import { lookAt } from './access/look.ts'
import {
  type Actor,
  actors,
  differences,
  readMatrix,
  type Row,
  type SubgraphName,
  subgraphNames,
} from './access/matrix.ts'
import { placesOf, probe } from './access/probe.ts'
import { viewerOf } from './access/viewers.ts'
import {
  definitionOf,
  openSupergraph,
  rulesOf,
  schemaWith,
  startEachWeakened,
  startGatewayOver,
  startWeakened,
} from './access/weakened.ts'
import { world } from './world.ts'

const rows = readMatrix()
const clients = actors.filter((it) => it !== 'gateway')
const everyRole = Object.values(Role)
const openToAll = (rule: AuthRule): AuthRule => ({ ...rule, roles: everyRole, relation: Relation.NONE })
const everyRow = Object.fromEntries(everyRole.map((role) => [role, everything]))
/** What is refused, or not there, in the matrix. */
const isClosed = (row: Row, actor: Actor) => row.expected[actor] === 'refused' || row.expected[actor] === 'nothing'
let cast: Cast
beforeAll(async () => {
  cast = await castOf(await world({ engine: 'postgresql', ...worldOfCast }))
})
afterAll(() => cast.stop())

describe('each layer, when the one before it is gone', { timeout: 120_000 }, () => {
  const stops: { stop(): Promise<void> }[] = []
  afterAll(async () => {
    for (const it of stops.reverse()) await it.stop()
  })

  it('refuses in the subgraphs what a gateway without rules lets through', async () => {
    const ways = Object.fromEntries([...cast.portal.graph.subgraphs].map(([name, it]) => [name, it.execute]))
    const gateway = await startGatewayOver(cast.portal, ways, openSupergraph())
    stops.push(gateway)
    for (const actor of clients) {
      const closed = rows.filter((row) => isClosed(row, actor))
      const shown = await lookAt(cast, closed, actor, 'through the gateway', { gateway }, (row, seen) =>
        seen === 'refused' || seen === 'nothing' ? [] : [`${row.field}, ${actor}: ${seen}`],
      )
      expect(shown).toEqual([])
    }
  })

  describe('with subgraphs in which everybody may use every field', () => {
    let open: Record<SubgraphName, Subgraph>
    let gateway: Gateway
    beforeAll(async () => {
      open = await startEachWeakened(cast.portal, (name) => ({ schema: schemaWith(name, openToAll) }))
      stops.push(...Object.values(open))
      gateway = await startGatewayOver(
        cast.portal,
        Object.fromEntries(subgraphNames.map((name) => [name, open[name].execute])),
      )
      stops.push(gateway)
    })

    it('still refuses at the gateway', async () => {
      for (const actor of clients) {
        const refused = rows.filter((row) => row.expected[actor] === 'refused')
        expect(await lookAt(cast, refused, actor, 'through the gateway', { gateway })).toEqual([])
      }
    })

    it('still shows no row of anybody else, at the gateway and behind it', async () => {
      const foreign = rows.filter((row) => row.expected['another patient'] === 'nothing')
      expect(foreign.length).toBeGreaterThan(60)
      expect(await lookAt(cast, foreign, 'another patient', 'through the gateway', { gateway })).toEqual([])
      expect(await lookAt(cast, foreign, 'another patient', 'at the subgraph', { subgraphs: open })).toEqual([])
    })

    it('is noticed by the matrix', async () => {
      for (const actor of ['anonymous', 'partner', 'staff', 'gateway'] as const) {
        const refused = rows.filter((row) => row.expected[actor] === 'refused' && row.type === 'Mutation')
        const noticed = await lookAt(cast, refused.slice(0, 3), actor, 'at the subgraph', { subgraphs: open })
        expect(noticed).not.toEqual([])
      }
    })
  })

  it('shows nothing, and changes nothing, when the rows are not filtered', async () => {
    const unfiltered = await startEachWeakened(cast.portal, (name) => {
      const definition = definitionOf(name)
      const all = definition.entities.map((entity): [EntityClass<object>, typeof everyRow] => [
        entity as EntityClass<object>,
        everyRow,
      ])
      return { definition: { ...definition, policy: definition.policy.with(rowRules(...all)) } }
    })
    stops.push(...Object.values(unfiltered))
    const foreign = rows.filter((row) => row.expected['another patient'] === 'nothing')
    const judge = (row: Row, seen: string) =>
      seen === 'refused' || seen === 'nothing' ? [] : [`${row.field}: ${seen}`]
    expect(await lookAt(cast, foreign, 'another patient', 'at the subgraph', { subgraphs: unfiltered }, judge)).toEqual(
      [],
    )
    // And the matrix notices.
    const noticed = await lookAt(cast, foreign, 'another patient', 'at the subgraph', { subgraphs: unfiltered })
    expect(noticed.length).toBeGreaterThan(40)

    const me = viewerOf(cast, 'another patient')
    const ask = (name: SubgraphName, query: string) =>
      unfiltered[name].execute({ query, viewer: me, requestId: 'unfiltered' })
    const { data } = await ask('patients', '{ me { sessions { id } } }')
    expect(JSON.stringify(data)).not.toContain(cast.endedSessionId)
    const { accepted } = await acceptedAt(cast, cast.appointments.open.id)
    await ask(
      'appointments',
      `mutation { acceptAppointment(input: { idempotencyKey: "theirs", appointmentId: "${cast.appointments.open.id}" }) { __typename } }`,
    )
    expect(accepted).toBeNull()
    expect((await acceptedAt(cast, cast.appointments.open.id)).accepted).toBeNull()
  })
})

async function acceptedAt({ portal, tokens }: Cast, id: string): Promise<{ accepted: string | null }> {
  const { data } = await portal.ask(
    tokens.patient,
    `query A($id: ID!) { appointment(id: $id) { accepted: acceptedAt } }`,
    { id },
  )
  return data?.appointment as unknown as { accepted: string | null }
}

describe('a single rule that is weaker', { timeout: 180_000 }, () => {
  const byRole: Record<Role, Actor> = {
    ANONYMOUS: 'anonymous',
    PATIENT: 'patient',
    PARTNER: 'partner',
    STAFF: 'staff',
    SYSTEM: 'system',
    GATEWAY: 'gateway',
  }

  /** Puts the weaker resolver of one field, and the weaker look-up of its type, into a running schema; gives it back after. */
  async function withWeaker<T>(strong: GraphQLSchema, weak: GraphQLSchema, { type, name }: Row, act: () => Promise<T>) {
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

  /** Whether the resolver alone, with nothing before or behind it, turns a viewer away. */
  function refusesByItself(schema: GraphQLSchema, { type, name }: Row, role: Role, ownerId: string): boolean {
    const field = (schema.getType(type) as GraphQLObjectType).getFields()[name]
    const viewer = { role, actorId: 'x', patientIds: role === Role.PATIENT ? ['own'] : [], scopes: [] }
    try {
      void Promise.resolve(
        field?.resolve?.({ ownerId }, {}, { viewer, audit: { note() {} } } as unknown as Context, {} as never),
      ).catch(() => undefined)
      return false
    } catch (error) {
      const { extensions } = error as { extensions?: { code?: string } }
      return extensions?.code === 'FORBIDDEN' || extensions?.code === 'UNAUTHENTICATED'
    }
  }

  /** Whether the resolver alone, with nothing before or behind it, writes down that a viewer read somebody's row. */
  function notesByItself(schema: GraphQLSchema, { type, name }: Row, role: Role): boolean {
    const field = (schema.getType(type) as GraphQLObjectType).getFields()[name]
    const viewer = { role, actorId: 'x', patientIds: [], scopes: [] }
    const noted: string[] = []
    const audit = { note: (ownerId: string) => void noted.push(ownerId) }
    try {
      void Promise.resolve(
        field?.resolve?.({ ownerId: 'own' }, {}, { viewer, audit } as unknown as Context, {} as never),
      ).catch(() => undefined)
    } catch {
      // There is no database to go on with.
    }
    return noted.length > 0
  }

  it.each(subgraphNames)('is caught, whichever it is, in %s', async (subgraph) => {
    const rules = rulesOf(subgraph)
    const strong = schemaWith(subgraph, (rule) => rule)
    const mutated = await startWeakened(cast.portal, subgraph, { schema: strong })
    const inPlace = { subgraphs: { [subgraph]: mutated } }
    const open = Object.fromEntries(
      everyRole.map((role) => [role, schemaWith(subgraph, (rule) => ({ ...rule, roles: [...rule.roles, role] }))]),
    )
    const dropped = schemaWith(subgraph, () => undefined)
    const unrelated = schemaWith(subgraph, (rule) => ({ ...rule, relation: Relation.NONE }))
    const escaped: string[] = []
    const caught = { byMatrix: 0, byResolver: 0 }

    const count = (isCaught: boolean, alone: () => boolean, mutant: string) => {
      if (isCaught) caught.byMatrix += 1
      else if (alone()) caught.byResolver += 1
      else escaped.push(mutant)
    }
    const noticed = async (row: Row, weak: GraphQLSchema, some: readonly Actor[]) =>
      withWeaker(strong, weak, row, async () => {
        for (const actor of some)
          if (
            differences(row, actor, 'at the subgraph', await probe(cast, row, actor, 'at the subgraph', inPlace)).length
          )
            return true
        return false
      })

    for (const row of rows.filter(({ field }) =>
      placesOf(field).some((it) => it.subgraph === subgraph && !it.isExternal),
    )) {
      const rule = rules.get(row.field)
      if (!rule) throw new Error(`${row.field} has no rule`)
      for (const role of everyRole.filter((it) => !rule.roles.includes(it))) {
        const weak = open[role] as GraphQLSchema
        if (!refusesByItself(strong, row, role, 'own')) escaped.push(`${row.field} lets ${role} in as it is`)
        const alone = () => !refusesByItself(weak, row, role, 'own')
        count(await noticed(row, weak, [byRole[role]]), alone, `${row.field} opened to ${role}`)
      }
      const users = actors.filter((it) => row.expected[it] === 'shown' || row.expected[it] === 'noted').slice(0, 1)
      const [role = Role.SYSTEM] = rule.roles
      const shut = () => !refusesByItself(strong, row, role, 'own') && refusesByItself(dropped, row, role, 'own')
      count(await noticed(row, dropped, users), shut, `${row.field} without a rule`)
      if (rule.relation === Relation.SELF) {
        // Of what no patient may use, the relation says that the reading is written down.
        const foreign = () =>
          rule.roles.includes(Role.PATIENT)
            ? !refusesByItself(unrelated, row, Role.PATIENT, 'foreign')
            : notesByItself(strong, row, role) && !notesByItself(unrelated, row, role)
        if (!refusesByItself(strong, row, Role.PATIENT, 'foreign'))
          escaped.push(`${row.field} shows rows of others as it is`)
        const system = rule.roles.includes(Role.SYSTEM)
        count(system && (await noticed(row, unrelated, ['system'])), foreign, `${row.field} for anybody's rows`)
      }
    }
    await mutated.stop()
    expect(escaped).toEqual([])
    expect(caught.byMatrix).toBeGreaterThan(20)
    console.log(
      `${subgraph}: ${caught.byMatrix} weaker rules caught by the matrix, ${caught.byResolver} by the field alone`,
    )
  })

  it.each<[string, SubgraphName, EntityClass<object>]>([
    ['people', 'patients', Patient],
    ['sessions', 'patients', Session],
    ['appointments', 'appointments', Appointment],
    ['letters about bookings', 'documents', BookingLetter],
    ['documents of any form', 'documents', AnyDocument],
    ['links', 'messages', Link],
  ])('is noticed when it is the filter of %s, and shows nothing even then', async (_, name, entity) => {
    const definition = definitionOf(name)
    const policy = definition.policy.with(rowRules([entity, everyRow]))
    const mutated = await startWeakened(cast.portal, name, { definition: { ...definition, policy } })
    const foreign = rows.filter(
      (row) => row.expected['another patient'] === 'nothing' && placesOf(row.field).some((it) => it.subgraph === name),
    )
    const inPlace = { subgraphs: { [name]: mutated } }
    expect(await lookAt(cast, foreign, 'another patient', 'at the subgraph', inPlace)).not.toEqual([])
    const shown = await lookAt(cast, foreign, 'another patient', 'at the subgraph', inPlace, (row, seen) =>
      seen === 'refused' || seen === 'nothing' ? [] : [`${row.field}: ${seen}`],
    )
    expect(shown).toEqual([])
    await mutated.stop()
  })

  it.each<[string, SubgraphName, EntityClass<object>]>([
    ['Patient', 'patients', Patient],
    ['Appointment', 'appointments', Appointment],
    ['AppointmentLetter', 'documents', BookingLetter],
  ])(
    'is noticed when `_entities` looks past the filter for a %s, and shows nothing even then',
    async (type, name, entity) => {
      const definition = definitionOf(name)
      const past = ({ id }: Record<string, unknown>, { em }: Context) =>
        em.findOne(entity, { id } as never, { filters: false })
      const references = { ...definition.references, [type]: past }
      const mutated = await startWeakened(cast.portal, name, {
        definition: { ...definition, references },
        schema: subgraphSchema(graphOf({ ...definition, references })),
      })
      const foreign = rows.filter((row) => row.type === type && row.expected['another patient'] === 'nothing')
      const inPlace = { subgraphs: { [name]: mutated } }
      const seen = await lookAt(cast, foreign, 'another patient', 'at the subgraph', inPlace, (row, it) => [it])
      expect(seen).toContain('refused')
      expect(seen.filter((it) => it !== 'refused' && it !== 'nothing')).toEqual([])
      await mutated.stop()
    },
  )

  it('is noticed when a word of the matrix is another', async () => {
    const row = rows.find(({ field }) => field === 'Patient.nhsNumber')
    if (!row) throw new Error('Patient.nhsNumber is not in the matrix')
    const seen = await probe(cast, row, 'patient', 'at the subgraph')
    for (const word of ['noted', 'nothing', 'refused'] as const) {
      const wrong = { ...row, expected: { ...row.expected, patient: word } }
      expect(differences(wrong, 'patient', 'at the subgraph', seen)).toHaveLength(1)
    }
  })
})
