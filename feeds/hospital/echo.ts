import { parseMessage, type Hl7Message } from '../hl7/message.ts'
import { readTimestamp } from '../hl7/timestamp.ts'
import { cancelAppointment, moveAppointment, type Envelope } from './messages.ts'

/** The message a hospital's system sends to everybody once it has done what the portal told it; undefined for a mere request. */
export function echoOf(text: string, envelope: Envelope): string | undefined {
  const message = parseMessage(text)
  const [sch, event] = [message.segment('SCH'), message.header.text(9, 2)]
  const id = sch?.text(1)
  const hospitalNumber = message.segment('PID')?.text(3)
  if (!sch || id === undefined || hospitalNumber === undefined) return undefined
  const person = { hospitalNumber }
  if (event === 'S15') return cancelAppointment(person, { id }, sch.text(6, 2), envelope)
  const startsAt = startOf(message)
  if (event !== 'S13' || !startsAt) return undefined
  const clinicCode = message.segment('AIS')?.text(3)
  const minutes = Number(sch.text(9)) || undefined
  return moveAppointment(person, { id, startsAt, minutes, ...(clinicCode !== undefined && { clinicCode }) }, envelope)
}

const startOf = (message: Hl7Message): Date | undefined =>
  readTimestamp(message.segment('SCH')?.text(11, 4) ?? '')?.instant
