import type { SubgraphDefinition } from '../runtime/subgraph.ts'
import { AppointmentLetter } from './appointment-letter.entity.ts'
import { AppointmentLetterFields, AppointmentLetterType } from './appointment-letter.type.ts'
import { FindDocument } from './document.ts'
import { appointmentReference, LetterOfAppointment, letterReference } from './letter.ts'
import { firstDocumentsStep } from './migrations/first-step.ts'
import { onAppointmentBooked } from './on-appointment-booked.ts'
import { onAppointmentMoved } from './on-appointment-moved.ts'
import { onClinicExcluded } from './on-clinic-excluded.ts'
import { onClinicIncluded } from './on-clinic-included.ts'
import { policy } from './policy.ts'

/** Letters now; outcome letters, discharge summaries and test results later. */
export const documents: SubgraphDefinition = {
  name: 'documents',
  resolvers: [AppointmentLetterFields, FindDocument, LetterOfAppointment],
  orphanedTypes: [AppointmentLetterType],
  references: { Appointment: appointmentReference, AppointmentLetter: letterReference },
  entities: [AppointmentLetter],
  policy,
  steps: [firstDocumentsStep],
  reactions: [onAppointmentBooked, onAppointmentMoved, onClinicExcluded, onClinicIncluded],
}
