import { refuse } from '../hl7/fault.ts'
import type { Hl7Message } from '../hl7/message.ts'
import type { Intake, Reaction } from './intake.ts'
import { recordAdmission } from './record-admission.ts'
import { recordLetter, recordLetterStatus, replaceLetter } from './record-letter.ts'
import { recordMerge, recordSeparation } from './record-merge.ts'
import { recordPerson } from './record-person.ts'
import { recordResults } from './record-result.ts'
import { recordCancelled, recordDeleted, recordMissed, recordSchedule } from './record-schedule.ts'
import { withdrawLetter } from './withdraw-letter.ts'

/** What is done for each message the portal takes. */
const reactions = new Map<string, Reaction>([
  ['ADT^A01', recordAdmission('ADMITTED')],
  ['ADT^A03', recordAdmission('DISCHARGED')],
  ['ADT^A04', recordPerson],
  ['ADT^A05', recordAdmission('PLANNED')],
  ['ADT^A08', recordPerson],
  ['ADT^A11', recordAdmission('ADMISSION_CANCELLED')],
  ['ADT^A13', recordAdmission('DISCHARGE_CANCELLED')],
  ['ADT^A14', recordAdmission('PLANNED')],
  ['ADT^A27', recordAdmission('PLAN_CANCELLED')],
  ['ADT^A28', recordPerson],
  ['ADT^A31', recordPerson],
  ['ADT^A37', recordSeparation],
  ['ADT^A38', recordAdmission('PLAN_CANCELLED')],
  ['ADT^A40', recordMerge],
  ['MDM^T02', recordLetter],
  ['MDM^T04', recordLetterStatus],
  ['MDM^T10', replaceLetter],
  ['MDM^T11', withdrawLetter],
  ['ORU^R01', recordResults],
  ['SIU^S12', recordSchedule],
  ['SIU^S13', recordSchedule],
  ['SIU^S14', recordSchedule],
  ['SIU^S15', recordCancelled],
  ['SIU^S17', recordDeleted],
  ['SIU^S26', recordMissed],
])

/** What to do for a message: refused when it is of a kind, a version or an environment that is not taken. */
export function reactionTo(message: Hl7Message, { processingIds }: Intake): Reaction {
  const { header } = message
  if (header.text(10) === undefined) refuse('MSH-10', 'the control id is missing. Give each message one of its own.')
  const version = header.text(12)
  if (version !== undefined && !/^2(\.\d|$)/.test(version))
    refuse('MSH-12', 'only version 2 of HL7 is taken. Send 2.4.')
  const processing = header.text(11)
  if (processing !== undefined && !processingIds.includes(processing.toUpperCase()))
    refuse('MSH-11', `this is a message for training or debugging; here only ${processingIds.join(', ')} is taken.`)
  const trigger = triggerOf(message)
  const reaction = reactions.get(trigger)
  return reaction ?? refuse('MSH-9', `not taken: ${trigger.replace(/[^\w^]/g, '?').slice(0, 20)}. Taken are ${taken}.`)
}

const taken = [...reactions.keys()].map((it) => it.replace('^', ' ')).join(', ')

/** `ADT^A31`; a system that leaves the event out of MSH-9 says it in EVN-1. */
function triggerOf(message: Hl7Message): string {
  const { header } = message
  const event = header.text(9, 2) ?? message.segment('EVN')?.text(1) ?? ''
  return `${header.text(9) ?? ''}^${event}`.toUpperCase()
}
