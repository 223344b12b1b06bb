import type { AppointmentForLetterQuery } from './graph/index.ts'

/** A booking with its clinic and patient, as the graph tells it. */
export type LetterFacts = NonNullable<AppointmentForLetterQuery['appointment']>
