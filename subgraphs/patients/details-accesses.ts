import { type AccessesField, accessesOn } from '../runtime/record-accesses.ts'
import { PatientType } from './patient.type.ts'

export const detailsAccesses: AccessesField = {
  name: 'detailsAccesses',
  description:
    'Who has looked at who this person is, newest first: people and organisations, not our own systems, and not the patient.',
  things: ['Patient'],
}

export const DetailsAccesses = accessesOn(() => PatientType, detailsAccesses)
