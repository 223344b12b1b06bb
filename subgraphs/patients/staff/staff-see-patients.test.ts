import { getNamedType, type GraphQLObjectType, isObjectType, isUnionType, parse } from 'graphql'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { staff } from '../../../test/alone.ts'
import { behind, type Behind } from '../../../test/behind.ts'
import { aPatient } from '../../../test/people.ts'
import { authRules, subgraphSchema, subgraphSdl } from '../../runtime/federate.ts'
import { graphOf } from '../../runtime/subgraph.ts'
import { Role } from '../../runtime/viewer.ts'
import { PatientKeys } from '../keys.ts'
import { patients } from '../main.ts'

let portal: Behind
beforeAll(async () => {
  portal = await behind(patients, { extra: { keys: new PatientKeys(Buffer.alloc(32, 7)), demonstration: false } })
})
afterAll(() => portal.stop())

const asked = (id: string, fields: string) =>
  portal.ask(
    staff,
    `query AtTheDesk($r: [_Any!]!) { _entities(representations: $r) { ... on Patient { ${fields} } } }`,
    {
      r: [{ __typename: 'Patient', id }],
    },
  )

it('shows staff whom to phone, and writes down that they looked', async () => {
  const { id } = await aPatient(portal, { email: 'amal@example.com' })
  const fields =
    'id hospitalNumber nhsNumber name { full } bornOn deceased mobile homePhone email needs { interpreterLanguage }'
  const { data, errors } = await asked(id, fields)
  expect(errors).toBeUndefined()
  expect(data?._entities).toMatchObject([
    { id, name: { full: 'Amal Haddad' }, email: 'amal@example.com', deceased: false },
  ])
  const rows = await portal.sql('select role, actor_id, operation from audit_entry where patient_id = ?', id)
  expect(rows).toContainEqual({ role: 'STAFF', actor_id: staff.actorId, operation: 'AtTheDesk' })
})

it.each(['address { postcode }', 'paperless', 'messageable', 'formerIds', 'sessions { id }'])(
  'does not show them %s',
  async (field) => {
    const { id } = await aPatient(portal, { address: { lines: ['14 Cassio Lane'], postcode: 'WD18 0HB' } })
    const { errors } = await asked(id, field)
    expect(errors?.map((it) => it.extensions.code)).toEqual(['FORBIDDEN'])
  },
)

it('gives them no way to find or list patients: nothing they may ask or do here leads to one', () => {
  const shape = graphOf(patients)
  const rules = authRules(parse(subgraphSdl(shape)))
  const schema = subgraphSchema(shape)
  const mayUse = (type: GraphQLObjectType, field: string) =>
    rules.get(`${type.name}.${field}`)?.roles.includes(Role.STAFF) ?? false
  const seen = new Set<GraphQLObjectType>()
  const walk = (type: GraphQLObjectType) => {
    if (seen.has(type)) return
    seen.add(type)
    for (const field of Object.values(type.getFields()).filter((it) => mayUse(type, it.name))) {
      const named = getNamedType(field.type)
      for (const next of isUnionType(named) ? named.getTypes() : [named]) if (isObjectType(next)) walk(next)
    }
  }
  for (const root of [schema.getQueryType(), schema.getMutationType()]) if (root) walk(root)
  const names = [...seen].map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['StaffMember', 'LoggedOut']))
  expect(names).not.toContain('Patient')
})
