import { registerEnumType } from 'type-graphql'

export enum SharingCategory {
  APPOINTMENTS = 'APPOINTMENTS',
  LETTERS = 'LETTERS',
  RESULTS = 'RESULTS',
}
registerEnumType(SharingCategory, {
  name: 'SharingCategory',
  description:
    'What of a record can be shared with a partner organisation. Name, date of birth, NHS and hospital number and communication needs are seen with any of these.',
  valuesConfig: {
    APPOINTMENTS: { description: 'Appointments and admissions.' },
    LETTERS: { description: 'Letters and summaries.' },
    RESULTS: { description: 'Test results.' },
  },
})

export const sharingCategories = Object.values(SharingCategory)

export enum SharingBasis {
  CONSENT = 'CONSENT',
  DIRECT_CARE = 'DIRECT_CARE',
}
registerEnumType(SharingBasis, {
  name: 'SharingBasis',
  description: 'Why a category is shared.',
  valuesConfig: {
    CONSENT: { description: 'The patient chose it.' },
    DIRECT_CARE: {
      description: "The hospital shares it for the person's direct care there; the patient can object at any time.",
    },
  },
})
