import { randomUUID } from 'node:crypto'
import type { Subgraph } from '../../subgraphs/runtime/subgraph.ts'
import type { Viewer } from '../../subgraphs/runtime/viewer.ts'
import { patient } from '../alone.ts'
import { auditOf } from '../rows-of.ts'
import { aPerson, post, signedAddress } from '../world.ts'
import type { Cast } from './cast.ts'
import type { Door } from './door.ts'
import { doorsTo } from './doors.ts'
import { aStaffLogIn, aThrowawayToken } from './log-ins.ts'
import {
  type Actor,
  fieldsOfContract,
  most,
  type Place,
  type Row,
  type Seen,
  seenIn,
  type SubgraphName,
  type Way,
} from './matrix.ts'
import { systemOf, viewerOf } from './viewers.ts'

interface Answer {
  data?: unknown
  errors?: readonly unknown[]
}

/** Who answers in place of the parts of the cast: for a part whose rules were weakened. */
export interface InPlace {
  readonly subgraphs?: Partial<Record<SubgraphName, Pick<Subgraph, 'execute'>>>
  readonly gateway?: Cast['portal']['graph']['gateway']
  /** Told what the audit of a subgraph names: the kinds of things that were answered. */
  readonly named?: (things: readonly string[]) => void
}

const contract = fieldsOfContract()
export const placesOf = (field: string): Place[] => contract.get(field) ?? []

/** What one actor sees of one row by one way in, through every door there is. */
export async function probe(cast: Cast, row: Row, actor: Actor, way: Way, inPlace: InPlace = {}): Promise<Seen> {
  const doors = doorsTo(row).filter((it) => it.for?.(actor) ?? true)
  const seen: Seen[] = []
  for (const door of doors) {
    if (way === 'through the gateway') {
      if (door.at === 'gateway' || door.at === 'both') seen.push(await throughGateway(cast, row, actor, door, inPlace))
    } else
      for (const { subgraph } of subgraphOf(row.field))
        if (door.at === subgraph || door.at === 'both')
          seen.push(await atSubgraph(cast, row, actor, door, subgraph, inPlace))
  }
  if (!seen.length) throw new Error(`${row.field}: no door for ${actor} ${way}`)
  return most(seen)
}

const argumentsOf: Record<string, string> = { 'Patient.appointments': '(period: UPCOMING)' }
const subgraphOf = (field: string) => placesOf(field).filter((it) => !it.isExternal)

function textOf({ field, name }: Row, { text }: Door): string {
  const within = placesOf(field).some((it) => it.isComposite) ? ' { __typename }' : ''
  return text.replaceAll('%', `wanted: ${name}${argumentsOf[field] ?? ''}${within}`)
}

async function throughGateway(cast: Cast, row: Row, actor: Actor, door: Door, inPlace: InPlace): Promise<Seen> {
  const requestId = randomUUID()
  const query = textOf(row, door)
  const variables = await door.variables(cast, actor)
  const answer = await askGateway(cast, row, actor, door, { query, variables, requestId }, inPlace)
  // What is hidden from clients is no part of the graph they see.
  if (row.reach === 'inside' && isUnknownField(answer)) return 'refused'
  return seenIn(answer, (await auditOf(cast.portal, requestId)).length > 0)
}

const isUnknownField = ({ errors }: Answer) =>
  errors?.some((it) =>
    /^(Cannot query field|Unknown type|Unknown argument)/.test((it as { message: string }).message),
  ) ?? false

type Question = { query: string; variables: Record<string, unknown>; requestId: string }

async function askGateway(
  cast: Cast,
  row: Row,
  actor: Actor,
  { bySomebodyNew }: Door,
  { query, variables, requestId }: Question,
  inPlace: InPlace,
): Promise<Answer> {
  const { portal, tokens } = cast
  const headers = { 'x-request-id': requestId, ...signedAddress(portal) }
  const gateway = inPlace.gateway ?? portal.graph.gateway
  const ask = (bearer: string | undefined) => post(`${gateway.url}/graphql`, bearer, { query, variables }, headers)
  switch (actor) {
    case 'anonymous':
      return ask(undefined)
    case 'ended session':
      return ask(tokens[actor])
    case 'patient':
    case 'another patient':
      return ask(bySomebodyNew ? (await aThrowawayToken(cast)).token : tokens[actor])
    case 'staff':
      return ask(bySomebodyNew ? (await aStaffLogIn(cast)).token : tokens[actor])
    case 'system':
      return ask(`system.feeds.${portal.secrets.SYSTEM_SECRET_FEEDS}`)
    case 'gateway':
      // Nobody can log in as it, so a part of the same process says that it is.
      return gateway.execute({ query, variables, requestId, viewer: viewerOf(cast, actor) })
    default:
      return systemOf(cast, actor, row).ask(query, variables, headers, gateway.url)
  }
}

async function atSubgraph(
  cast: Cast,
  row: Row,
  actor: Actor,
  door: Door,
  name: SubgraphName,
  inPlace: InPlace,
): Promise<Seen> {
  const requestId = randomUUID()
  const query = textOf(row, door)
  if (actor === 'ended session') {
    const variables = await door.variables(cast, actor)
    return seenIn(await post(cast.addresses[name], cast.tokens[actor], { query, variables }), false)
  }
  const subgraph = inPlace.subgraphs?.[name] ?? cast.portal.graph.subgraphs.get(name)
  if (!subgraph) throw new Error(`${name} does not run`)
  const isNew = door.bySomebodyNew && /patient/.test(actor)
  const viewer: Viewer = isNew ? patient((await aPerson(cast.portal)).id) : viewerOf(cast, actor, row)
  // What a partner is granted is found out in the same request, by another subgraph.
  const variables = await door.variables(cast, actor, { viewer, requestId })
  const answer = await subgraph.execute({ query, variables, viewer, requestId })
  const noted = (await auditOf(cast.portal, requestId)).filter((it) => it.subgraph === name)
  for (const { things } of noted)
    inPlace.named?.(typeof things === 'string' ? (JSON.parse(things) as string[]) : things)
  return seenIn(answer, noted.length > 0)
}
