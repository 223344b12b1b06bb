import type { EntityClass } from '@mikro-orm/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Gateway } from '../gateway/main.ts'
import { rows as rowRules } from '../subgraphs/runtime/rows.ts'
import type { Subgraph } from '../subgraphs/runtime/subgraph.ts'
import { type Cast, castOf, worldOfCast } from './access/cast.ts'
import { lookAt } from './access/look.ts'
import {
  type Actor,
  actors,
  isPartner,
  readMatrix,
  type Row,
  type Seen,
  type SubgraphName,
  subgraphNames,
} from './access/matrix.ts'
import { viewerOf } from './access/viewers.ts'
import {
  definitionOf,
  everyRow,
  openSupergraph,
  openToAll,
  schemaWith,
  startEachWeakened,
  startGatewayOver,
} from './access/weakened.ts'
import { world } from './world.ts'

const rows = readMatrix()
const clients = actors.filter((it) => it !== 'gateway')
/** Those who may use what is somebody else's, of their own: to them it is not there. */
const strangers = [
  'another patient',
  'partner nobody shares with',
  'partner whose sharing was withdrawn',
] as const satisfies Actor[]
/** What is the owner's: of a list of one's own, and of what is everybody's, each has one. */
const ofOthers = (actor: Actor) =>
  rows.filter(({ expected }) => expected[actor] === 'nothing' && expected['another patient'] !== 'shown')
const isShut = (seen: Seen) => seen === 'refused' || seen === 'nothing'
/** Where nothing was brought along of a person, a partner meets nobody: null where a value was promised. */
const isNobody = (actor: Actor, seen: Seen) => isPartner(actor) && seen === 'error: INTERNAL'

let cast: Cast
const stops: { stop(): Promise<void> }[] = []
beforeAll(async () => {
  cast = await castOf(await world({ engine: 'postgresql', ...worldOfCast }))
})
afterAll(async () => {
  for (const it of stops.reverse()) await it.stop()
  await cast.stop()
})

describe('a gateway without rules', { timeout: 180_000 }, () => {
  let gateway: Gateway
  beforeAll(async () => {
    const ways = Object.fromEntries([...cast.portal.graph.subgraphs].map(([name, it]) => [name, it.execute]))
    gateway = await startGatewayOver(cast.portal, ways, openSupergraph())
    stops.push(gateway)
  })

  it.each(clients)('lets nothing through that the subgraphs do not refuse: %s', async (actor) => {
    const closed = rows.filter((row) => row.expected[actor] === 'refused' || row.expected[actor] === 'nothing')
    const shown = await lookAt(cast, closed, actor, 'through the gateway', { gateway }, (row, seen) =>
      isShut(seen) || isNobody(actor, seen) ? [] : [`${row.field}, ${actor}: ${seen}`],
    )
    expect(shown).toEqual([])
  })
})

describe('subgraphs in which everybody may use every field', { timeout: 180_000 }, () => {
  let open: Record<SubgraphName, Subgraph>
  let gateway: Gateway
  beforeAll(async () => {
    open = await startEachWeakened(cast.portal, (name) => ({ schema: schemaWith(name, openToAll) }))
    stops.push(...Object.values(open))
    const ways = subgraphNames.map((name) => [name, open[name].execute])
    gateway = await startGatewayOver(cast.portal, Object.fromEntries(ways) as never)
    stops.push(gateway)
  })

  it.each(clients)('are not asked what the gateway refuses: %s', async (actor) => {
    const refused = rows.filter((row) => row.expected[actor] === 'refused')
    expect(await lookAt(cast, refused, actor, 'through the gateway', { gateway })).toEqual([])
  })

  it.each(strangers)('show no row of anybody else, at the gateway and behind it: %s', async (actor) => {
    const foreign = ofOthers(actor)
    expect(foreign.length).toBeGreaterThan(60)
    expect(await lookAt(cast, foreign, actor, 'through the gateway', { gateway })).toEqual([])
    expect(await lookAt(cast, foreign, actor, 'at the subgraph', { subgraphs: open })).toEqual([])
  })

  it.each(['anonymous', 'partner', 'partner without the scope', 'staff', 'gateway'] as const)(
    'are noticed by the matrix: %s',
    async (actor) => {
      const refused = rows.filter((row) => row.expected[actor] === 'refused' && row.type === 'Mutation')
      expect(await lookAt(cast, refused.slice(0, 3), actor, 'at the subgraph', { subgraphs: open })).not.toEqual([])
    },
  )
})

describe('rows that are not filtered', { timeout: 180_000 }, () => {
  let unfiltered: Record<SubgraphName, Subgraph>
  beforeAll(async () => {
    unfiltered = await startEachWeakened(cast.portal, (name) => {
      const definition = definitionOf(name)
      const all = definition.entities.map((entity): [EntityClass<object>, typeof everyRow] => [
        entity as EntityClass<object>,
        everyRow,
      ])
      return { definition: { ...definition, policy: definition.policy.with(rowRules(...all)) } }
    })
    stops.push(...Object.values(unfiltered))
  })

  it.each(strangers)('are shown to nobody else: %s', async (actor) => {
    const judge = (row: Row, seen: Seen) => (isShut(seen) ? [] : [`${row.field}: ${seen}`])
    const inPlace = { subgraphs: unfiltered }
    expect(await lookAt(cast, ofOthers(actor), actor, 'at the subgraph', inPlace, judge)).toEqual([])
  })

  it('are noticed by the matrix', async () => {
    const inPlace = { subgraphs: unfiltered }
    const noticed = await lookAt(cast, ofOthers('another patient'), 'another patient', 'at the subgraph', inPlace)
    expect(noticed.length).toBeGreaterThan(40)
  })

  it('are neither listed nor changed for anybody else', async () => {
    const viewer = viewerOf(cast, 'another patient')
    const ask = (name: SubgraphName, query: string) =>
      unfiltered[name].execute({ query, viewer, requestId: 'unfiltered' })
    const { data } = await ask('patients', '{ me { sessions { id } } }')
    expect(JSON.stringify(data)).not.toContain(cast.endedSessionId)
    expect(await acceptedAt(cast, cast.appointments.open.id)).toBeNull()
    await ask(
      'appointments',
      `mutation { acceptAppointment(input: { idempotencyKey: "theirs", appointmentId: "${cast.appointments.open.id}" }) { __typename } }`,
    )
    expect(await acceptedAt(cast, cast.appointments.open.id)).toBeNull()
  })
})

async function acceptedAt({ portal, tokens }: Cast, id: string): Promise<string | null> {
  const query = `query A($id: ID!) { appointment(id: $id) { accepted: acceptedAt } }`
  const { data } = await portal.ask(tokens.patient, query, { id })
  return (data?.appointment as unknown as { accepted: string | null }).accepted
}
