import type { HospitalLetter, HospitalSection } from '../../feeds/main.ts'

/** A letter of the demonstration's own hospital, so many days before it is loaded. */
export interface DemonstrationLetter extends Pick<HospitalLetter, 'id' | 'kind' | 'title' | 'author'> {
  readonly hospitalNumber: string
  readonly days: number
  readonly clinic?: string
  /** The appointment it is about. */
  readonly visit?: string
  readonly sections?: readonly HospitalSection[]
  /** A PDF with these paragraphs: sound, or one that no portal should show. */
  readonly pdf?: { readonly paragraphs: readonly string[]; readonly hasScript?: boolean }
}

const kneeClinic: HospitalSection[] = [
  {
    heading: 'Attendance details',
    code: '1077881000000105',
    paragraphs: ['You saw Miss Ruth Adeyemi in the orthopaedic clinic at St Albans City Hospital.'],
  },
  { heading: 'Diagnoses', code: '887161000000102', items: ['Worn cartilage in the right knee'] },
  {
    heading: 'Clinical summary',
    code: '887181000000106',
    paragraphs: [
      'Thank you for coming to see me. Your knee bends well and is stable. The pain comes from cartilage that has worn thin.',
      'You do not need an operation now. Exercises help most people, and you can try them for 3 months.',
    ],
  },
  {
    heading: 'Allergies and adverse reactions',
    code: '886921000000105',
    items: ['Penicillin: a rash'],
  },
  {
    heading: 'Plan and requested actions',
    code: '887201000000105',
    items: [
      'Physiotherapy: the team will write to you',
      'A new X-ray before you come again',
      'Your GP: please consider an anti-inflammatory gel',
    ],
  },
  {
    heading: 'Information and advice given',
    code: '1052951000000105',
    paragraphs: ['Keep moving. Swimming and cycling are good. Call us if the knee locks or gives way.'],
  },
  {
    heading: 'Person completing record',
    code: '887231000000104',
    paragraphs: ['Miss Ruth Adeyemi, consultant orthopaedic surgeon'],
  },
]

const discharge: HospitalSection[] = [
  {
    heading: 'Admission details',
    code: '886781000000108',
    paragraphs: ['You came to the emergency department of Watford General Hospital with chest pain.'],
  },
  { heading: 'Diagnoses', code: '887161000000102', items: ['Chest pain that did not come from the heart'] },
  {
    heading: 'Clinical summary',
    code: '887181000000106',
    paragraphs: [
      'The tracing of your heart and 2 blood tests, 6 hours apart, were normal. The pain went away by itself. We think it came from a strained muscle.',
    ],
  },
  { heading: 'Procedures', code: '887171000000109', items: ['Electrocardiogram', 'X-ray of the chest'] },
  {
    heading: 'Allergies and adverse reactions',
    code: '886921000000105',
    items: ['Penicillin: a rash'],
  },
  {
    heading: 'Medications and medical devices',
    code: '933361000000108',
    items: ['Started: paracetamol 1 g when needed, up to 4 times a day', 'Nothing was stopped or changed'],
  },
  {
    heading: 'Plan and requested actions',
    code: '887201000000105',
    items: ['The heart clinic will phone you', 'Your GP: no action needed'],
  },
  {
    heading: 'Information and advice given',
    code: '1052951000000105',
    paragraphs: ['Call 999 if the pain comes back and lasts more than 15 minutes.'],
  },
  {
    heading: 'Person completing record',
    code: '887231000000104',
    paragraphs: ['Dr Leila Farouk, emergency medicine'],
  },
]

const heartClinic: HospitalSection[] = [
  {
    heading: 'Clinical summary',
    code: '887181000000106',
    paragraphs: ['We spoke by phone. Your breathing is better since the water tablets were changed.'],
  },
  {
    heading: 'Plan and requested actions',
    code: '887201000000105',
    items: ['Weigh yourself every morning', 'A blood test of the kidneys in 2 weeks'],
  },
]

/** In the order in which they were written. */
export const letters: readonly DemonstrationLetter[] = [
  {
    id: 'L-4001',
    hospitalNumber: 'W100001',
    kind: 'discharge',
    title: 'Discharge summary: emergency medicine',
    author: 'Dr Leila Farouk',
    days: 420,
    sections: discharge,
  },
  {
    id: 'L-4002',
    hospitalNumber: 'W100001',
    kind: 'outcome',
    title: 'Eye clinic letter',
    author: 'Mr Tom Beckett',
    days: 362,
    clinic: 'EYE1',
    visit: 'W-2007',
    pdf: {
      paragraphs: [
        'Dear Mrs Haddad,',
        'Thank you for coming to the eye clinic. Your sight is 6/6 on the right and 6/9 on the left, as it was last year. The pressure in both eyes is normal.',
        'The cataract on the left is small. It does not need an operation unless it troubles you.',
        'We will see you again in a year.',
      ],
    },
  },
  {
    id: 'L-4003',
    hospitalNumber: 'W100001',
    kind: 'outcome',
    title: 'Orthopaedic clinic letter',
    author: 'Miss Ruth Adeyemi',
    days: 38,
    clinic: 'ORT1',
    visit: 'W-2006',
    sections: kneeClinic,
  },
  {
    id: 'L-4004',
    hospitalNumber: 'W100001',
    kind: 'other',
    title: 'Your exercises for the knee',
    author: 'Sam Whitfield',
    days: 20,
    clinic: 'PHY1',
    sections: [
      {
        heading: 'Every day',
        items: ['Straighten the knee and hold for 5 seconds, 10 times', 'Stand on one leg, 30 seconds on each side'],
      },
    ],
    pdf: { paragraphs: ['Straighten the knee and hold for 5 seconds, 10 times.'], hasScript: true },
  },
  {
    id: 'L-4005',
    hospitalNumber: 'W100002',
    kind: 'outcome',
    title: 'Heart clinic letter',
    author: 'Dr Owen Lister',
    days: 16,
    clinic: 'CAR1',
    sections: heartClinic,
  },
]
