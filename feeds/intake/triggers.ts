import { refuse } from '../hl7/fault.ts'
import type { Hl7Message } from '../hl7/message.ts'
import type { Intake, Reaction } from './intake.ts'
import { recordBooking } from './record-booking.ts'
import { recordCancellation } from './record-cancellation.ts'
import { recordPerson } from './record-person.ts'

/** What is done for each message the portal takes. */
const reactions = new Map<string, Reaction>([
  ['ADT^A04', recordPerson],
  ['ADT^A08', recordPerson],
  ['ADT^A28', recordPerson],
  ['ADT^A31', recordPerson],
  ['SIU^S12', recordBooking],
  ['SIU^S13', recordBooking],
  ['SIU^S15', recordCancellation],
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
