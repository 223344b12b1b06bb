import { registerEnumType } from 'type-graphql'

export enum AdmissionStep {
  PLANNED = 'PLANNED',
  ADMITTED = 'ADMITTED',
  ADMISSION_CANCELLED = 'ADMISSION_CANCELLED',
  PLAN_CANCELLED = 'PLAN_CANCELLED',
  DISCHARGED = 'DISCHARGED',
  DISCHARGE_CANCELLED = 'DISCHARGE_CANCELLED',
}
registerEnumType(AdmissionStep, {
  name: 'AdmissionStep',
  description: 'What the hospital says of a stay.',
  valuesConfig: {
    PLANNED: { description: 'The patient is to come (A05, A14).' },
    ADMITTED: { description: 'The patient is in hospital (A01).' },
    ADMISSION_CANCELLED: { description: 'The admission was a mistake: it is planned again (A11).' },
    PLAN_CANCELLED: { description: 'It will not take place (A38, A27).' },
    DISCHARGED: { description: 'The patient has left hospital (A03).' },
    DISCHARGE_CANCELLED: { description: 'The discharge was a mistake: the patient is in hospital (A13).' },
  },
})
