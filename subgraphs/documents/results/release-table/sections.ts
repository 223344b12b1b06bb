/*
 * HL7 v2 table 0074, diagnostic service sections (OBR-24), and the same table in FHIR. Blood sciences (HM, CH, BG …) are in
 * none of the lists: there the codes of the tests decide.
 */

/** Surgical pathology, cytopathology, cytogenetics, genetics: never before a clinician has opened them. */
export const clinicianOnlySections = ['SP', 'CP', 'CG', 'GE']

/** Imaging and other examinations: whatever it is called there, it is a picture or a report in words. */
export const reportSections = [
  'AU',
  'CT',
  'CTH',
  'CUS',
  'EC',
  'EN',
  'IMG',
  'NMR',
  'NMS',
  'OUS',
  'PF',
  'RAD',
  'RUS',
  'RX',
  'VUS',
  'XRC',
]
