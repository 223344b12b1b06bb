import { events } from '../runtime/outbox.ts'

/**
 * What `appointments` tells the other subgraphs. An event nobody reacts to is written all the same: it is the history
 * of the appointment, and a subscriber added later hears what happens from then on.
 */
export const appointmentEvents = events({
  /** Booked by the hospital, or booked again after it was cancelled: a letter and a text. */
  'appointment.booked': ['documents', 'messages'],
  /** Moved by the hospital to another time, clinic, place or medium: a new letter. */
  'appointment.moved': ['documents'],
  /** Accepted by the patient. */
  'appointment.accepted': [],
  /** Cancelled by the hospital. */
  'appointment.cancelled': [],
  /** From now on the trust keeps the clinic out of the portal: its letters go too. */
  'clinic.excluded': ['documents'],
  /** The clinic is shown again. */
  'clinic.included': ['documents'],
})
