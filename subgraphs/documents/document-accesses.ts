import { type AccessesField, accessesOn } from '../runtime/record-accesses.ts'
import { PatientStub } from './patient.stub.ts'

export const documentAccesses: AccessesField = {
  name: 'documentAccesses',
  description: 'Who has looked at their letters and results, or changed them, newest first: people and organisations.',
  things: [
    'AdmissionLetter',
    'AppointmentLetter',
    'DischargeSummary',
    'OtherLetter',
    'OutcomeLetter',
    'TestResult',
    'WithheldPdf',
  ],
}

export const DocumentAccesses = accessesOn(() => PatientStub, documentAccesses)
