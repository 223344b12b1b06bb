import type { Trust } from '../../runtime/trust.ts'
import { changeOrCancel } from './change-or-cancel.ts'
import { contactInWords, contactLines } from './contact-in-words.ts'
import { emergencies } from './emergencies.ts'
import { dayInWords, lengthInWords, timeInWords } from '../../runtime/dates-in-words.ts'
import { helpWithNeeds, otherFormats, transport } from './help-with-needs.ts'
import { type LetterAddressee, type LetterContent, type LetterSection, section } from './letter-content.ts'
import { howToMeet } from './how-to-meet.ts'
import type { LetterFacts } from './letter-facts.ts'

/** Writes the letter about a booking: everything a patient needs to know to come, in the NHS's own style. */
export function composeAppointmentLetter(facts: LetterFacts, trust: Trust): LetterContent {
  const what = facts.kind === 'ADMISSION' ? 'admission' : 'appointment'
  const sections = [
    facts.kind === 'ADMISSION' ? admission(facts) : visit(facts),
    howToMeet(facts),
    section(facts.medium === 'FACE_TO_FACE' ? 'What to bring' : 'What to have ready', [], facts.whatToBring),
    section('How to prepare', [], facts.preparation),
    helpWithNeeds(facts),
    transport(facts),
    changeOrCancel(facts, trust),
    section('If you do not attend', [facts.clinic.ifYouDoNotAttend ?? notAttending]),
    otherFormats(facts),
    section('How to contact us', [], contactLines(facts.clinic.contact)),
    concerns(trust),
    emergencies,
  ]
  return {
    title: `Your ${what} on ${dayInWords(new Date(facts.startsAt))}`,
    addressee: addressee(facts),
    sections: sections.filter(({ paragraphs, items }) => paragraphs.length + items.length > 0),
  }
}

function addressee({ patient: { name, address, nhsNumber, hospitalNumber } }: LetterFacts): LetterAddressee {
  const addressLines = [...(address?.lines ?? []), ...(address?.postcode ? [address.postcode] : [])]
  return { name: name.full, addressLines, nhsNumber: nhsNumber ?? null, hospitalNumber: hospitalNumber ?? null }
}

function visit({ patient, clinic, startsAt, endsAt, clinician, medium }: LetterFacts): LetterSection {
  const [from, to] = [new Date(startsAt), new Date(endsAt)]
  return section(
    'Your appointment',
    [`Dear ${patient.name.full},`, clinic.letterIntroduction ?? 'We have booked an appointment for you.'],
    [
      `Date: ${dayInWords(from)}`,
      `Time: ${timeInWords(from)}`,
      `How long: about ${lengthInWords(from, to)}`,
      `How: ${mediumInWords[medium]}`,
      `Clinic: ${clinic.name} (${clinic.specialty})`,
      `With: ${clinician ?? 'a member of the clinical team'}`,
    ],
  )
}

function admission({ patient, clinic, startsAt, endsAt, clinician }: LetterFacts): LetterSection {
  const [from, to] = [new Date(startsAt), new Date(endsAt)]
  const home = dayInWords(from) === dayInWords(to) ? `the same day, at about ${timeInWords(to)}` : dayInWords(to)
  return section(
    'Your admission',
    [`Dear ${patient.name.full},`, clinic.letterIntroduction ?? 'We have booked your stay in hospital.'],
    [
      `Come in on: ${dayInWords(from)}`,
      `Time: ${timeInWords(from)}`,
      `We expect you to go home on: ${home}`,
      `Clinic: ${clinic.name} (${clinic.specialty})`,
      `Under the care of: ${clinician ?? 'the clinical team'}`,
    ],
  )
}

const mediumInWords = {
  FACE_TO_FACE: 'in person, at the hospital',
  VIDEO: 'by video call',
  PHONE: 'by phone',
} as const

const notAttending =
  'If you do not attend and have not told us, we may discharge you. You would then need a new referral from your GP.'

const concerns = ({ pals }: Trust) =>
  section('If you have a comment or a concern', [
    `For confidential advice, or to raise a concern about your care, ${contactInWords(pals)}.`,
  ])
