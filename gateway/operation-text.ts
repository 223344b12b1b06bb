import { hashesOf, hashOf } from './known-operations.ts'
import type { KnownOperations } from './known-operations.ts'
import { badInput } from './problem.ts'
import type { Role } from './viewer.ts'

/** What was sent to name an operation: its text, or the hash of a known one. */
export interface OperationRequest {
  query?: unknown
  extensions?: unknown
}

/** What somebody may send. */
export interface Sender {
  role: Role
  /** In production: those outside run known operations only. */
  knownOnly: boolean
  /** Of a partner with a list of its own: the SHA-256 (hex) of each operation on it. */
  operationHashes?: readonly string[] | undefined
}

/** Anybody can be these, so in production they run known operations only. */
const confined: ReadonlySet<Role> = new Set(['ANONYMOUS', 'PATIENT'])

/** The text to run for this sender, or the reason there is none. Sending a hash with a text registers nothing. */
export function operationText(known: KnownOperations, sender: Sender, request: OperationRequest): string {
  const text = textOf(known, sender, request)
  const { operationHashes } = sender
  if (operationHashes && !hashesOf(text).some((it) => operationHashes.includes(it))) throw notOnTheList()
  return text
}

function textOf(known: KnownOperations, { knownOnly, role }: Sender, { query, extensions }: OperationRequest): string {
  const hash = hashIn(extensions)
  if (query === undefined || query === null) {
    if (hash === undefined)
      throw badInput(
        'Send the operation to run as "query", or the hash of a known one as "extensions.persistedQuery.sha256Hash".',
      )
    const document = known.named(hash)
    if (document === undefined) throw notKnown()
    return document
  }
  if (typeof query !== 'string' || query.trim() === '') throw badInput('"query" must be the text of an operation.')
  if (hash !== undefined && hash !== hashOf(query)) {
    throw badInput('The hash sent with this operation is not the SHA-256 of its text.')
  }
  const document = known.like(query)
  if (document === undefined && knownOnly && confined.has(role)) throw notKnown()
  return document ?? query
}

const notKnown = () =>
  badInput(
    'This operation is not one of the known operations, and only those can be run here. New ones are not registered by sending them.',
  )

const notOnTheList = () =>
  badInput(
    'This operation is not on the list your system was registered with. Have it added there, or send one that is.',
  )

function hashIn(extensions: unknown): string | undefined {
  if (typeof extensions !== 'object' || extensions === null || !('persistedQuery' in extensions)) return undefined
  const persisted: unknown = extensions.persistedQuery
  if (
    typeof persisted === 'object' &&
    persisted !== null &&
    'sha256Hash' in persisted &&
    typeof persisted.sha256Hash === 'string'
  ) {
    return persisted.sha256Hash
  }
  throw badInput('"extensions.persistedQuery" must hold "sha256Hash".')
}
