import { randomUUID } from 'node:crypto'
import { defineEntity, type EventArgs, type EventSubscriber, p } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/sql'
import { type ResponsePath as Path, responsePathAsArray } from 'graphql'
import { type AuditKey, chainStart, fingerprint } from './audit-fingerprint.ts'
import type { Clock } from './clock.ts'
import { serialise } from './serialise.ts'
import { Role, type Viewer } from './viewer.ts'

const AuditEntryTable = defineEntity({
  name: 'AuditEntry',
  properties: {
    id: p.uuid().primary(),
    patientId: p.string(),
    /** 1, 2, 3 … for each patient: a gap is a row taken away. */
    sequence: p.integer(),
    at: p.datetime(3),
    role: p.string(),
    actorId: p.string(),
    operation: p.string(),
    requestId: p.string(),
    /** Of a partner: whose it is. Null of our own staff and systems. */
    organisationCode: p.string().nullable(),
    organisationName: p.string().nullable(),
    /** Of staff their name; of a partner how it names whom it asks for, and what they are there. */
    person: p.string().nullable(),
    personRole: p.string().nullable(),
    /** The kinds of things that were seen or done, as the graph and its tables name them. Null in rows from before this was kept. */
    things: p.json<string[]>().nullable(),
    /** The number of the row that this request has here already: this one adds what a later part of it saw. */
    continues: p.integer().nullable(),
    previousHash: p.string(),
    hash: p.string(),
  },
  uniques: [{ name: 'audit_entry_sequence', properties: ['patientId', 'sequence'] }],
  // What is shown to the person: a few rows among the many that our systems leave.
  indexes: [
    {
      name: 'audit_entry_by_people',
      properties: ['patientId', 'sequence'],
      where: "role in ('PARTNER', 'STAFF') and continues is null",
    },
    { name: 'audit_entry_of_request', properties: ['requestId', 'patientId'] },
  ],
})

/** One row for each request, patient and subgraph in which anyone but the patient read or did something. Append-only, chained by hash. */
export class AuditEntry extends AuditEntryTable.class {}
AuditEntryTable.setClass(AuditEntry)

export const auditEntities = [AuditEntry]
/** The patient, and the gateway when it asks on the patient's own request whose session it is. */
const unwatched: ReadonlySet<Role> = new Set([Role.PATIENT, Role.GATEWAY])

/** Who asks, when, and what is signed with. */
export interface WatchedRequest {
  readonly viewer: Viewer
  readonly clock: Clock
  readonly requestId: string
  readonly operation: string
  readonly key: AuditKey
}

type Things = Map<string, Set<string>>

/** Collects, during one request, whose rows somebody other than the patient touched, and writes it down before the answer leaves. */
export class AuditOfRequest {
  readonly #asked: { patientId: string; thing: string; path: Path }[] = []
  #pending: Things = new Map()
  #written: Things = new Map()
  readonly #request: WatchedRequest
  readonly #isUnwatched: boolean

  constructor(request: WatchedRequest) {
    this.#request = request
    this.#isUnwatched = unwatched.has(request.viewer.role)
  }

  /** Somebody saw or changed such a thing of this patient's. */
  note(patientId: string, thing: string): void {
    if (this.#isUnwatched || this.#written.get(patientId)?.has(thing)) return
    add(this.#pending, patientId, [thing])
  }

  /** A field of such a thing of this patient's is asked for. Whether it is answered is seen in the end. */
  asked(patientId: string, thing: string, path: Path): void {
    if (!this.#isUnwatched) this.#asked.push({ patientId, thing, path })
  }

  /**
   * This is the answer: what is in it was seen. What was refused, or is not there, tells nothing of anybody; what a change
   * is answered with is part of the change.
   */
  answered(data: unknown): void {
    for (const { patientId, thing, path } of this.#asked) {
      const isKnown = this.#written.has(patientId) || this.#pending.get(patientId)?.has(thing)
      if (!isKnown && isIn(data, path)) this.note(patientId, thing)
    }
    this.#asked.length = 0
  }

  /** Writes what is noted in the transaction given, or in one of its own. Throws when it cannot: then there is no answer. */
  async write(em: EntityManager): Promise<void> {
    if (!this.#pending.size) return
    // In one order everywhere, so that two requests never wait for each other.
    const noted = [...this.#pending].sort(([one], [other]) => (one < other ? -1 : 1))
    await em.transactional(async (tx) => {
      for (const [patientId, things] of noted) await append(tx, patientId, [...things].sort(), this.#request)
    })
    for (const [patientId, things] of noted) add(this.#written, patientId, things)
    this.#pending.clear()
  }

  /** The transaction that was written in did not come about: what was seen before it may have left the subgraph all the same. */
  notWritten(): void {
    for (const [patientId, things] of this.#written) add(this.#pending, patientId, things)
    this.#written.clear()
  }
}

/** A list or an object that could not be answered whole is null, and so is all that was in it. */
function isIn(data: unknown, path: Path): boolean {
  let value = data
  for (const key of responsePathAsArray(path))
    value = (value as Record<string | number, unknown> | null | undefined)?.[key]
  return value != null
}

function add(all: Things, patientId: string, things: Iterable<string>): void {
  const known = all.get(patientId)
  if (known) for (const thing of things) known.add(thing)
  else all.set(patientId, new Set(things))
}

async function append(tx: EntityManager, patientId: string, things: string[], request: WatchedRequest): Promise<void> {
  const { viewer, clock, requestId, operation, key } = request
  await serialise(tx, `audit:${patientId}`)
  const { last, before } = await whatIsThere(tx, patientId, request)
  const seen = new Set(before.flatMap((it) => it.things))
  const more = things.filter((it) => !seen.has(it))
  if (before.length && !more.length) return
  const facts = {
    id: randomUUID(),
    patientId,
    sequence: (last?.sequence ?? 0) + 1,
    at: clock.now(),
    role: viewer.role,
    actorId: viewer.actorId,
    operation,
    requestId,
    organisationCode: viewer.organisation?.code ?? null,
    organisationName: viewer.organisation?.name ?? null,
    person: viewer.endUser?.id ?? viewer.name ?? null,
    personRole: viewer.endUser?.role ?? null,
    things: more,
    continues: before.find((it) => it.continues === null)?.sequence ?? null,
    previousHash: last?.hash ?? chainStart,
  }
  await tx.insert(AuditEntry, { ...facts, hash: fingerprint(facts, key) })
}

interface EarlierEntry {
  isLast: boolean | number
  sequence: number
  hash: string
  things: string | string[] | null
  continues: number | null
}

/**
 * The last row of the chain, and those of the same request: the gateway may ask this subgraph several times for one, and each
 * of its machines. In one question, for it is asked at every look.
 */
async function whatIsThere(tx: EntityManager, patientId: string, { viewer, requestId }: WatchedRequest) {
  const rows = await tx.execute<EarlierEntry[]>(earlierEntries, [
    patientId,
    patientId,
    requestId,
    patientId,
    viewer.actorId,
  ])
  const before = rows.filter((it) => !it.isLast)
  return { last: rows.find((it) => it.isLast), before: before.map((it) => ({ ...it, things: thingsIn(it.things) })) }
}

/** SQLite has them as text. */
const thingsIn = (things: EarlierEntry['things']): string[] =>
  typeof things === 'string' ? (JSON.parse(things) as string[]) : (things ?? [])

const columns = 'sequence, hash, things, continues'
const earlierEntries = `
  select 1 = 1 as "isLast", ${columns} from audit_entry
  where patient_id = ? and sequence = (select max(sequence) from audit_entry where patient_id = ?)
  union all
  select 1 = 0, ${columns} from audit_entry where request_id = ? and patient_id = ? and actor_id = ?`

/** Notes the owner of every row that is written, so that no capability can forget to. */
export class AuditOfWrites implements EventSubscriber {
  afterCreate = (event: EventArgs<object>) => noteOwnerOf(event)
  afterUpdate = (event: EventArgs<object>) => noteOwnerOf(event)
  afterDelete = (event: EventArgs<object>) => noteOwnerOf(event)
}

function noteOwnerOf({ entity, em }: EventArgs<object>): void {
  // A row that belongs to nobody we know has no owner.
  if (!('ownerId' in entity) || typeof entity.ownerId !== 'string') return
  const { noteOwner } = (em as EntityManager).getFilterParams<{ noteOwner?: NoteOwner }>('viewer')
  noteOwner?.(entity.ownerId, entity.constructor.name)
}

type NoteOwner = (ownerId: string, thing: string) => void
