import { randomUUID } from 'node:crypto'
import type { Context } from '../../runtime/context.ts'
import { type Graph } from '../../runtime/reaction.ts'
import { isKeptOut } from '../clinic-of-record.ts'
import { DocumentKind } from '../document-kind.ts'
import { searchable } from '../searchable.ts'
import { BookingLetter } from './booking-letter.entity.ts'
import { composeAppointmentLetter } from './compose-appointment-letter.ts'
import { wordsOf } from './letter-content.ts'
import type { LetterFacts } from './letter-facts.ts'
import { AddresseeOfLetterDocument, AppointmentForLetterDocument } from '../graph/index.ts'

/**
 * What a letter needs to know, asked of the whole graph. It is a letter of the person it is addressed to: while a record is merged
 * into another that is not the one the appointment is kept under, who must not read their address after the merge was undone.
 */
export async function factsForLetter(graph: Graph, appointmentId: string): Promise<LetterFacts | null> {
  const { appointment } = await graph.ask(AppointmentForLetterDocument, { appointmentId })
  if (!appointment) return null
  const { patient } = await graph.ask(AddresseeOfLetterDocument, { patientId: appointment.patient.id })
  return patient ? { ...appointment, patient } : null
}

/**
 * Writes the letter about a booking, unless it was cancelled meanwhile, or the newest letter says the same: of two
 * events that arrive late, the first one writes what is true by then, and the second one has nothing to add.
 */
export async function writeAppointmentLetter({ em, clock, trust }: Context, facts: LetterFacts | null): Promise<void> {
  if (facts?.status !== 'BOOKED') return
  const { id: appointmentId, patient, clinic, startsAt } = facts
  const content = composeAppointmentLetter(facts, trust)
  const newest = await em.findOne(BookingLetter, { appointmentId }, { orderBy: { number: 'desc' } })
  if (newest?.says(content)) return
  const now = clock.now()
  em.create(BookingLetter, {
    id: randomUUID(),
    kind: facts.kind === 'ADMISSION' ? DocumentKind.ADMISSION_LETTER : DocumentKind.APPOINTMENT_LETTER,
    title: content.title,
    searchText: searchable(content.title, ...wordsOf(content.sections)),
    patientId: patient.id,
    appointmentId,
    number: (newest?.number ?? 0) + 1,
    clinicCode: clinic.code,
    excluded: await isKeptOut(em, clinic),
    writtenAt: now,
    receivedAt: now,
    opensAt: now,
    // The text about the booking itself tells of it.
    toldAt: now,
    trustName: trust.name,
    startsAt: new Date(startsAt),
    content,
  })
}
