import type { Hl7Message } from '../hl7/message.ts'

/** What has become of a booking, as its message says in SCH-25. */
export type BookingStatus = 'COMPLETED' | 'DID_NOT_ATTEND' | 'CANCELLED' | 'DELETED'

/** HL7 table 0278, and what hospitals write instead. */
const statuses: Record<string, BookingStatus> = {
  COMPLETE: 'COMPLETED',
  COMPLETED: 'COMPLETED',
  ATTENDED: 'COMPLETED',
  NOSHOW: 'DID_NOT_ATTEND',
  DNA: 'DID_NOT_ATTEND',
  CANCELLED: 'CANCELLED',
  CANCELED: 'CANCELLED',
  DC: 'CANCELLED',
  DELETED: 'DELETED',
}

/** Undefined for a booking that stands: booked, pending, started, or no word of it. */
export function readBookingStatus(message: Hl7Message): BookingStatus | undefined {
  const written = message
    .segment('SCH')
    ?.text(25)
    ?.toUpperCase()
    .replace(/[\s_-]/g, '')
  return written !== undefined && Object.hasOwn(statuses, written) ? statuses[written] : undefined
}
