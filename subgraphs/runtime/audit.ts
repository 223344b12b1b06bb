import { createHash, randomUUID } from 'node:crypto'
import { defineEntity, type EventArgs, type EventSubscriber, p } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/sql'
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
    previousHash: p.string(),
    hash: p.string(),
  },
  uniques: [{ name: 'audit_entry_sequence', properties: ['patientId', 'sequence'] }],
  // What is shown to the person: a few rows among the many that our systems leave.
  indexes: [
    { name: 'audit_entry_by_people', properties: ['patientId', 'sequence'], where: "role in ('PARTNER', 'STAFF')" },
  ],
})

/** One row for each request, patient and subgraph in which anyone but the patient read or did something. Append-only, chained by hash. */
export class AuditEntry extends AuditEntryTable.class {
  /** The fingerprint of this row and of all before it: a changed row breaks the chain from there on. */
  static fingerprint(entry: Omit<AuditEntry, 'hash' | 'id'>): string {
    const { patientId, sequence, at, role, actorId, operation, requestId, previousHash } = entry
    const facts = [patientId, sequence, at.toISOString(), role, actorId, operation, requestId, previousHash]
    const { organisationCode, organisationName, person, personRole, things } = entry
    const more = things ? [organisationCode, organisationName, person, personRole, things].map((it) => it ?? null) : []
    return createHash('sha256')
      .update(JSON.stringify([...facts, ...more]))
      .digest('base64url')
  }
}
AuditEntryTable.setClass(AuditEntry)

export const auditEntities = [AuditEntry]
const chainStart = 'start'
/** The patient, and the gateway when it asks on the patient's own request whose session it is. */
const unwatched: ReadonlySet<Role> = new Set([Role.PATIENT, Role.GATEWAY])

/** Collects, during one request, whose rows somebody other than the patient touched, and writes it down before the answer leaves. */
export class AuditOfRequest {
  readonly #pending = new Map<string, Set<string>>()
  readonly #written = new Set<string>()
  readonly #request: { viewer: Viewer; clock: Clock; requestId: string; operation: string }

  constructor(request: { viewer: Viewer; clock: Clock; requestId: string; operation: string }) {
    this.#request = request
  }

  /** Somebody saw or changed such a thing of this patient's. */
  note(patientId: string, thing: string): void {
    if (unwatched.has(this.#request.viewer.role) || this.#written.has(patientId)) return
    const things = this.#pending.get(patientId)
    if (things) things.add(thing)
    else this.#pending.set(patientId, new Set([thing]))
  }

  /** Writes what is noted in the transaction given, or in one of its own. Throws when it cannot: then there is no answer. */
  async write(em: EntityManager): Promise<void> {
    if (!this.#pending.size) return
    // In one order everywhere, so that two requests never wait for each other.
    const noted = [...this.#pending].sort(([one], [other]) => (one < other ? -1 : 1))
    await em.transactional(async (tx) => {
      for (const [patientId, things] of noted) await append(tx, patientId, [...things].sort(), this.#request)
    })
    for (const [patientId] of noted) this.#written.add(patientId)
    this.#pending.clear()
  }
}

async function append(
  tx: EntityManager,
  patientId: string,
  things: string[],
  { viewer, clock, requestId, operation }: { viewer: Viewer; clock: Clock; requestId: string; operation: string },
): Promise<void> {
  await serialise(tx, `audit:${patientId}`)
  const last = await tx.findOne(AuditEntry, { patientId }, { orderBy: { sequence: 'desc' }, filters: false })
  const facts = {
    patientId,
    sequence: (last?.sequence ?? 0) + 1,
    at: clock.now(),
    role: viewer.role,
    actorId: viewer.actorId,
    operation,
    requestId,
    previousHash: last?.hash ?? chainStart,
    organisationCode: viewer.organisation?.code ?? null,
    organisationName: viewer.organisation?.name ?? null,
    person: viewer.endUser?.id ?? viewer.name ?? null,
    personRole: viewer.endUser?.role ?? null,
    things,
  }
  tx.create(AuditEntry, { id: randomUUID(), ...facts, hash: AuditEntry.fingerprint(facts as AuditEntry) })
  await tx.flush()
}

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
