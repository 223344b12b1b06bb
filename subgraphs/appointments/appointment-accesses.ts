import { type AccessesField, accessesOn } from '../runtime/record-accesses.ts'
import { PatientStub } from './patient.stub.ts'

export const appointmentAccesses: AccessesField = {
  name: 'appointmentAccesses',
  description: 'Who has looked at or changed their appointments, newest first: people and organisations.',
  things: ['Appointment', 'AppointmentConflict', 'ChangeRequest', 'HospitalNotice'],
}

export const AppointmentAccesses = accessesOn(() => PatientStub, appointmentAccesses)
