import type { Resource } from '@medplum/fhirtypes'
import { bloodTest, panels, type Reported } from './laboratory.ts'
import { type Letter, letterAsPdf, type Section, writtenLetter } from './letters.ts'
import type { PersonThere } from './person.ts'
import { brokenReport, type ReportInWords, reportInWords } from './reports.ts'

const { bloodCount, kidneys, longTermSugar } = panels

const bloodTests: Reported[] = [
  { id: 'rf-fbc-1', panel: bloodCount, days: 1010, values: [[109, 'L'], 6.1, 262, [78, 'L']] },
  { id: 'rf-fbc-2', panel: bloodCount, days: 690, values: [[113, 'L'], 5.8, 255, 81] },
  { id: 'rf-fbc-3', panel: bloodCount, days: 402, values: [121, [12.6, 'H'], 301, 84] },
  { id: 'rf-fbc-4', panel: bloodCount, days: 75, values: [129, 6.4, 248, 88] },
  { id: 'rf-kid-1', panel: kidneys, days: 403, values: [139, 4.2, [97, 'H'], [58, 'L']] },
  {
    id: 'rf-kid-2',
    panel: kidneys,
    days: 388,
    values: [140, 4.4, 84, 71],
    status: 'amended',
    conclusion: 'Corrected report: the creatinine was first given as 104.',
  },
  { id: 'rf-sug-1', panel: longTermSugar, days: 76, values: [38] },
  {
    id: 'rf-kid-3',
    panel: kidneys,
    days: 1,
    values: [141, 4.3],
    status: 'preliminary',
    conclusion: 'Further values will follow.',
  },
]

const reports: ReportInWords[] = [
  {
    id: 'rf-scan-1',
    days: 402,
    name: 'Ultrasound of the abdomen',
    loinc: '24558-9',
    section: 'RAD',
    department: 'Royal Free Hospital, imaging',
    conclusion: 'Several gallstones, the largest 9 mm. The wall of the gallbladder is not thickened. Liver normal.',
  },
  {
    id: 'rf-hist-1',
    days: 9,
    name: 'Histology: skin, left forearm',
    loinc: '11526-1',
    section: 'SP',
    department: 'Royal Free Hospital, cellular pathology',
    conclusion: 'Seborrhoeic keratosis. No sign of cancer.',
  },
]

const discharge: Letter = {
  id: 'rf-letter-1',
  days: 401,
  type: 'discharge',
  title: 'Discharge summary: general surgery',
  author: 'Dr Hannah Weiss',
}
const liverClinic: Letter = {
  id: 'rf-letter-2',
  days: 70,
  type: 'outcome',
  title: 'Liver clinic letter',
  author: 'Dr Samuel Oyelaran',
}
const earClinic: Letter = {
  id: 'rf-letter-3',
  days: 640,
  type: 'outcome',
  title: 'Ear, nose and throat clinic letter',
  author: 'Miss Farah Qureshi, consultant surgeon',
}
const earClinicText = [
  'Dear Mrs Haddad,',
  'Thank you for coming to the clinic. Your hearing is normal on both sides. The ringing in your ear is not a sign of illness, and often fades by itself.',
  'I have not arranged to see you again. If it comes back, your GP can refer you to us.',
]

const dischargeSections: Section[] = [
  {
    heading: 'Clinical summary',
    code: '887181000000106',
    paragraphs: [
      'You came to our emergency department with strong pain on the right side of your tummy. The scan showed gallstones. The pain settled with medicine, and you went home after 2 nights.',
    ],
  },
  { heading: 'Diagnoses', code: '887161000000102', items: ['Gallstones, without infection'] },
  {
    heading: 'Allergies and adverse reactions',
    code: '886921000000105',
    items: ['Penicillin: a rash, in 2009'],
  },
  {
    heading: 'Medications and medical devices',
    code: '933361000000108',
    items: ['Paracetamol 1 g, up to 4 times a day, if you have pain', 'Your other medicines stay as they were'],
  },
  {
    heading: 'Plan and requested actions',
    code: '887201000000105',
    items: [
      'We have asked West Hertfordshire to see you about an operation',
      'Your GP: please check the kidney function in 2 weeks',
    ],
  },
  {
    heading: 'Information and advice given',
    code: '1052951000000105',
    paragraphs: ['Eat little fat. Come back at once if you have a fever, or if your skin or eyes turn yellow.'],
  },
  {
    heading: 'Person completing record',
    code: '887231000000104',
    paragraphs: ['Dr Hannah Weiss, surgical registrar, Royal Free Hospital'],
  },
]

const clinicSections: Section[] = [
  {
    heading: 'Attendance details',
    code: '1077881000000105',
    paragraphs: ['You were seen in the liver clinic at Barnet Hospital.'],
  },
  {
    heading: 'Clinical summary',
    code: '887181000000106',
    paragraphs: [
      'Your liver is well. The small spot on the scan of last year has not changed, and needs no treatment.',
    ],
  },
  {
    heading: 'Plan and requested actions',
    code: '887201000000105',
    items: ['A scan in 12 months', 'No medicine is needed'],
  },
]

/** What the Royal Free has of Amal Haddad: of everything something. */
export async function recordsOfAmal(amal: PersonThere): Promise<Resource[]> {
  return [
    ...bloodTests.flatMap((it) => bloodTest(amal, it)),
    ...reports.map((it) => reportInWords(amal, it)),
    brokenReport(amal, 'rf-broken-1'),
    writtenLetter(amal, discharge, dischargeSections),
    writtenLetter(amal, liverClinic, clinicSections),
    ...(await letterAsPdf(amal, earClinic, earClinicText)),
  ]
}
