import { events } from '../runtime/outbox.ts'
import type { Appointment } from './appointment.entity.ts'

/**
 * What `appointments` tells the other subgraphs. An event nobody reacts to is written all the same: it is the history
 * of the appointment, and a subscriber added later hears what happens from then on.
 */
export const appointmentEvents = events({
  /** Booked by the hospital, or booked again after it was cancelled: a letter and a text. */
  'appointment.booked': ['documents', 'messages'],
  /** Moved by the hospital to another time, clinic, place or medium: a new letter and a text. */
  'appointment.moved': ['documents', 'messages'],
  /** Moved here: by the patient, or by staff who agreed to what they asked for (`by`). */
  'appointment.rescheduled': ['messages'],
  /** Accepted by the patient. */
  'appointment.accepted': [],
  /** Cancelled, by the patient or the hospital (`by`). */
  'appointment.cancelled': ['messages'],
  /** The patient undid their cancellation: it is booked as before. */
  'appointment.cancellation-undone': ['messages'],
  /** The time to undo is over: the seat is free, and the discharge stands. */
  'appointment.released': [],
  /** A patient asks staff for a change or a cancellation. */
  'change-request.received': ['messages'],
  /** Staff agreed or refused. */
  'change-request.answered': ['messages'],
  'change-request.withdrawn': [],
  /** The hospital changed, cancelled or closed the appointment meanwhile: the text about that leads to it. */
  'change-request.overtaken': [],
  /** The hospital's system finally refused what was done here. */
  'hospital-notice.refused': ['messages'],
  /** The trust keeps the clinic out of the portal, from now on or from the first: what is written there goes too. */
  'clinic.excluded': ['documents'],
  /** The clinic is shown: it is new, or was kept out before. */
  'clinic.included': ['documents'],
})

/** What an event says of an appointment: which version of it, and who did it. */
export const happenedTo = ({ id, patientId, version }: Appointment, by: 'PATIENT' | 'STAFF' | 'HOSPITAL') => ({
  appointmentId: id,
  patientId,
  version: String(version),
  by,
})
