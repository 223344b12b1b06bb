import { registerEnumType } from 'type-graphql'

/** What sort of document it is, as patients know them. */
export enum DocumentKind {
  APPOINTMENT_LETTER = 'APPOINTMENT_LETTER',
  ADMISSION_LETTER = 'ADMISSION_LETTER',
  OUTCOME_LETTER = 'OUTCOME_LETTER',
  DISCHARGE_SUMMARY = 'DISCHARGE_SUMMARY',
  LETTER = 'LETTER',
  TEST_RESULT = 'TEST_RESULT',
}
registerEnumType(DocumentKind, {
  name: 'DocumentKind',
  description: 'What sort of document it is, as patients know them.',
  valuesConfig: {
    APPOINTMENT_LETTER: { description: 'About a visit to a clinic that is booked.' },
    ADMISSION_LETTER: { description: 'About a stay in hospital that is booked.' },
    OUTCOME_LETTER: { description: 'What came of a visit to a clinic.' },
    DISCHARGE_SUMMARY: { description: 'What was done during a stay in hospital, and what follows.' },
    LETTER: { description: 'Any other letter.' },
    TEST_RESULT: { description: 'One panel as one laboratory or department reported it.' },
  },
})
