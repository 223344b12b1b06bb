import type { LetterFacts } from '../subgraphs/documents/booking-letters/letter-facts.ts'

/** A booking as the graph tells it, when nothing else is said. */
export const aBooking: LetterFacts = {
  id: 'appointment-1',
  kind: 'OUTPATIENT',
  status: 'BOOKED',
  startsAt: '2026-12-01T17:30:00.000Z',
  endsAt: '2026-12-01T18:00:00.000Z',
  medium: 'FACE_TO_FACE',
  clinician: 'Dr Priya Shah',
  whatToBring: ['A list of your medicines', 'Your glasses, if you wear them'],
  preparation: ['Do not wear make-up'],
  place: {
    site: 'Watford General Hospital',
    department: 'Outpatients 2, first floor',
    addressLines: ['Vicarage Road', 'Watford'],
    postcode: 'WD18 0HB',
    directions: 'From the main entrance follow the blue signs.',
  },
  arrangements: [],
  clinic: {
    code: 'DERM',
    name: 'Dermatology clinic',
    specialty: 'Dermatology',
    mode: 'DIRECT',
    letterIntroduction: null,
    ifYouDoNotAttend: null,
    excluded: false,
    contact: {
      team: 'Dermatology bookings',
      phone: '+442079460120',
      textphone: null,
      email: null,
      hours: 'Monday to Friday, 9am to 4pm',
    },
  },
  patient: {
    id: 'amal',
    nhsNumber: '9990041571',
    hospitalNumber: 'W100001',
    name: { full: 'Ms Amal Haddad' },
    address: { lines: ['1 Acacia Avenue', 'Watford'], postcode: 'WD18 0AA' },
    needs: { interpreterLanguage: null, letterFormat: 'STANDARD', transport: false },
  },
}
