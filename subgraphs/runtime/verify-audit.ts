import { Chain, type Expected, type Fault, nothingExpected, type Tell } from './audit-chain.ts'
import {
  ageOfKey,
  type AuditKey,
  chainStart,
  fingerprintOfSeal,
  type Head,
  isFromBeforeKey,
} from './audit-fingerprint.ts'
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
  /** The seals with which a key was followed by another. */
  readonly changesOfKey: readonly Witness[]
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
  const { seals, newest, changesOfKey, sealedWith } = await readSeals(source, key, expected, tell, witness)
  const waiting = await readWaiting(source, expected)
  const { rows, chains } = await walkChains(source, { key, sealedWith }, expected, tell)
  return { rows, chains, seals, waiting, faults, newest, changesOfKey }
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
  const changesOfKey: Witness[] = []
  let sealedWith = key.former?.length ?? 0
  for await (const seal of source.seals()) {
    seals += 1
    const number = Number(seal.number)
    if (number > next) tell(missingSeals(next, number - 1))
    const age = ageOfKey(seal.hash, key, (it) => fingerprintOfSeal(seal, it))
    const wrong = wrongWithSeal(seal, age, sealedWith, number > next ? undefined : previous)
    if (wrong) tell({ at: String(seal.at), what: `seal ${number} is ${wrong}` })
    else {
      expect(expected, number, seal.heads as Head[])
      if (newest && age !== sealedWith) {
        keyChanged(expected, age ?? 0, sealedWith)
        changesOfKey.push(rememberedAs(seal))
      }
      ;[newest, sealedWith] = [rememberedAs(seal), age ?? 0]
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
  return { seals, newest, changesOfKey, sealedWith }
}

const rememberedAs = ({ number, hash, at }: KeptSeal): Witness => ({
  seal: Number(number),
  hash: String(hash),
  at: String(at),
})

const missingSeals = (from: number, until: number): Fault => ({
  what: from === until ? `seal ${from} is missing` : `seals ${from} to ${until} are missing`,
})

function wrongWithSeal(
  seal: KeptSeal,
  age: number | undefined,
  youngest: number,
  previous: unknown,
): string | undefined {
  if (age === undefined) return 'changed: it does not fit its fingerprint'
  if (age > youngest) return 'planted: its key is a former one, and a seal before it has a newer one'
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

/** What a former key signed is under this seal, or was planted. */
function keyChanged(expected: Map<string, Expected>, to: number, from: number): void {
  for (const { signed, sealed } of expected.values())
    for (let age = to + 1; age <= from; age += 1) signed.set(age, sealed.sequence)
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

async function walkChains(
  source: AuditSource,
  { key, sealedWith }: { key: AuditKey; sealedWith: number },
  expected: Map<string, Expected>,
  tell: Tell,
) {
  let [rows, chains] = [0, 0]
  let current: { patientId: string; chain: Chain; old: number } | undefined
  let [isRestarted, isAheadOfKey] = [false, false]
  for await (const entry of source.entries()) {
    rows += 1
    const patientId = String(entry.patientId)
    if (patientId !== current?.patientId) {
      current?.chain.end()
      const ofThis = expected.get(patientId) ?? nothingExpected()
      expected.delete(patientId)
      current = { patientId, chain: new Chain(patientId, ofThis, key, tell, sealedWith), old: ofThis.old.sequence }
      chains += 1
    }
    current.chain.take(entry)
    isAheadOfKey ||= current.chain.isAheadOfKey
    isRestarted ||= !isFromBeforeKey(entry) && Number(entry.sequence) <= current.old
  }
  current?.chain.end()
  // Whoever is left was sealed, and has no row at all.
  for (const [patientId, ofThis] of expected) new Chain(patientId, ofThis, key, tell).end()
  if (isAheadOfKey)
    tell({ what: 'the seal with which AUDIT_KEY was changed is missing: rows have the new key before it' })
  if (isRestarted) tell({ what: 'the seals before the first are missing: it covers rows that came after it' })
  return { rows, chains }
}
