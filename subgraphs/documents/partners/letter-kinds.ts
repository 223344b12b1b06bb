import type { CodeableConcept } from '@medplum/fhirtypes'
import { DocumentKind } from '../document-kind.ts'
import { codesOf } from './fhir-words.ts'
import { codeSystemOf, LOINC, SNOMED_CT } from '../results/code-system.ts'

/*
 * What kind of letter a type of document is. LOINC: the document ontology. SNOMED CT: the types of PRSB's standards and of NHS
 * England's document naming. A letter about an appointment is just a letter: the partner's appointments are not shown here.
 */
const kinds: Readonly<Record<string, readonly string[]>> = {
  [DocumentKind.DISCHARGE_SUMMARY]: [
    // Discharge summary; of a physician; of a hospital; of an emergency department; of a nurse.
    ...['18842-5', '11490-0', '34105-7', '59258-4', '28655-9', '34745-0', '15507-7'].map((code) => `${LOINC} ${code}`),
    // Discharge summary; inpatient final discharge letter.
    ...['373942005', '824331000000106'].map((code) => `${SNOMED_CT} ${code}`),
  ],
  [DocumentKind.OUTCOME_LETTER]: [
    // Outpatient note; outpatient consult note; consult note; outpatient letter.
    ...['34108-1', '51845-6', '11488-4', '34133-9', '51848-0'].map((code) => `${LOINC} ${code}`),
    ...['823681000000100'].map((code) => `${SNOMED_CT} ${code}`),
  ],
}

/** The kind a type of document is of. One that is in no list is some other letter. */
export function kindOfLetter(type: CodeableConcept | undefined): Exclude<DocumentKind, DocumentKind.TEST_RESULT> {
  const codes = new Set(codesOf(type).map(({ system, code }) => `${codeSystemOf(system)} ${code}`))
  if (kinds[DocumentKind.DISCHARGE_SUMMARY]?.some((it) => codes.has(it))) return DocumentKind.DISCHARGE_SUMMARY
  if (kinds[DocumentKind.OUTCOME_LETTER]?.some((it) => codes.has(it))) return DocumentKind.OUTCOME_LETTER
  return DocumentKind.LETTER
}
