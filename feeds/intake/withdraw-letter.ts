import { WithdrawDocumentDocument } from '../../client/main.ts'
import { MessageRefused, refuse, type Fault } from '../hl7/fault.ts'
import { readEventTime } from '../reading/event-time.ts'
import { readDocumentId } from '../reading/letter.ts'
import { readPerson } from '../reading/person.ts'
import { noteOf } from './document-notes.ts'
import type { Errand, Reaction } from './intake.ts'
import { knownOwner } from './owner-of-document.ts'
import type { Whose } from './record-person.ts'

/** MDM^T11: the hospital takes a letter back. */
export const withdrawLetter: Reaction = async (errand) => {
  const { message, intake } = errand
  const faults: Fault[] = []
  const eventAt = readEventTime(message, intake.now(), faults)
  const person = readPerson(message, faults)
  const hospitalId = readDocumentId(message, { faults })
  if (faults.length > 0) throw new MessageRefused(faults)
  const owner = await knownOwner(errand, person)
  if (!owner)
    return refuse('PID-3', 'the portal does not know this person. Send the number the document was sent with.')
  const notes = await putWithdrawal(errand, hospitalId, owner.whose, eventAt)
  return notes ? [...owner.notes, ...notes] : refuse('TXA-12', unknown)
}

const unknown = 'the portal knows no document of this patient by this id. Send the id and the patient it was sent with.'

/**
 * A letter that is marked as not for its patient to read by themselves (TXA-18): nothing of it is recorded, and what the portal had
 * under its number, or that of the letter it replaces, is withdrawn.
 */
export const keepBackLetter: Reaction = async (errand) => {
  const { message, intake } = errand
  const faults: Fault[] = []
  const eventAt = readEventTime(message, intake.now(), faults)
  const person = readPerson(message, faults)
  const hospitalId = readDocumentId(message, { faults })
  if (faults.length > 0) throw new MessageRefused(faults)
  const owner = await knownOwner(errand, person)
  const numbers = new Set([hospitalId, message.segment('TXA')?.text(13) ?? hospitalId])
  for (const [index, number] of [...numbers].entries())
    if (owner) await putWithdrawal(errand, number, owner.whose, eventAt, `withdrawal-${index + 1}`)
  return ['TXA-18: the document is restricted: nothing of it was recorded, and nothing of it is shown.']
}

/** Withdraws a document: its notes, or undefined when this patient has none by this id. */
export async function putWithdrawal(
  { intake, keyFor, signal, requestId }: Errand,
  hospitalId: string,
  whose: Whose,
  eventAt: Date,
  step = 'withdrawal',
): Promise<string[] | undefined> {
  const input = { idempotencyKey: keyFor(step), eventAt: eventAt.toISOString(), hospitalId, ...whose }
  const { withdrawDocument: outcome } = await intake.graph.write(
    WithdrawDocumentDocument,
    { input },
    { signal, requestId },
  )
  switch (outcome.__typename) {
    case 'DocumentWithdrawn':
      return outcome.flags.flatMap((flag) => noteOf[flag] ?? [])
    case 'DocumentNotFound':
      return undefined
    default:
      return outcome satisfies never
  }
}
