import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core'
import { print, type DocumentNode } from 'graphql'

/** An operation with its types, as GraphQL Code Generator writes it: parsed (`TypedDocumentNode`) or as text (`TypedDocumentString`). */
export type Operation<Data, Variables> = DocumentTypeDecoration<Data, Variables> & (DocumentNode | Text)

interface Text {
  toString(): string
}

/** What goes over the wire of an operation: its text, and its name where that can be read without parsing. */
export interface OperationOnTheWire {
  query: string
  operationName?: string
}

const known = new WeakMap<DocumentNode, OperationOnTheWire>()

/** An operation as it is sent. */
export function onTheWire(operation: DocumentNode | Text): OperationOnTheWire {
  if (!isParsed(operation)) return { query: operation.toString() }
  const wire = known.get(operation) ?? printed(operation)
  known.set(operation, wire)
  return wire
}

const isParsed = (operation: DocumentNode | Text): operation is DocumentNode =>
  'kind' in operation && operation.kind === 'Document'

function printed(document: DocumentNode): OperationOnTheWire {
  const [name] = document.definitions.flatMap((it) => (it.kind === 'OperationDefinition' ? [it.name?.value] : []))
  return { query: print(document), ...(name !== undefined && { operationName: name }) }
}
