import { randomUUID } from 'node:crypto'
import type { EntityManager } from '@mikro-orm/sql'
import type { Fault } from '../subgraphs/runtime/audit-chain.ts'
import type { AuditKey } from '../subgraphs/runtime/audit-fingerprint.ts'
import { auditSource, type KeptEntry } from '../subgraphs/runtime/audit-source.ts'
import { auditEntities, AuditEntry, AuditOfRequest } from '../subgraphs/runtime/audit.ts'
import { AuditSeal, beginSeals, sealAudit, sealEntities, UnsealedEntry } from '../subgraphs/runtime/audit-seal.ts'
import { openDatabase } from '../subgraphs/runtime/database.ts'
import { firstStep } from '../subgraphs/runtime/migrations/first-step.ts'
import { secondStep } from '../subgraphs/runtime/migrations/second-step.ts'
import { rows } from '../subgraphs/runtime/rows.ts'
import type { Viewer } from '../subgraphs/runtime/viewer.ts'
import { verifyAudit, type Verified, type Witness } from '../subgraphs/runtime/verify-audit.ts'
import { anyAuditKey, type Engine, staff, system } from './alone.ts'
import { FakeClock } from './clock.ts'
import { royalFree } from './granted.ts'
import { aPostgresDatabase } from './postgres.ts'
import { columns, type Row } from './tampered.ts'

/** The audit of one subgraph and nothing else, in the hands of somebody who owns the database. */
export interface Audited {
  readonly clock: FakeClock
  /** What was logged. */
  readonly lines: readonly string[]
  readonly key: AuditKey
  /** From now on this is signed with, and looked through with. */
  useKey(key: AuditKey): void
  entries(): Promise<KeptEntry[]>
  sql<Row extends object>(statement: string, ...values: unknown[]): Promise<Row[]>
  /** A request that saw such things of such people. */
  write(viewer: Viewer, seen: Readonly<Record<string, readonly string[]>>, requestId?: string): Promise<void>
  /** As the portal does at its start. */
  begin(): Promise<void>
  /** As the portal does once a minute. */
  seal(): Promise<void>
  verify(witness?: Witness): Promise<Verified & { found: Fault[] }>
  /** Puts a row there behind the portal's back. */
  plant(row: Row): Promise<unknown>
  /** What is found after somebody did this, and then undid it. */
  after(act: () => Promise<unknown>): Promise<Fault[]>
  stop(): Promise<void>
}

const subgraph = 'somewhere'
const chores = { trust: {} as never, graph: {} as never }

/** `before` writes what is there from before there was a key. */
export async function audited(engine: Engine, before?: (sql: Audited['sql']) => Promise<void>): Promise<Audited> {
  let key: AuditKey = { subgraph, key: anyAuditKey }
  const place = { folder: ':memory:', ...(engine === 'postgresql' && { url: await aPostgresDatabase() }) }
  const lines: string[] = []
  const say = (_: object, words: string) => void lines.push(words)
  const log = { info: say, warn: say, error: say }
  const clock = new FakeClock('2026-11-23T10:00:00.123Z')
  const database = await openDatabase(
    { name: subgraph, ...place },
    {
      entities: [...auditEntities, ...sealEntities],
      policy: rows([AuditEntry, {}], [AuditSeal, {}], [UnsealedEntry, {}]),
      steps: [
        firstStep,
        { ...secondStep, rewrite: async (execute) => before?.((statement, ...values) => execute(statement, values)) },
      ],
    },
  )
  let hands: EntityManager = database.forkFor(system)
  const begin = () => {
    // What was done behind its back is not remembered otherwise.
    hands.clear()
    return beginSeals(hands, key, clock, log)
  }
  await begin()
  const sql: Audited['sql'] = (statement, ...values) => hands.execute(statement, values)
  const source = auditSource(engine, (statement, values = []) => hands.execute(statement, values) as never)
  const verify: Audited['verify'] = async (witness) => {
    const found: Fault[] = []
    return { ...(await verifyAudit(source, key, (fault) => found.push(fault), witness)), found }
  }
  return {
    clock,
    lines,
    get key() {
      return key
    },
    useKey: (other) => void (key = other),
    async entries() {
      const all: KeptEntry[] = []
      for await (const entry of source.entries()) all.push(entry)
      return all
    },
    sql,
    begin,
    verify,
    async write(viewer, seen, requestId = randomUUID()) {
      const audit = new AuditOfRequest({ viewer, clock, requestId, operation: 'Looks', key })
      for (const [id, things] of Object.entries(seen)) for (const thing of things) audit.note(id, thing)
      hands.clear()
      await audit.write(hands)
    },
    plant(row) {
      const things = typeof row.things === 'string' || row.things === null ? row.things : JSON.stringify(row.things)
      const at = engine === 'sqlite' ? Number(new Date(row.at)) : row.at
      const values = columns.map((column) => ({ ...row, at, things })[column])
      return sql(`insert into audit_entry (${columns.join()}) values (${columns.map(() => '?').join()})`, ...values)
    },
    seal: () => sealAudit(key).run({ ...chores, log, fork: () => database.forkFor(system), clock }),
    async after(act) {
      const usual = hands
      let found: Fault[] = []
      const undone = new Error('undone')
      await usual
        .transactional(async (tx) => {
          hands = tx
          await act()
          ;({ found } = await verify())
          throw undone
        })
        .catch((error: unknown) => {
          if (error !== undone) throw error
        })
        .finally(() => (hands = usual))
      return found
    },
    stop: () => database.close(),
  }
}

const guards = ['audit_entry_kept', 'audit_entry_stays', 'audit_seal_kept', 'audit_seal_stays']

/** Whoever owns the database can do away with what keeps its rows. */
export async function withoutGuards({ sql }: Pick<Audited, 'sql'>, engine: Engine): Promise<void> {
  if (engine === 'postgresql') {
    for (const name of guards) await sql(`alter table ${name.replace(/_[a-z]+$/, '')} disable trigger ${name}`)
    return
  }
  for (const name of guards) await sql(`drop trigger ${name}`)
}

/** 1,000 rows in 40 chains: of partners, staff and systems, under three seals, and some under none yet. */
export async function aThousandRows(audit: Audited): Promise<void> {
  const viewers = [royalFree(), staff, system]
  for (let count = 0; count < 500; count += 1) {
    const viewer = viewers[count % 3] ?? system
    const requestId = randomUUID()
    const [one, other] = [`person-${count % 40}`, `person-${(count + 1) % 40}`]
    await audit.write(viewer, { [one]: ['Appointment', 'Person'] }, requestId)
    // Every fifth request comes by twice, and sees more.
    await audit.write(viewer, { [count % 5 ? other : one]: ['Letter'] }, requestId)
    audit.clock.pass(7)
    if (count === 200 || count === 450) await audit.seal()
  }
}
