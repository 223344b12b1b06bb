import type { HospitalSection } from './document-segments.ts'

/** What a letter says that is only sent to be seen arriving: under headings of the professional record standards. */
export const letterTexts: Record<'outcome' | 'discharge', { title: string; sections: readonly HospitalSection[] }> = {
  outcome: {
    title: 'Clinic outcome letter',
    sections: [
      {
        heading: 'Attendance details',
        code: '1077881000000105',
        paragraphs: ['Thank you for coming to our clinic.'],
      },
      {
        heading: 'Clinical summary',
        code: '887181000000106',
        paragraphs: ['You are recovering well. There is no need for further tests.'],
      },
      {
        heading: 'Plan and requested actions',
        code: '887201000000105',
        items: ['Go on with your exercises', 'We will see you again in 6 months'],
      },
    ],
  },
  discharge: {
    title: 'Discharge summary',
    sections: [
      {
        heading: 'Clinical summary',
        code: '887181000000106',
        paragraphs: ['You were in hospital for a planned operation. It went well, and you went home the next day.'],
      },
      { heading: 'Diagnoses', code: '887161000000102', items: ['Hernia of the left groin'] },
      { heading: 'Procedures', code: '887171000000109', items: ['Repair of the hernia through small cuts'] },
      {
        heading: 'Allergies and adverse reactions',
        code: '886921000000105',
        paragraphs: ['None known.'],
      },
      {
        heading: 'Medications and medical devices',
        code: '933361000000108',
        items: ['Paracetamol 1 g, up to 4 times a day, for a week'],
      },
      {
        heading: 'Information and advice given',
        code: '1052951000000105',
        paragraphs: ['Do not lift anything heavy for 4 weeks. Call us if the wound becomes red or hot.'],
      },
      {
        heading: 'Plan and requested actions',
        code: '887201000000105',
        items: ['Your GP: please take the stitches out in 10 days'],
      },
    ],
  },
}
