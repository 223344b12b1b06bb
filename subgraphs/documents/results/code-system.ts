/** A code, and whose it is. */
export interface Coded {
  readonly code: string | null
  readonly system: string | null
}

/** Where a code comes from, whatever a message calls it. */
export const LOINC = 'LOINC'
export const SNOMED_CT = 'SNOMED-CT'
/** HL7 v2 table 0074, diagnostic service sections: "HM", "RAD", "SP". */
export const SECTION = 'HL70074'
/** The laboratory's own. */
export const LOCAL = 'L'

/** HL7 v2 table 0396, FHIR's addresses and the object identifiers. */
const names: Readonly<Record<string, string>> = {
  LN: LOINC,
  LOINC,
  'HTTP://LOINC.ORG': LOINC,
  '2.16.840.1.113883.6.1': LOINC,
  SCT: SNOMED_CT,
  SNM: SNOMED_CT,
  SNOMED: SNOMED_CT,
  'SNOMED-CT': SNOMED_CT,
  'HTTP://SNOMED.INFO/SCT': SNOMED_CT,
  '2.16.840.1.113883.6.96': SNOMED_CT,
  HL70074: SECTION,
  'HTTP://TERMINOLOGY.HL7.ORG/CODESYSTEM/V2-0074': SECTION,
  'HTTP://HL7.ORG/FHIR/V2/0074': SECTION,
  '': LOCAL,
  L: LOCAL,
}

/** One name for a code system. One that says nothing is the laboratory's own; one nobody here knows keeps its name. */
export function codeSystemOf(reported: string | null): string {
  const name = (reported ?? '')
    .trim()
    .replace(/^urn:oid:/i, '')
    .replace(/\/$/, '')
  return (Object.hasOwn(names, name.toUpperCase()) && names[name.toUpperCase()]) || name
}
