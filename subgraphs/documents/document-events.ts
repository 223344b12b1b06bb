import { events } from '../runtime/outbox.ts'

/** What `documents` tells the others. */
export const documentEvents = events({
  /** The patient can read something that they could not read before: it was written, opened or corrected. */
  'document.published': ['messages'],
})
