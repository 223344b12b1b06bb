import { createHash } from 'node:crypto'
import { print, type DocumentNode } from 'graphql'

const known = new WeakMap<DocumentNode, string>()

/** The name under which the gateway keeps an operation of the site: the SHA-256 of its text as `graphql` prints it. */
export function operationHash(document: DocumentNode): string {
  const hash = known.get(document) ?? createHash('sha256').update(print(document)).digest('hex')
  known.set(document, hash)
  return hash
}
