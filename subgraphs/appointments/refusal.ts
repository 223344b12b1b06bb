import { registerEnumType } from 'type-graphql'
import type { ContactCard } from '../runtime/contact-card.ts'

/** Why something about an appointment cannot be done. */
export enum RefusalReason {
  ALREADY_CANCELLED = 'ALREADY_CANCELLED',
  IN_THE_PAST = 'IN_THE_PAST',
  NOT_BOOKED = 'NOT_BOOKED',
  ADMITTED = 'ADMITTED',
  NOT_AN_OUTPATIENT_APPOINTMENT = 'NOT_AN_OUTPATIENT_APPOINTMENT',
  CLINIC_VIEW_ONLY = 'CLINIC_VIEW_ONLY',
  MANAGED_IN_E_RS = 'MANAGED_IN_E_RS',
  TRANSPORT_BOOKED = 'TRANSPORT_BOOKED',
  INTERPRETER_BOOKED = 'INTERPRETER_BOOKED',
  LIMIT_REACHED = 'LIMIT_REACHED',
  REQUEST_PENDING = 'REQUEST_PENDING',
  CLINIC_ANSWERS_REQUESTS = 'CLINIC_ANSWERS_REQUESTS',
  CLINIC_CHANGES_DIRECTLY = 'CLINIC_CHANGES_DIRECTLY',
  NOT_CANCELLED = 'NOT_CANCELLED',
  CANCELLED_BY_HOSPITAL = 'CANCELLED_BY_HOSPITAL',
  UNDO_TIME_OVER = 'UNDO_TIME_OVER',
}
registerEnumType(RefusalReason, {
  name: 'RefusalReason',
  description: 'Why something about an appointment cannot be done. Always told with whom to contact.',
  valuesConfig: {
    ALREADY_CANCELLED: { description: 'The appointment was cancelled.' },
    IN_THE_PAST: { description: 'The appointment has started, or is over.' },
    NOT_BOOKED: { description: 'The appointment took place, or was missed.' },
    ADMITTED: { description: 'The patient is in hospital.' },
    NOT_AN_OUTPATIENT_APPOINTMENT: { description: 'It is a stay in hospital.' },
    CLINIC_VIEW_ONLY: { description: 'Appointments of this clinic can only be seen here.' },
    MANAGED_IN_E_RS: { description: 'It is managed in the NHS e-Referral Service: told with its address.' },
    TRANSPORT_BOOKED: { description: 'Hospital transport is arranged for it.' },
    INTERPRETER_BOOKED: { description: 'An interpreter is arranged for it.' },
    LIMIT_REACHED: { description: 'The patient has changed it as often as they can here.' },
    REQUEST_PENDING: { description: 'The patient has asked staff already, and they have not answered yet.' },
    CLINIC_ANSWERS_REQUESTS: { description: 'At this clinic patients ask, and staff answer.' },
    CLINIC_CHANGES_DIRECTLY: { description: 'At this clinic patients need not ask: it is done at once.' },
    NOT_CANCELLED: { description: 'It is not cancelled: there is nothing to undo.' },
    CANCELLED_BY_HOSPITAL: { description: 'The hospital cancelled it, not the patient.' },
    UNDO_TIME_OVER: { description: 'The time to undo the cancellation is over.' },
  },
})

/** A refusal as the patient meets it: the reason, in words, and the way on. */
export interface Refusal {
  readonly reason: RefusalReason
  readonly message: string
  readonly contact: ContactCard
  /** Where it can be done instead. */
  readonly link: string | null
}
