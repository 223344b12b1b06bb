import { Chain, type Expected, type Fault, nothingExpected, type Tell } from './audit-chain.ts'
import { type AuditKey, chainStart, fingerprintOfSeal, type Head, isFromBeforeKey } from './audit-fingerprint.ts'
import type { AuditSource, KeptSeal } from './audit-source.ts'

/** A seal that somebody outside the database remembers. */
export interface Witness {
  readonly seal: number
  readonly hash: string
  readonly at: string
}

/** What was looked through. */
export interface Verified {
  readonly rows: number
  readonly chains: number
  readonly seals: number
  /** Rows that are under no seal yet. */
  readonly waiting: number
  readonly faults: number
  /** The newest seal that holds: what to remember outside the database. */
  readonly newest: Witness | undefined
}

/**
 * Looks through all chains of one subgraph, and tells of every row that is changed, missing or planted. Rows are never held
 * together; of each chain, how far it must go is.
 */
export async function verifyAudit(
  source: AuditSource,
  key: AuditKey,
  tellOf: Tell,
  witness?: Witness,
): Promise<Verified> {
  let faults = 0
  const tell = (fault: Fault) => {
    faults += 1
    tellOf(fault)
  }
  const expected = new Map<string, Expected>()
  const { seals, newest } = await readSeals(source, key, expected, tell, witness)
  const waiting = await readWaiting(source, expected)
  const { rows, chains } = await walkChains(source, key, expected, tell)
  return { rows, chains, seals, waiting, faults, newest }
}

async function readSeals(
  source: AuditSource,
  key: AuditKey,
  expected: Map<string, Expected>,
  tell: Tell,
  witness: Witness | undefined,
) {
  let [seals, next] = [0, 1]
  let previous: unknown = chainStart
  let newest: Witness | undefined
  let remembered: unknown
  for await (const seal of source.seals()) {
    seals += 1
    const number = Number(seal.number)
    if (number > next) tell(missingSeals(next, number - 1))
    const wrong = wrongWithSeal(seal, key, number > next ? undefined : previous)
    if (wrong) tell({ at: String(seal.at), what: `seal ${number} is ${wrong}` })
    else {
      expect(expected, number, seal.heads as Head[])
      newest = { seal: number, hash: String(seal.hash), at: String(seal.at) }
    }
    if (number === witness?.seal) remembered = seal.hash
    ;[next, previous] = [number + 1, wrong ? undefined : seal.hash]
  }
  if (!seals) tell({ what: 'every seal is missing' })
  if (witness && remembered !== witness.hash)
    tell({
      at: witness.at,
      what: `seal ${witness.seal} is not the one that was remembered: the audit was put back to before it`,
    })
  return { seals, newest }
}

const missingSeals = (from: number, until: number): Fault => ({
  what: from === until ? `seal ${from} is missing` : `seals ${from} to ${until} are missing`,
})

function wrongWithSeal(seal: KeptSeal, key: AuditKey, previous: unknown): string | undefined {
  if (seal.hash !== fingerprintOfSeal(seal, key)) return 'changed: it does not fit its fingerprint'
  return previous !== undefined && seal.previousHash !== previous
    ? 'planted: it does not follow the seal before it'
    : undefined
}

function expect(expected: Map<string, Expected>, seal: number, heads: readonly Head[]): void {
  for (const [patientId, sequence, hash] of heads) {
    const chain = chainOf(expected, patientId)
    chain.sealed = { sequence, hash }
    if (seal === 1) chain.old = chain.sealed
  }
}

function chainOf(expected: Map<string, Expected>, patientId: string): Expected {
  const known = expected.get(patientId) ?? nothingExpected()
  expected.set(patientId, known)
  return known
}

async function readWaiting(source: AuditSource, expected: Map<string, Expected>): Promise<number> {
  let waiting = 0
  for await (const [patientId, sequence, hash] of source.unsealed()) {
    chainOf(expected, patientId).waiting.set(sequence, hash)
    waiting += 1
  }
  return waiting
}

async function walkChains(source: AuditSource, key: AuditKey, expected: Map<string, Expected>, tell: Tell) {
  let [rows, chains] = [0, 0]
  let current: { patientId: string; chain: Chain; old: number } | undefined
  let isRestarted = false
  for await (const entry of source.entries()) {
    rows += 1
    const patientId = String(entry.patientId)
    if (patientId !== current?.patientId) {
      current?.chain.end()
      const ofThis = expected.get(patientId) ?? nothingExpected()
      expected.delete(patientId)
      current = { patientId, chain: new Chain(patientId, ofThis, key, tell), old: ofThis.old.sequence }
      chains += 1
    }
    current.chain.take(entry)
    isRestarted ||= !isFromBeforeKey(entry) && Number(entry.sequence) <= current.old
  }
  current?.chain.end()
  // Whoever is left was sealed, and has no row at all.
  for (const [patientId, ofThis] of expected) new Chain(patientId, ofThis, key, tell).end()
  if (isRestarted) tell({ what: 'the seals before the first are missing: it covers rows that came after it' })
  return { rows, chains }
}
