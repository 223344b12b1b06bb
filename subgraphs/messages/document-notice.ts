import type { Graph } from '../runtime/reaction.ts'
import { DocumentToTellDocument, type DocumentToTellQuery } from './graph/index.ts'
import type { OutgoingMessage } from './outgoing-message.entity.ts'
import { type Saying, somethingToRead } from './sayings.ts'

/** A document and its patient, as the graph tells them. */
export interface DocumentToTell {
  readonly document: NonNullable<DocumentToTellQuery['document']>
  readonly patient: NonNullable<DocumentToTellQuery['patient']>
}

/** A document that is news to its patient, who wants to hear of news; otherwise why nobody is told of it. */
export async function askForDocument(
  graph: Graph,
  documentId: string,
  patientId: string,
): Promise<DocumentToTell | 'NOT_THERE' | 'NOT_SO' | 'NOT_MESSAGEABLE' | 'TOLD_WITH_BOOKING'> {
  const { document, patient } = await graph.ask(DocumentToTellDocument, { documentId, patientId })
  if (!document || !patient) return 'NOT_THERE'
  if (document.kind === 'APPOINTMENT_LETTER' || document.kind === 'ADMISSION_LETTER') return 'TOLD_WITH_BOOKING'
  if (document.state !== 'READY' || !document.unread) return 'NOT_SO'
  return patient.messageable ? { document, patient } : 'NOT_MESSAGEABLE'
}

/** Where a document is read. */
export const pathOf = ({ id, kind }: DocumentToTell['document']): string =>
  `/${kind === 'TEST_RESULT' ? 'results' : 'letters'}/${id}`

/** Where the link leads when there is more than one to read: the list, with what is new on top. */
export const pathOfSeveral = '/letters-and-results'

/** The documents that one message stands for, the newest first. */
export const documentIdsOf = ({ parameters }: Pick<OutgoingMessage, 'parameters'>): string[] =>
  parameters.documentIds?.split(' ') ?? []

/** More than this nobody has to name: one that is still unread is reason enough for a message. */
const mostNamed = 20

/** The parameter by which a message keeps the documents it stands for, now that there is one more. */
export const documentIdsWith = (documentId: string, others: readonly string[] = []): string =>
  [documentId, ...others.filter((it) => it !== documentId)].slice(0, mostNamed).join(' ')

/** What is said of the documents of a message, and to whom: nothing any more when every one of them has been read. */
export async function newsOf(
  { patientId, parameters }: OutgoingMessage,
  graph: Graph,
): Promise<{ saying: Saying; patient: DocumentToTell['patient'] } | undefined> {
  for (const documentId of documentIdsOf({ parameters })) {
    const news = await askForDocument(graph, documentId, patientId ?? '')
    if (typeof news !== 'string') return { saying: somethingToRead, patient: news.patient }
  }
  return undefined
}
