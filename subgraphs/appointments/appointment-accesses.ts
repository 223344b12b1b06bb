import { accessesOn } from '../runtime/record-accesses.ts'
import { PatientStub } from './patient.stub.ts'

export const AppointmentAccesses = accessesOn(() => PatientStub, {
  name: 'appointmentAccesses',
  description: 'Who has looked at or changed their appointments, newest first: people and organisations.',
  things: ['Appointment', 'AppointmentConflict', 'ChangeRequest', 'HospitalNotice'],
})
