import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { breakingChanges } from './breaking-changes.ts'
import { complaints } from './meant-changes.ts'
import { annotated, contractOf, contractReleased } from './released-graph.ts'

const released = `
  type Query {
    person(number: String!, near: Near): Person @auth(roles: [PATIENT, PARTNER], scopes: ["people.read"])
    staffRoom: Room @auth(roles: [STAFF])
  }
  type Mutation { tidy(input: TidyInput!): Tidied! @auth(roles: [STAFF]) }
  type Person {
    name: String! @auth(roles: [PATIENT, PARTNER, STAFF], scopes: ["people.read"])
    mobile: String @auth(roles: [PATIENT])
  }
  type Room { size: Size! @auth(roles: [STAFF]) door: Door @auth(roles: [SYSTEM]) }
  type Door { colour: String @auth(roles: [SYSTEM]) }
  enum Size { SMALL LARGE }
  input TidyInput { where: String }
  input Near { town: String }
  union Tidied = Room | Person
`
const isNow = async (change: (text: string) => string) => {
  const now = change(released)
  expect(now).not.toBe(released)
  const found = await breakingChanges(contractOf(released), contractOf(now))
  return found.map(({ change: what, roles }) => `${what}: ${roles.join(' ')}`)
}
const replaced = (from: string, to: string) => isNow((text) => text.replace(from, to))

describe('a change of the graph', () => {
  it('that takes a field away breaks for those who could use it', async () => {
    expect(await isNow((text) => text.replace(/ {4}mobile.*\n/, ''))).toEqual([
      "Field 'mobile' was removed from object type 'Person': PATIENT",
    ])
  })

  it('that takes a field away where nobody could get to it breaks for nobody', async () => {
    expect(await replaced('door: Door @auth(roles: [SYSTEM])', '')).toEqual([])
  })

  it('that wants more of those who ask breaks for them', async () => {
    expect(await replaced('near: Near', 'near: Near!')).toEqual([expect.stringMatching(/'near'.*: PATIENT PARTNER$/)])
    expect(await replaced('town: String', 'town: String!')).toEqual([
      expect.stringMatching(/'Near.town'.*: PATIENT PARTNER$/),
    ])
    expect(await replaced('where: String', 'where: String why: String!')).toEqual([
      expect.stringMatching(/'why'.*: STAFF$/),
    ])
  })

  it('that answers less breaks for those who are answered', async () => {
    expect(await replaced('SMALL LARGE', 'SMALL')).toEqual([expect.stringMatching(/'LARGE'.*: STAFF$/)])
    expect(await replaced('Room | Person', 'Room')).toEqual([expect.stringMatching(/'Person'.*: STAFF$/)])
    expect(await replaced('size: Size!', 'size: Size')).toEqual([expect.stringMatching(/'Room.size'.*: STAFF$/)])
  })

  it('that takes a field from a role breaks for it alone', async () => {
    expect(await replaced('[PATIENT, PARTNER, STAFF]', '[PATIENT, STAFF]')).toEqual([
      "Field 'Person.name' is no longer for partner organisations: PARTNER",
    ])
    expect(await replaced('roles: [PATIENT, PARTNER]', 'roles: [SYSTEM]')).toEqual([
      "Field 'Query.person' is no longer for patients and partner organisations: PATIENT PARTNER",
    ])
  })

  it('that wants another scope breaks for partners', async () => {
    expect(await replaced('STAFF], scopes: ["people.read"]', 'STAFF], scopes: ["people.read", "names.read"]')).toEqual([
      "Field 'Person.name' now needs the scope names.read: PARTNER",
    ])
  })

  it('that is of no type breaks for everybody', async () => {
    const marked = contractOf(`directive @trace(id: ID!) on FIELD ${released}`)
    const [found] = await breakingChanges(marked, contractOf(released))
    expect(found?.change).toContain("'trace' was removed")
    expect(found?.roles).toHaveLength(5)
  })

  it('that only adds breaks nothing', async () => {
    const more = 'size: Size! @auth(roles: [STAFF, PATIENT]) floor: Int @auth(roles: [STAFF])'
    expect(await replaced('size: Size! @auth(roles: [STAFF])', more)).toEqual([])
    expect(await replaced('town: String', 'town: String street: String')).toEqual([])
  })
})

describe('what the check says', () => {
  const change = { change: "Field 'mobile' was removed", roles: ['PATIENT', 'STAFF'] }
  const meant = { change: change.change, because: 'Nobody rings any more; ask for email.' }

  it('is what breaks, for whom, and how to say that it is meant', () => {
    const [what, how, ...more] = complaints([change], [])
    expect(what).toBe("Breaks for patients and staff at the desk: Field 'mobile' was removed.")
    expect(how).toContain('schema/meant-changes.json: {"change":"Field \'mobile\' was removed","because":')
    expect(more).toEqual([])
  })

  it('is nothing when it is meant, and that something is meant which is not so', () => {
    expect(complaints([change], [meant])).toEqual([])
    expect(complaints([], [meant])).toEqual([expect.stringContaining('a change that is not there')])
  })
})

describe('the last release', () => {
  it('is kept with the rules it had', async () => {
    const file = (name: string) => readFileSync(new URL(`../../schema/${name}`, import.meta.url), 'utf8')
    const now = contractOf(annotated(file('api.graphql'), file('supergraph.graphql')))
    expect(now.rules.get('Query.me')).toEqual({ roles: new Set(['PATIENT']), scopes: [] })
    expect(await breakingChanges(now, now)).toEqual([])
  })

  it('knows whom it would break for if an appointment lost its time', async () => {
    const before = contractReleased()
    const text = readFileSync(new URL('../../schema/released.graphql', import.meta.url), 'utf8')
    const without = text.replace(/(\ntype Appointment \{.*?\n {2})startsAt: /s, '$1beginsAt: ')
    const [found, ...more] = await breakingChanges(before, contractOf(without))
    expect(found?.change).toContain("'startsAt' was removed from object type 'Appointment'")
    expect(found?.roles).toEqual(expect.arrayContaining(['PATIENT', 'STAFF', 'SYSTEM']))
    expect(more).toEqual([])
  })
})
