import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import {
  buildSchema,
  type GraphQLField,
  type GraphQLInputType,
  isCompositeType,
  isEnumType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
} from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '../subgraphs/runtime/viewer.ts'
import { anonymous, staff } from './alone.ts'
import { anAppointment, aPerson, type PersonInWorld, world, type World } from './world.ts'

/** The subgraphs that know of a person no more than the id, and what they add to it. */
const places = ['appointments', 'documents'] as const

/** Every field that a subgraph has of a person, as a question that needs no more. */
function questionsOf(subgraph: string): [string, string][] {
  const schema = buildSchema(readFileSync(new URL(`../schema/${subgraph}.graphql`, import.meta.url), 'utf8'), {
    assumeValidSDL: true,
  })
  const person = schema.getType('Patient')
  if (!isObjectType(person)) throw new Error(`${subgraph} knows of no person`)
  return Object.values(person.getFields()).map((field) => [field.name, questionFor(field)])
}

function questionFor({ name, type, args }: GraphQLField<unknown, unknown>): string {
  const named = isNonNullType(type) ? type.ofType : type
  const needed = args.filter(isRequiredArgument).map((it) => `${it.name}: ${valueFor(it.type)}`)
  return `${name}${needed.length ? `(${needed.join(', ')})` : ''}${isCompositeType(named) ? ' { __typename }' : ''}`
}

/** The first of its kind; anything else must be thought of when a field comes to need it. */
function valueFor(type: GraphQLInputType): string {
  const named = isNonNullType(type) ? type.ofType : type
  const [first] = isEnumType(named) ? named.getValues() : []
  if (!first) throw new Error(`there is no value for ${String(type)}`)
  return first.name
}

describe.each(places)('a person, straight at %s', (subgraph) => {
  let portal: World
  let known: PersonInWorld
  beforeAll(async () => {
    portal = await world()
    known = await aPerson(portal)
    await anAppointment(portal, known)
    await portal.graph.settle()
  })
  afterAll(() => portal.stop())

  async function ask(viewer: Viewer, id: string, question: string) {
    const query = `query P($keys: [_Any!]!) { _entities(representations: $keys) { ... on Patient { ${question} } } }`
    const variables = { keys: [{ __typename: 'Patient', id }] }
    const answer = await portal.graph.subgraphs
      .get(subgraph)
      ?.execute({ query, variables, viewer, requestId: randomUUID() })
    const [entity] = (answer?.data?._entities ?? []) as (Record<string, unknown> | null)[]
    return { entity: entity ?? null, code: answer?.errors?.[0]?.extensions.code }
  }

  it.each(questionsOf(subgraph))('is opened to nobody who has not logged in: %s', async (_, question) => {
    expect(await ask(anonymous(), known.id, question)).toEqual({ entity: null, code: 'UNAUTHENTICATED' })
  })

  it.each(questionsOf(subgraph))('is no more to staff than the id that was asked for: %s', async (name, question) => {
    for (const id of [known.id, randomUUID()]) {
      const expected = { id: { id }, grant: { grant: null } }[name]
      const { entity, code } = await ask(staff, id, question)
      if (expected) expect({ entity, code }).toEqual({ entity: expected, code: undefined })
      else expect({ entity: entity?.[name] ?? null, code }).toEqual({ entity: null, code: 'FORBIDDEN' })
    }
  })

  it('adds something to the id, which is looked at above', () => {
    expect(questionsOf(subgraph).map(([name]) => name)).toEqual(expect.arrayContaining(['id', 'grant', subgraph]))
  })
})
