import { registerEnumType } from 'type-graphql'
import type { ContactCard } from '../runtime/contact-card.ts'

/** Why something about an appointment cannot be done. */
export enum RefusalReason {
  ALREADY_CANCELLED = 'ALREADY_CANCELLED',
  IN_THE_PAST = 'IN_THE_PAST',
  NOT_BOOKED = 'NOT_BOOKED',
}
registerEnumType(RefusalReason, {
  name: 'RefusalReason',
  description: 'Why something about an appointment cannot be done. Always told with whom to contact.',
  valuesConfig: {
    ALREADY_CANCELLED: { description: 'The appointment was cancelled.' },
    IN_THE_PAST: { description: 'The appointment has started, or is over.' },
    NOT_BOOKED: { description: 'The appointment took place, or was missed.' },
  },
})

/** A refusal as the patient meets it: the reason, in words, and the way on. */
export interface Refusal {
  readonly reason: RefusalReason
  readonly message: string
  readonly contact: ContactCard
}
