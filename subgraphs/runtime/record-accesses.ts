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
  const chains: AuditEntry[][] = []
  for (const id of viewer.patientIds) chains.push(await newestOf(em, id, places.get(id), size + 1))
  const entries = newestFirst(chains, size + 1)
  const nodes = entries.slice(0, size)
  for (const { patientId, sequence } of nodes) places.set(patientId, sequence)
  const later = await seenLater(em, nodes)
  const [ownerId = ''] = viewer.patientIds
  return {
    ownerId,
    nodes: nodes.map((entry) => shown(context, [entry, ...later.filter(isPartOf(entry))], things)),
    pageInfo: { hasNextPage: entries.length > size, endCursor: nodes.length ? encodePlaces(places) : null },
  }
}

const newestOf = (em: Context['em'], patientId: string, before: number | undefined, limit: number) =>
  em.find(
    AuditEntry,
    { patientId, ...(before !== undefined && { sequence: { $lt: before } }), ...byPeople() },
    // Nobody's rows by policy: these are asked for by the ids of the person who asks, and by nothing a client says.
    { orderBy: { sequence: 'desc' }, limit, filters: false },
  )

/** One list of several, each in its own order: the next is the newest of those that come first. */
function newestFirst(chains: AuditEntry[][], limit: number): AuditEntry[] {
  const entries: AuditEntry[] = []
  while (entries.length < limit) {
    const [newest] = chains.filter((it) => it.length).sort(([one], [other]) => Number(other?.at) - Number(one?.at))
    const entry = newest?.shift()
    if (!entry) break
    entries.push(entry)
  }
  return entries
}

/** What later parts of the same requests saw. */
const seenLater = (em: Context['em'], entries: AuditEntry[]): Promise<AuditEntry[]> => {
  const of = (name: 'requestId' | 'patientId') => ({ $in: [...new Set(entries.map((it) => it[name]))] })
  const where = { requestId: of('requestId'), patientId: of('patientId'), continues: { $ne: null } }
  return em.find(AuditEntry, where, { filters: false })
}

const isPartOf = (first: AuditEntry) => (it: AuditEntry) =>
  it.patientId === first.patientId && it.continues === first.sequence

function shown({ trust }: Context, entries: [AuditEntry, ...AuditEntry[]], things: readonly string[]): RecordAccess {
  const [{ id, patientId: ownerId, at, requestId, organisationName, person, personRole }] = entries
  const seen = new Set(entries.flatMap((it) => it.things ?? []))
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
