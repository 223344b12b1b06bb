import { createHash, createHmac } from 'node:crypto'

/** What rows and seals of one subgraph's audit are signed with. No database holds the key: who can write one cannot sign. */
export interface AuditKey {
  /** The subgraph whose audit it is: a row of one is not one of another. */
  readonly subgraph: string
  readonly key: Buffer
  /** Those it was signed with before, the newest first. Nothing new is signed with them, nor believed that says it is. */
  readonly former?: readonly Buffer[]
}

/** How old the key of a fingerprint is: 0 the one of now, 1 the one before it … Undefined: it is of none of them. */
export function ageOfKey(
  hash: unknown,
  { subgraph, key, former = [] }: AuditKey,
  make: (key: AuditKey) => string,
): number | undefined {
  const age = [key, ...former].findIndex((it) => make({ subgraph, key: it }) === hash)
  return age < 0 ? undefined : age
}

/** A row of the audit as it was found, whatever is in it. */
export type EntryFacts = Readonly<Record<(typeof everyColumn)[number], unknown>>

const everyColumn = [
  'id',
  'patientId',
  'sequence',
  'at',
  'role',
  'actorId',
  'operation',
  'requestId',
  'organisationCode',
  'organisationName',
  'person',
  'personRole',
  'things',
  'continues',
  'previousHash',
] as const

/** The fingerprint of a row, and by the one before it in it, of all before: a changed row breaks the chain from there on. */
export const fingerprint = (facts: EntryFacts, key: AuditKey): string =>
  sign(
    key,
    'entry',
    everyColumn.map((it) => facts[it] ?? null),
  )

const firstColumns = [
  'patientId',
  'sequence',
  'at',
  'role',
  'actorId',
  'operation',
  'requestId',
  'previousHash',
] as const

/** The fingerprint of rows from before there was a key: anybody can make one. */
export const fingerprintWithoutKey = (facts: EntryFacts): string =>
  createHash('sha256')
    .update(JSON.stringify(firstColumns.map((it) => facts[it])))
    .digest('base64url')

/** A row from before there was a key: it does not say what was seen. */
export const isFromBeforeKey = ({ things }: Pick<EntryFacts, 'things'>) => things == null

/** How far the chain of one patient goes: the number of its last row, and the fingerprint of that. */
export type Head = readonly [patientId: string, sequence: number, hash: string]

export interface SealFacts {
  readonly number: unknown
  readonly at: unknown
  readonly heads: unknown
  readonly previousHash: unknown
}

/** The fingerprint of a seal, and by the one before it in it, of all before. */
export const fingerprintOfSeal = ({ number, at, heads, previousHash }: SealFacts, key: AuditKey): string =>
  sign(key, 'seal', [number, at, heads, previousHash])

const sign = ({ subgraph, key }: AuditKey, kind: string, facts: readonly unknown[]): string =>
  createHmac('sha256', key)
    .update(JSON.stringify([kind, subgraph, ...facts]))
    .digest('base64url')

/** What stands where the first row of a chain, and the first seal, name the one before. */
export const chainStart = 'start'
