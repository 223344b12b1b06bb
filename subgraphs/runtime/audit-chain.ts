import {
  ageOfKey,
  type AuditKey,
  chainStart,
  fingerprint,
  fingerprintWithoutKey,
  isFromBeforeKey,
} from './audit-fingerprint.ts'
import type { KeptEntry } from './audit-source.ts'

/** What is wrong with the audit, and where. */
export interface Fault {
  readonly patientId?: string
  /** The number of the row in the chain of its patient; of several that are missing, the first. */
  readonly sequence?: number
  /** Of several rows that are missing, the last. */
  readonly until?: number
  readonly id?: string
  readonly at?: string
  readonly what: string
}

export type Tell = (fault: Fault) => void

/** What the seals, and the rows that wait for one, say of the chain of one patient. */
export interface Expected {
  /** How far it went when it was last sealed; 0 when it never was. */
  sealed: { sequence: number; hash: string }
  /** How far it went when the key came: rows without one are good up to there. */
  old: { sequence: number; hash: string }
  /** How far it went when a key was followed by another, by the age of that key: what it signed is good up to there. */
  readonly signed: Map<number, number>
  /** The rows since: their numbers, and their fingerprints. */
  readonly waiting: Map<number, string>
}

export const nothingExpected = (): Expected => ({
  sealed: { sequence: 0, hash: '' },
  old: { sequence: 0, hash: '' },
  signed: new Map(),
  waiting: new Map(),
})

/** Looks through the chain of one patient, row by row, and tells of every row that is changed, missing or planted. */
export class Chain {
  readonly #patientId: string
  readonly #expected: Expected
  readonly #key: AuditKey
  readonly #tell: Tell
  /** The age of the key of the newest seal. */
  readonly #sealedWith: number
  /** Whether a row was found under a seal that was made before the key of the row was in use. */
  isAheadOfKey = false
  #next = 1
  /** The row before, when it is there and as it was. */
  #previous: Pick<KeptEntry, 'hash'> | KeptEntry | undefined = { hash: chainStart }

  constructor(patientId: string, expected: Expected, key: AuditKey, tell: Tell, sealedWith = 0) {
    this.#patientId = patientId
    this.#expected = expected
    this.#key = key
    this.#tell = tell
    this.#sealedWith = sealedWith
  }

  take(entry: KeptEntry): void {
    const { sequence } = entry
    if (!Number.isInteger(sequence) || (sequence as number) < this.#next)
      return this.#blame(entry, 'planted: its number is not the next')
    const number = sequence as number
    if (number > this.#next) {
      this.#missing(number - 1)
      this.#previous = undefined
    }
    const wrong = this.#wrongWith(entry, number)
    if (wrong) this.#blame(entry, wrong)
    this.#previous = wrong ? undefined : entry
    this.#next = number + 1
  }

  /** There are no more rows of this patient. */
  end(): void {
    const { sealed, waiting } = this.#expected
    const last = Math.max(sealed.sequence, ...waiting.keys())
    if (this.#next <= last) this.#missing(last)
  }

  #wrongWith(entry: KeptEntry, number: number): string | undefined {
    if (isFromBeforeKey(entry)) {
      if (number > this.#expected.old.sequence) return 'planted: it has no key, and is from after there was one'
      if (!fitsWithoutKey(entry)) return changed
    } else {
      const age = ageOfKey(entry.hash, this.#key, (key) => fingerprint(entry, key))
      if (age === undefined) return changed
      if (number > this.#reachOf(age)) return 'planted: its key is a former one, and it is from after there was another'
      this.isAheadOfKey ||= age < this.#sealedWith || number <= (this.#expected.signed.get(age + 1) ?? 0)
    }
    return this.#wrongWithPlace(entry, number)
  }

  /** The last row that can be signed with a key of this age: of the newest there is none. */
  #reachOf(age: number): number {
    return age > this.#sealedWith ? (this.#expected.signed.get(age) ?? 0) : Infinity
  }

  /** The row is one that the portal wrote. Is it the one that was here? */
  #wrongWithPlace(entry: KeptEntry, number: number): string | undefined {
    const previous = this.#previous
    if (previous && previous.hash !== entry.previousHash) {
      // Anybody can make a new fingerprint for an old row. The row after it remembers the right one.
      if (!('id' in previous && isFromBeforeKey(previous))) return 'planted: it does not follow the row before it'
      this.#blame(previous, 'changed: the row after it remembers another fingerprint')
    }
    const { sealed, old, waiting } = this.#expected
    for (const head of [old, sealed])
      if (number === head.sequence && entry.hash !== head.hash) return 'changed, or one before it: another was sealed'
    if (number <= sealed.sequence) return undefined
    if (!waiting.has(number)) return 'not sealed, and not waiting to be: what waits was tampered with'
    return waiting.get(number) === entry.hash ? undefined : 'changed: another row was written'
  }

  #missing(until: number): void {
    this.#tell({
      patientId: this.#patientId,
      sequence: this.#next,
      ...(until > this.#next && { until }),
      what: 'missing',
    })
  }

  #blame(entry: KeptEntry, what: string): void {
    const { sequence, id, at } = entry
    this.#tell({ patientId: this.#patientId, sequence: Number(sequence), id: String(id), at: String(at), what })
  }
}

const changed = 'changed: it does not fit its fingerprint'

/** It has nothing in the columns that came with the key: no fingerprint of its time is about them. */
const fitsWithoutKey = (entry: KeptEntry) =>
  entry.hash === fingerprintWithoutKey(entry) &&
  [entry.organisationCode, entry.organisationName, entry.person, entry.personRole, entry.continues].every(
    (it) => it == null,
  )
