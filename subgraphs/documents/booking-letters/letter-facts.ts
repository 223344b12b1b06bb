import type { AddresseeOfLetterQuery, AppointmentForLetterQuery } from '../graph/index.ts'

type Booked = NonNullable<AppointmentForLetterQuery['appointment']>

/** A booking with its clinic, and the person to write to, as the graph tells it. */
export type LetterFacts = Omit<Booked, 'patient'> & { patient: NonNullable<AddresseeOfLetterQuery['patient']> }
