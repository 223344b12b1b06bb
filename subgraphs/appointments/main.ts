import type { SubgraphDefinition } from '../runtime/subgraph.ts'
import { AcceptAppointment } from './accept-appointment.ts'
import { FindAppointment } from './appointment.ts'
import { Appointment } from './appointment.entity.ts'
import { appointmentEvents } from './appointment-events.ts'
import { appointmentById, AppointmentFields } from './appointment.type.ts'
import { AppointmentChanges } from './appointment-changes.ts'
import { AppointmentsOfPatient } from './appointments-of-patient.ts'
import { AvailableSlots } from './available-slots.ts'
import { CancelAppointment } from './cancel-appointment.ts'
import { CancellationFields } from './cancellation.type.ts'
import { Clinic } from './clinic.entity.ts'
import { clinicByCode, ClinicFields } from './clinic.type.ts'
import { firstAppointmentsStep } from './migrations/first-step.ts'
import { secondAppointmentsStep } from './migrations/second-step.ts'
import { patientReference } from './patient.stub.ts'
import { policy } from './policy.ts'
import { PublishClinic } from './publish-clinic.ts'
import { PublishSlots } from './publish-slots.ts'
import { RecordAppointment } from './record-appointment.ts'
import { RecordCancellation } from './record-cancellation.ts'
import { releaseCancelled } from './release-cancelled.ts'
import { RescheduleAppointment } from './reschedule-appointment.ts'
import { Slot } from './slot.entity.ts'
import { UndoCancellation } from './undo-cancellation.ts'
import { AppointmentConflict } from './conflicts/appointment-conflict.entity.ts'
import { ChangeRequest, ChangeRequestStep } from './requests/change-request.entity.ts'
import { HospitalNotice } from './write-back/hospital-notice.entity.ts'

/** Clinics, slots and appointments, and the rules for them. */
export const appointments: SubgraphDefinition = {
  name: 'appointments',
  resolvers: [
    AcceptAppointment,
    AppointmentChanges,
    AppointmentFields,
    AppointmentsOfPatient,
    AvailableSlots,
    CancelAppointment,
    CancellationFields,
    ClinicFields,
    FindAppointment,
    PublishClinic,
    PublishSlots,
    RecordAppointment,
    RecordCancellation,
    RescheduleAppointment,
    UndoCancellation,
  ],
  references: {
    Appointment: ({ id }, context) => appointmentById(context, String(id)),
    Clinic: ({ code }, context) => clinicByCode(context, String(code)),
    Patient: patientReference,
  },
  entities: [Appointment, AppointmentConflict, ChangeRequest, ChangeRequestStep, Clinic, HospitalNotice, Slot],
  policy,
  steps: [firstAppointmentsStep, secondAppointmentsStep],
  tells: appointmentEvents.subscribers,
  chores: [releaseCancelled],
}
