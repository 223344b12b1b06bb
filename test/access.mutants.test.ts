import { randomUUID } from 'node:crypto'
import type { EntityClass } from '@mikro-orm/core'
import type { GraphQLSchema } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Appointment } from '../subgraphs/appointments/appointment.entity.ts'
import { BookingLetter } from '../subgraphs/documents/booking-letters/booking-letter.entity.ts'
import { AnyDocument } from '../subgraphs/documents/hospital-document.entity.ts'
import { Link } from '../subgraphs/messages/link.entity.ts'
import { Patient } from '../subgraphs/patients/patient.entity.ts'
import { Session } from '../subgraphs/patients/session.entity.ts'
import { type AuthRule, Relation } from '../subgraphs/runtime/auth.ts'
import type { Context } from '../subgraphs/runtime/context.ts'
import { subgraphSchema } from '../subgraphs/runtime/federate.ts'
import { rows as rowRules } from '../subgraphs/runtime/rows.ts'
import { graphOf, type Subgraph } from '../subgraphs/runtime/subgraph.ts'
import { Role } from '../subgraphs/runtime/viewer.ts'
import { refusesByItself, someone, withWeaker } from './access/by-itself.ts'
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
import { definitionOf, everyRole, everyRow, rulesOf, schemaWith, startWeakened } from './access/weakened.ts'
import { askAbout, everyScope, representationOf } from './granted.ts'
import { world } from './world.ts'

const rows = readMatrix()
let cast: Cast
beforeAll(async () => {
  cast = await castOf(await world({ engine: 'postgresql', ...worldOfCast }))
})
afterAll(() => cast.stop())

describe('a single rule that is weaker', { timeout: 600_000 }, () => {
  const byRole: Record<Role, Actor> = {
    ANONYMOUS: 'anonymous',
    PATIENT: 'patient',
    PARTNER: 'partner',
    STAFF: 'staff',
    SYSTEM: 'system',
    GATEWAY: 'gateway',
  }

  /** One way to weaken one field: who would notice at the subgraph, and whether the field alone tells. */
  interface Mutant {
    readonly name: string
    readonly weak: GraphQLSchema
    readonly noticedBy: readonly Actor[]
    /** The audit tells of it too: what is answered of somebody's is named there. */
    readonly isOfRelation?: boolean
    readonly alone: () => boolean
  }

  /** The schemas of one subgraph, each with every field weakened in one way. */
  const weakenedIn = (subgraph: SubgraphName) => ({
    open: Object.fromEntries(
      everyRole.map((role) => [role, schemaWith(subgraph, (rule) => ({ ...rule, roles: [...rule.roles, role] }))]),
    ) as Record<Role, GraphQLSchema>,
    dropped: schemaWith(subgraph, () => undefined),
    unrelated: schemaWith(subgraph, (rule) => ({ ...rule, relation: Relation.NONE })),
    unscoped: schemaWith(subgraph, (rule) => ({ ...rule, scopes: [] })),
  })

  function* mutantsOf(
    row: Row,
    rule: AuthRule,
    strong: GraphQLSchema,
    { open, dropped, unrelated, unscoped }: ReturnType<typeof weakenedIn>,
  ): Generator<Mutant> {
    for (const role of everyRole.filter((it) => !rule.roles.includes(it)))
      yield {
        name: `${row.field} opened to ${role}`,
        weak: open[role],
        noticedBy: [byRole[role]],
        alone: () => refusesByItself(strong, row, someone(role)) && !refusesByItself(open[role], row, someone(role)),
      }
    const [role = Role.SYSTEM] = rule.roles
    const sees = actors.filter((it) => row.expected[it] === 'shown' || row.expected[it] === 'noted')
    yield {
      name: `${row.field} without a rule`,
      weak: dropped,
      noticedBy: sees.slice(0, 1),
      alone: () => !refusesByItself(strong, row, someone(role)) && refusesByItself(dropped, row, someone(role)),
    }
    if (rule.relation === Relation.SELF)
      yield {
        name: `${row.field} for anybody's rows`,
        weak: unrelated,
        // The relation also says that the reading is written down.
        noticedBy: actors.filter((it) => row.expected[it] === 'noted').slice(0, 2),
        isOfRelation: true,
        alone: () =>
          relatedRoles(rule).length > 0 &&
          relatedRoles(rule).every((it) => isForOwnRows(strong, row, it) && !isForOwnRows(unrelated, row, it)),
      }
    for (const scope of rule.scopes ?? [])
      yield {
        name: `${row.field} without ${scope}`,
        weak: unscoped,
        noticedBy: ['partner without the scope'],
        alone: () => refusesByItself(strong, row, without(scope)) && !refusesByItself(unscoped, row, without(scope)),
      }
  }
  /** Those to whom some rows are their own, or shared, and others are not. */
  const relatedRoles = ({ roles }: AuthRule) => roles.filter((it) => it === Role.PATIENT || it === Role.PARTNER)
  const isForOwnRows = (schema: GraphQLSchema, row: Row, role: Role) =>
    refusesByItself(schema, row, someone(role), 'foreign')
  const without = (scope: string) =>
    someone(
      Role.PARTNER,
      everyScope.filter((it) => it !== scope),
    )

  /** What a field lets through as it is, that it must not. */
  function* openAsItIs(row: Row, rule: AuthRule, strong: GraphQLSchema): Generator<string> {
    for (const role of everyRole.filter((it) => !rule.roles.includes(it)))
      if (!refusesByItself(strong, row, someone(role))) yield `${row.field} lets ${role} in as it is`
    if (rule.relation === Relation.SELF)
      for (const role of [Role.PATIENT, Role.PARTNER])
        if (!isForOwnRows(strong, row, role)) yield `${row.field} shows ${role} rows of others as it is`
    for (const scope of rule.scopes ?? [])
      if (!refusesByItself(strong, row, without(scope))) yield `${row.field} needs no ${scope} as it is`
  }

  it.each(subgraphNames)('is caught, whichever it is, in %s', async (subgraph) => {
    const rules = rulesOf(subgraph)
    const strong = schemaWith(subgraph, (rule) => rule)
    const weakened = weakenedIn(subgraph)
    const mutated = await startWeakened(cast.portal, subgraph, { schema: strong })
    const inPlace = { subgraphs: { [subgraph]: mutated } }
    const looked = async (row: Row, actor: Actor) => {
      const things = new Set<string>()
      const named = (some: readonly string[]) => some.forEach((it) => things.add(it))
      const seen = await probe(cast, row, actor, 'at the subgraph', { ...inPlace, named })
      return { isDifferent: differences(row, actor, 'at the subgraph', seen).length > 0, isNamed: things.has(row.type) }
    }
    const isNoticed = async (row: Row, { weak, noticedBy, isOfRelation }: Mutant) => {
      for (const actor of noticedBy) {
        const { isDifferent, isNamed } = await withWeaker(strong, weak, row, () => looked(row, actor))
        if (isDifferent || (isOfRelation && !isNamed && (await looked(row, actor)).isNamed)) return true
      }
      return false
    }
    const escaped: string[] = []
    const caught = { byMatrix: 0, byResolver: 0 }
    const isHere = ({ field }: Row) => placesOf(field).some((it) => it.subgraph === subgraph && !it.isExternal)
    for (const row of rows.filter(isHere)) {
      const rule = rules.get(row.field)
      if (!rule) throw new Error(`${row.field} has no rule`)
      escaped.push(...openAsItIs(row, rule, strong))
      for (const mutant of mutantsOf(row, rule, strong, weakened)) {
        if (await isNoticed(row, mutant)) caught.byMatrix += 1
        else if (mutant.alone()) caught.byResolver += 1
        else escaped.push(mutant.name)
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

  it.each<[string, SubgraphName, EntityClass<object>, string, string[]]>([
    ['appointments', 'appointments', Appointment, 'appointments(period: UPCOMING)', ['LETTERS', 'RESULTS']],
    ['letters', 'documents', AnyDocument, 'documents', ['APPOINTMENTS', 'RESULTS']],
    ['results', 'documents', AnyDocument, 'documents(filter: { kinds: [TEST_RESULT] })', ['APPOINTMENTS', 'LETTERS']],
  ])(
    'is noticed by a partner with whom all but %s is shared, when it is their filter, and shows nothing even then',
    async (_, name, entity, list, categories) => {
      const definition = definitionOf(name)
      const policy = definition.policy.with(rowRules([entity, everyRow]))
      const mutated = await startWeakened(cast.portal, name, { definition: { ...definition, policy } })
      const { portal, owner, partners } = cast
      const request = { viewer: partners.systems.partner.viewer, requestId: randomUUID() }
      const key = Buffer.from(portal.secrets.SHARING_KEY, 'base64url')
      const people = [representationOf(portal, { patientIds: [owner.id], categories }, request, key)]
      const seen = async (subgraph: Pick<Subgraph, 'execute'> | undefined) => {
        if (!subgraph) throw new Error(`${name} does not run`)
        const { data, errors } = await askAbout({ subgraph }, people, `list: ${list} { nodes { id } }`, request)
        return { codes: errors?.map((it) => it.extensions.code), people: data?._entities }
      }
      const asItIs = await seen(portal.graph.subgraphs.get(name))
      expect(asItIs.codes).toBeUndefined()
      expect(await seen(mutated)).toEqual({ codes: ['FORBIDDEN'], people: [null] })
      await mutated.stop()
    },
  )

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
