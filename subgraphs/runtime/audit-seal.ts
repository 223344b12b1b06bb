import { defineEntity, p } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/sql'
import { ageOfKey, type AuditKey, chainStart, fingerprintOfSeal, type Head } from './audit-fingerprint.ts'
import type { Chore } from './chore.ts'
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'
import { serialise } from './serialise.ts'

const AuditSealTable = defineEntity({
  name: 'AuditSeal',
  properties: {
    /** 1, 2, 3 …: a gap is a seal taken away. */
    number: p.integer().primary().autoincrement(false),
    at: p.datetime(3),
    /** The chains that grew since the seal before, and how far. */
    heads: p.json<Head[]>(),
    previousHash: p.string(),
    hash: p.string(),
  },
})

/** How far the chains of the audit went at a moment. Without it nobody could see that the end of one is missing, or all of it. */
export class AuditSeal extends AuditSealTable.class {}
AuditSealTable.setClass(AuditSeal)

const UnsealedEntryTable = defineEntity({
  name: 'UnsealedEntry',
  tableName: 'audit_unsealed',
  properties: {
    patientId: p.string().primary(),
    sequence: p.integer().primary(),
    hash: p.string(),
  },
})

/** A row of the audit that is under no seal yet. A trigger of the database makes these. */
export class UnsealedEntry extends UnsealedEntryTable.class {}
UnsealedEntryTable.setClass(UnsealedEntry)

export const sealEntities = [AuditSeal, UnsealedEntry]
const mostRows = 1000

/** Puts what was written since under a seal, once a minute. Whoever keeps the log elsewhere has a witness of every seal there. */
export const sealAudit = (key: AuditKey): Chore => ({
  name: 'seal-audit',
  everySeconds: 60,
  async run({ fork, clock, log }) {
    while ((await sealSome(fork(), key, clock, log)) === mostRows);
  },
})

/** Answers how many rows it found to be sealed. Several machines may come to it at once: one after the other. */
const sealSome = (em: EntityManager, key: AuditKey, clock: Clock, log: Log): Promise<number> =>
  em.transactional(async (tx) => {
    await serialise(tx, `seal-audit:${key.subgraph}`)
    const newest = await newestSeal(tx)
    // A change of key was sealed at the start: what has a former key again was put back, and is not made good by a new seal.
    if (newest && ageOf(newest, key)) {
      log.error({ seal: newest.number }, 'the newest seal of the audit fits a former key: run npm run audit')
      return 0
    }
    return sealWaiting(tx, key, clock, log, mostRows)
  })

/** Puts what waits under one seal. None when nothing waits, but where a key changes: then it says since when. */
async function sealWaiting(
  tx: EntityManager,
  key: AuditKey,
  clock: Clock,
  log: Log,
  limit: number | undefined,
): Promise<number> {
  const orderBy = { patientId: 'asc', sequence: 'asc' } as const
  const rows = await tx.find(UnsealedEntry, {}, { orderBy, filters: false, ...(limit && { limit }) })
  if (limit && !rows.length) return 0
  const heads = new Map(
    rows.map(({ patientId, sequence, hash }): [string, Head] => [patientId, [patientId, sequence, hash]]),
  )
  const seal = await addSeal(tx, key, clock, [...heads.values()])
  for (const row of rows) tx.remove(row)
  await tx.flush()
  log.info({ subgraph: key.subgraph, seal: seal.number, hash: seal.hash }, 'the audit was sealed')
  return rows.length
}

/** The age of the key a seal was made with. */
const ageOf = (seal: AuditSeal, key: AuditKey) => ageOfKey(seal.hash, key, (it) => fingerprintOfSeal(seal, it))

/**
 * The first seal covers the rows from before there was a key, and no later one does: a row without one that is planted
 * afterwards is under none. Where the key was changed, another seal covers the rows with the former one, to the same end.
 * Made before the subgraph answers anything.
 */
export const beginSeals = (em: EntityManager, key: AuditKey, clock: Clock, log: Log): Promise<void> =>
  em.transactional(async (tx) => {
    await serialise(tx, `seal-audit:${key.subgraph}`)
    const newest = await newestSeal(tx)
    if (newest) return goOnAfter(newest, tx, key, clock, log)
    await addSeal(tx, key, clock, await headsOfOld(tx))
    await tx.flush()
  })

async function goOnAfter(newest: AuditSeal, tx: EntityManager, key: AuditKey, clock: Clock, log: Log): Promise<void> {
  const age = ageOf(newest, key)
  if (age === undefined)
    log.error({ seal: newest.number }, 'the newest seal of the audit does not fit AUDIT_KEY: run npm run audit')
  if (!age) return
  log.warn({ seal: newest.number + 1 }, 'the audit is signed with another AUDIT_KEY from this seal on')
  await sealWaiting(tx, key, clock, log, undefined)
}

const newestSeal = (tx: EntityManager) =>
  tx.findOne(AuditSeal, { number: { $gt: 0 } }, { orderBy: { number: 'desc' }, filters: false })

async function headsOfOld(tx: EntityManager): Promise<Head[]> {
  const rows = await tx.execute<{ patient_id: string; sequence: number; hash: string }[]>(
    `select patient_id, sequence, hash from audit_entry newest
     where sequence = (select max(sequence) from audit_entry where patient_id = newest.patient_id)
     order by patient_id`,
  )
  return rows.map(({ patient_id, sequence, hash }) => [patient_id, sequence, hash])
}

async function addSeal(tx: EntityManager, key: AuditKey, clock: Clock, heads: Head[]): Promise<AuditSeal> {
  const last = await newestSeal(tx)
  const facts = {
    number: (last?.number ?? 0) + 1,
    at: clock.now(),
    heads,
    previousHash: last?.hash ?? chainStart,
  }
  return tx.create(AuditSeal, { ...facts, hash: fingerprintOfSeal(facts, key) })
}
