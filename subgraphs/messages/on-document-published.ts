import type { EntityManager } from '@mikro-orm/sql'
import type { Context } from '../runtime/context.ts'
import { reaction } from '../runtime/reaction.ts'
import { firstContact } from './appointment-notice.ts'
import {
  askForDocument,
  documentIdsOf,
  documentIdsWith,
  type DocumentToTell,
  pathOf,
  pathOfSeveral,
} from './document-notice.ts'
import { Link } from './link.entity.ts'
import { newLinkReference } from './link-reference.ts'
import { MessageKind, MessageState, OutgoingMessage } from './outgoing-message.entity.ts'
import { queueMessage } from './queue-message.ts'

const day = 24 * 60 * 60 * 1000
/** After a week it is no news: it stands on the home page all the same. */
const newsForDays = 7
const kind = MessageKind.DOCUMENT_PUBLISHED

/**
 * The patient can read something they could not read before: tells them, by one message in 24 hours. What is published
 * while that message waits is told by it; what is published after it has gone, by the next.
 */
export const onDocumentPublished = reaction({
  kind: 'document.published',
  read: ({ graph }, { documentId = '', patientId = '' }) => askForDocument(graph, documentId, patientId),
  async write(context, news, { documentId = '' }) {
    if (typeof news === 'string') return context.log.info({ documentId, kind, reason: news }, 'no message wanted')
    const patientId = news.patient.id
    if (!firstContact(news.patient))
      return context.log.warn({ documentId, patientId, kind }, 'no mobile and no e-mail: not told')
    if (await tellOf(context, news)) return
    // Another document of theirs was told at this very moment, and its message stands in the queue by now.
    if (!(await tellOf(context, news))) throw new Error('the message about another document is being written')
  },
})

/** Adds a document to the message that waits for its patient, or puts the next message in the queue. */
async function tellOf(context: Context, news: DocumentToTell): Promise<boolean> {
  const last = await lastNewsFor(context.em, news.patient.id)
  return last && isStillOpen(last) ? toldWith(context.em, last, news) : toldNext(context, last, news)
}

/** The last in the row of their messages of this kind; of a text that failed, the e-mail in its place. */
async function lastNewsFor(em: EntityManager, patientId: string): Promise<OutgoingMessage | undefined> {
  const orderBy = { createdAt: 'desc', channel: 'asc' } as const
  const latest = await em.find(OutgoingMessage, { patientId, kind }, { orderBy, limit: 5 })
  // Two can be of the same millisecond: their numbers tell which is the later.
  return latest.sort((one, other) => numberOf(other) - numberOf(one))[0]
}

const numberOf = (message: OutgoingMessage | undefined) => Number(message?.parameters.number ?? 0)

/** Nobody has it yet, and no worker has taken it. If one takes it now, the version refuses us: the event comes again. */
const isStillOpen = ({ state, mayBeWithProvider }: OutgoingMessage) =>
  state === MessageState.WAITING && !mayBeWithProvider

async function toldWith(em: EntityManager, message: OutgoingMessage, { document }: DocumentToTell): Promise<boolean> {
  const documentIds = documentIdsWith(document.id, documentIdsOf(message))
  message.parameters = { ...message.parameters, documentIds }
  const link = await em.findOne(Link, { reference: message.parameters.linkReference ?? '' })
  if (link && link.path !== pathOf(document)) link.path = pathOfSeveral
  return true
}

async function toldNext(
  { em, clock }: Context,
  last: OutgoingMessage | undefined,
  { document, patient }: DocumentToTell,
): Promise<boolean> {
  const contact = firstContact(patient)
  if (!contact) return false
  const now = clock.now()
  const notBefore = last ? nextAfter(last, now) : now
  const number = String(numberOf(last) + 1)
  const parameters = { linkReference: newLinkReference(), documentIds: documentIdsWith(document.id), number }
  const wanted = {
    ...contact,
    // One after another: of two at the same moment the database takes one.
    dedupeKey: `documents:${patient.id}:${number}`,
    patientId: patient.id,
    appointmentId: null,
    appointmentVersion: null,
    kind,
    parameters,
    notBefore,
    expiresAt: new Date(notBefore.getTime() + newsForDays * day),
    evenAtNight: false,
  }
  if (!(await queueMessage(em, wanted, now))) return false
  em.create(Link, Link.to(pathOf(document), { reference: parameters.linkReference, patientId: patient.id }, now))
  return true
}

const reachedNobody = [MessageState.FAILED, MessageState.EXPIRED, MessageState.SUPERSEDED]

function nextAfter({ state, sentAt }: OutgoingMessage, now: Date): Date {
  if (reachedNobody.includes(state)) return now
  return new Date(Math.max(now.getTime(), (sentAt ?? now).getTime() + day))
}
