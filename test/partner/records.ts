import type {
  Composition,
  DiagnosticReport,
  DocumentReference,
  Observation,
  Patient,
  Resource,
} from '@medplum/fhirtypes'

/** Who is asked for, by what a partner knows them by. */
export const amal = { nhsNumber: '9990041571', bornOn: '1984-03-09' }
/** Somebody else, whom the partner knows too. */
export const bernard = { nhsNumber: '9990083142', bornOn: '1951-11-30' }

const subject = { reference: 'Patient/amal' }

export const aPatient = (more: Partial<Patient> = {}): Patient => ({
  resourceType: 'Patient',
  id: 'amal',
  identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: amal.nhsNumber }],
  birthDate: amal.bornOn,
  ...more,
})

export const theOtherPatient = aPatient({
  id: 'bernard',
  identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: bernard.nhsNumber }],
  birthDate: bernard.bornOn,
})

export const anObservation = (more: Partial<Observation> = {}): Observation => ({
  resourceType: 'Observation',
  id: 'haemoglobin',
  status: 'final',
  category: [
    { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] },
  ],
  code: { coding: [{ system: 'http://loinc.org', code: '718-7' }], text: 'Haemoglobin' },
  subject,
  effectiveDateTime: '2026-11-20T09:30:00Z',
  valueQuantity: { value: 135, unit: 'g/L' },
  referenceRange: [{ low: { value: 115 }, high: { value: 155 } }],
  ...more,
})

export const aReport = (more: Partial<DiagnosticReport> = {}): DiagnosticReport => ({
  resourceType: 'DiagnosticReport',
  id: 'blood-count',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '58410-2' }], text: 'Full blood count' },
  subject,
  effectiveDateTime: '2026-11-20T09:30:00Z',
  issued: '2026-11-20T15:00:00Z',
  result: [{ reference: 'Observation/haemoglobin' }],
  ...more,
})

export const aLetter = (more: Partial<DocumentReference> = {}): DocumentReference => ({
  resourceType: 'DocumentReference',
  id: 'letter',
  status: 'current',
  type: { coding: [{ system: 'http://snomed.info/sct', code: '823681000000100' }] },
  description: 'Letter from the eye clinic',
  subject,
  date: '2026-11-19T12:00:00Z',
  content: [{ attachment: { contentType: 'application/pdf', url: 'Binary/letter-pdf' } }],
  ...more,
})

export const aSummary = (more: Partial<Composition> = {}): Composition => ({
  resourceType: 'Composition',
  id: 'summary',
  status: 'final',
  type: { coding: [{ system: 'http://snomed.info/sct', code: '373942005' }] },
  title: 'Discharge summary',
  subject,
  date: '2026-11-18T12:00:00Z',
  author: [{ display: 'Dr Ruth Okafor' }],
  section: [
    {
      title: 'Diagnoses',
      code: { coding: [{ system: 'http://snomed.info/sct', code: '887161000000102' }] },
      text: {
        status: 'generated',
        div: '<div xmlns="http://www.w3.org/1999/xhtml"><p>Cataract &lt;left&gt;</p><ul><li>Operated</li><li>Healing</li></ul></div>',
      },
    },
  ],
  ...more,
})

/** What a partner knows of Amal, of every kind, and a little of somebody else. */
export const recordsThere = (): Resource[] => [
  aPatient(),
  aReport(),
  anObservation(),
  aLetter(),
  aSummary(),
  theOtherPatient,
  aReport({ id: 'of-bernard', subject: { reference: 'Patient/bernard' }, result: [] }),
]
