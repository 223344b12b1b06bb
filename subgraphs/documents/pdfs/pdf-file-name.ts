import type { DocumentKind } from '../document-kind.ts'

const named: Record<DocumentKind, string> = {
  APPOINTMENT_LETTER: 'appointment-letter',
  ADMISSION_LETTER: 'admission-letter',
  OUTCOME_LETTER: 'clinic-letter',
  DISCHARGE_SUMMARY: 'discharge-summary',
  LETTER: 'letter',
  TEST_RESULT: 'test-result',
}

/** What a PDF is called where it is kept: what sort it is and its day, and nothing of what it says or of whom. */
export const pdfFileName = ({ kind, writtenOn }: { kind: DocumentKind; writtenOn: string }, largePrint: boolean) =>
  `${named[kind]}-${writtenOn}${largePrint ? '-large-print' : ''}.pdf`
