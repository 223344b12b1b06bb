import type { CodedNameInput, DocumentKind } from '../../client/main.ts'

/** What a type of document (TXA-2) is to the portal: HL7 table 0270, codes of SNOMED CT and LOINC, and names hospitals give. */
const kinds = new Map<string, DocumentKind>([
  ['DS', 'DISCHARGE_SUMMARY'],
  ['373942005', 'DISCHARGE_SUMMARY'],
  ['18842-5', 'DISCHARGE_SUMMARY'],
  ['EDS', 'DISCHARGE_SUMMARY'],
  ['EDISCHARGE', 'DISCHARGE_SUMMARY'],
  ['DISCHARGE', 'DISCHARGE_SUMMARY'],
  ['DISCHARGE SUMMARY', 'DISCHARGE_SUMMARY'],
  ['DISCHARGE LETTER', 'DISCHARGE_SUMMARY'],
  ['CN', 'OUTCOME_LETTER'],
  ['823681000000100', 'OUTCOME_LETTER'],
  ['11488-4', 'OUTCOME_LETTER'],
  ['OPL', 'OUTCOME_LETTER'],
  ['CLINIC LETTER', 'OUTCOME_LETTER'],
  ['CLINIC OUTCOME LETTER', 'OUTCOME_LETTER'],
  ['OUTCOME LETTER', 'OUTCOME_LETTER'],
  ['OUTPATIENT LETTER', 'OUTCOME_LETTER'],
])

/** Reports a clinician releases as test results: as letters they would be open at once. Pathology, imaging, heart tracings, autopsy. */
const reportsOfTests = ['SP', 'DI', 'CD', 'AR']

/** Whether a document of this type is the report of a test. */
export const isTestReport = ({ code }: CodedNameInput): boolean => reportsOfTests.includes(code?.toUpperCase() ?? '')

/** The kind of a document; LETTER when the portal has no page of its own for its type. */
export const kindOfLetter = ({ code, name }: CodedNameInput): DocumentKind =>
  kinds.get(plain(code ?? '')) ?? kinds.get(plain(name)) ?? 'LETTER'

const plain = (said: string) =>
  said
    .toUpperCase()
    .replace(/[\s_]+/g, ' ')
    .trim()
