import { RecordLetterDocument } from '../../client/main.ts'
import { MessageRefused, refuse, type Fault } from '../hl7/fault.ts'
import { readEventTime } from '../reading/event-time.ts'
import { isRestricted, isUnavailable, readLetter } from '../reading/letter.ts'
import { readPerson } from '../reading/person.ts'
import { anotherPatients, incompleteIn, noteOf, placeIn } from './document-notes.ts'
import type { Errand, Reaction } from './intake.ts'
import { ownerOf } from './owner-of-document.ts'
import { placeOf } from './place-of-document.ts'
import type { Whose } from './record-person.ts'
import { keepBackLetter, putWithdrawal, withdrawLetter } from './withdraw-letter.ts'

/** MDM^T02: a letter. The same id replaces the whole of it. */
export const recordLetter: Reaction = async (errand) => {
  if (isRestricted(errand.message.segment('TXA'))) return keepBackLetter(errand)
  const { notes } = await putLetter(errand)
  return notes
}

/** MDM^T04: what became of a letter. One that is no longer available is withdrawn. */
export const recordLetterStatus: Reaction = (errand) =>
  isUnavailable(errand.message.segment('TXA')) ? withdrawLetter(errand) : recordLetter(errand)

/** MDM^T10: a letter that takes the place of another (TXA-13), which is withdrawn once the new one is there. */
export const replaceLetter: Reaction = async (errand) => {
  const txa = errand.message.segment('TXA')
  if (isRestricted(txa)) return keepBackLetter(errand)
  const [id, parent] = [txa?.text(12), txa?.text(13)]
  if (parent === undefined)
    refuse(
      'TXA-13',
      'the id of the document that is replaced is missing. Send it, or a T02 under the id of the old one.',
    )
  const { whose, eventAt, notes } = await putLetter(errand)
  if (parent === id) return notes
  const withdrawn = await putWithdrawal(errand, parent, whose, eventAt)
  return [
    ...notes,
    ...(withdrawn ?? ['TXA-13: the portal does not know the document that is replaced; the new one was taken.']),
  ]
}

async function putLetter(errand: Errand): Promise<{ whose: Whose; eventAt: Date; notes: string[] }> {
  const { message, intake, keyFor, signal, requestId } = errand
  const faults: Fault[] = []
  const eventAt = readEventTime(message, intake.now(), faults)
  const person = readPerson(message, faults)
  const letter = readLetter(message, { now: intake.now(), faults, problems: faults })
  if (faults.length > 0) throw new MessageRefused(faults)
  const { whose, notes } = await ownerOf(errand, person, eventAt)
  const place = await placeOf(errand, whose)
  const input = { ...letter, ...whose, ...place, idempotencyKey: keyFor('letter'), eventAt: eventAt.toISOString() }
  const { recordLetter: outcome } = await intake.graph.write(RecordLetterDocument, { input }, { signal, requestId })
  switch (outcome.__typename) {
    case 'LetterRecorded':
      return { whose, eventAt, notes: [...notes, ...outcome.flags.flatMap((flag) => noteOf[flag] ?? [])] }
    case 'DocumentPatientMismatch':
      return refuse('TXA-12', anotherPatients)
    case 'DocumentIncomplete':
      return refuse(placeIn(whereOf, outcome.field) ?? 'TXA', incompleteIn(outcome))
    default:
      return outcome satisfies never
  }
}

const whereOf: Record<string, string> = {
  hospitalId: 'TXA-12',
  kind: 'TXA-2',
  title: 'TXA-2',
  author: 'TXA-9',
  writtenAt: 'TXA-6',
  sections: 'OBX-5',
  pdf: 'OBX-5',
}
