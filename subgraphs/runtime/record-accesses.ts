import { raw } from '@mikro-orm/core'
import { Arg, Ctx, FieldResolver, Int, Resolver } from 'type-graphql'
import { AuditEntry } from './audit.ts'
import { Auth, Relation } from './auth.ts'
import type { Context } from './context.ts'
import { encodePlaces, pageSize, placesIn } from './page.ts'
import { type RecordAccess, RecordAccessConnection } from './record-access.type.ts'
import { Role } from './viewer.ts'

/** Who has looked at one part of a record: a field on the type that stands for whose record it is. */
export interface AccessesField {
  readonly name: string
  readonly description: string
  /**
   * The types of this part that stand for something a person knows they have: a letter, and not its sections. Of what the
   * audit names, these are shown; the rest is in them, leads to them, or is how they are kept.
   */
  readonly things: readonly string[]
}

interface Asked {
  readonly first: number
  readonly after?: string | undefined
}

/** People alone, and in these words, which are the index's: our own systems and the person themselves are not shown. */
const byPeople = () => ({
  [raw((entry) => `${entry}.role in ('PARTNER', 'STAFF') and ${entry}.continues is null`)]: [],
})

/** Makes the field resolver of one subgraph, on its type for the person. */
export function accessesOn(person: () => new (...args: never[]) => object, field: AccessesField): new () => object {
  const { name, description } = field
  @Resolver(person)
  class Accesses {
    @Auth({ roles: [Role.PATIENT], relation: Relation.SELF })
    @FieldResolver(() => RecordAccessConnection, { name, description })
    accesses(
      @Arg('first', () => Int, { defaultValue: 20, description: 'How many: 1 to 50.' }) first: number,
      @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' })
      after: string | null | undefined,
      @Ctx() context: Context,
    ): Promise<RecordAccessConnection> {
      return recordAccesses(context, field, { first, after: after ?? undefined })
    }
  }
  return Accesses
}

/** A page, newest first, over every id the record of the person who asks has had. */
async function recordAccesses(
  context: Context,
  { things }: AccessesField,
  { first, after }: Asked,
): Promise<RecordAccessConnection> {
  const { em, viewer } = context
  const size = pageSize(first)
  const places = placesIn(after)
  const entries = newestFirst(viewer.patientIds.map((id) => chainOf(em, id, places.get(id), size + 1)))
  const nodes: RecordAccess[] = []
  let hasNextPage = false
  // One batch is enough, unless the person has several records and requests left rows in more than one.
  while (!hasNextPage) {
    const batch = await some(entries, size + 1)
    if (!batch.length) break
    const requests = await requestsOf(context, batch)
    for (const entry of batch) {
      const ofRequest = requests.get(requestOf(entry)) ?? []
      const isShown = ofRequest[0]?.id === entry.id
      hasNextPage ||= isShown && nodes.length === size
      if (hasNextPage) break
      if (isShown) nodes.push(shown(context, entry, ofRequest, things))
      places.set(entry.patientId, entry.sequence)
    }
  }
  const [ownerId = ''] = viewer.patientIds
  return { ownerId, nodes, pageInfo: { hasNextPage, endCursor: nodes.length ? encodePlaces(places) : null } }
}

/** What people left in one chain, newest first. */
async function* chainOf(em: Context['em'], patientId: string, from: number | undefined, atOnce: number) {
  for (let before = from; ;) {
    const entries = await em.find(
      AuditEntry,
      { patientId, ...(before !== undefined && { sequence: { $lt: before } }), ...byPeople() },
      // Nobody's rows by policy: these are asked for by the ids of the person who asks, and by nothing a client says.
      { orderBy: { sequence: 'desc' }, limit: atOnce, filters: false },
    )
    yield* entries
    if (entries.length < atOnce) return
    before = entries.at(-1)?.sequence
  }
}

/** One list of several, each in its own order: the next is the newest of those that come first. */
async function* newestFirst(chains: AsyncGenerator<AuditEntry, void>[]): AsyncGenerator<AuditEntry, void> {
  const next: (AuditEntry | void)[] = []
  for (const chain of chains) next.push((await chain.next()).value)
  for (;;) {
    const newest = next.reduce((one, it) => (it && (!one || it.at > one.at) ? it : one), undefined)
    if (!newest) return
    yield newest
    const place = next.indexOf(newest)
    next[place] = (await chains[place]?.next())?.value
  }
}

async function some(entries: AsyncGenerator<AuditEntry, void>, most: number): Promise<AuditEntry[]> {
  const batch: AuditEntry[] = []
  while (batch.length < most) {
    const { value } = await entries.next()
    if (!value) break
    batch.push(value)
  }
  return batch
}

/** Before it was kept what was seen, one request could not be told from another that gave itself the same id. */
const requestOf = ({ id, requestId, actorId, things }: AuditEntry) => (things ? `${requestId} ${actorId}` : id)

/**
 * Each request with all it left here: what its later parts saw, and what it saw of a record that is part of this one now.
 * The one that stands for it comes first.
 */
async function requestsOf({ em, viewer }: Context, entries: AuditEntry[]): Promise<Map<string, AuditEntry[]>> {
  const requestId = { $in: [...new Set(entries.map((it) => it.requestId))] }
  const all = await em.find(AuditEntry, { requestId, patientId: { $in: viewer.patientIds } }, { filters: false })
  const place = ({ patientId }: AuditEntry) => viewer.patientIds.indexOf(patientId)
  const isLater = ({ continues }: AuditEntry) => Number(continues !== null)
  all.sort((one, other) => isLater(one) - isLater(other) || +other.at - +one.at || place(one) - place(other))
  return Map.groupBy(all, requestOf)
}

function shown({ trust }: Context, entry: AuditEntry, all: AuditEntry[], things: readonly string[]): RecordAccess {
  const { id, patientId: ownerId, at, requestId, organisationName, person, personRole } = entry
  const seen = new Set(all.flatMap((it) => it.things ?? []))
  return {
    ownerId,
    id,
    at,
    requestId,
    organisation: organisationName ?? trust.name,
    person: person ?? null,
    personRole: personRole ?? null,
    things: things.filter((it) => seen.has(it)),
  }
}
