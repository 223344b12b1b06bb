import type { LetterFacts } from './letter-facts.ts'
import { type LetterSection, section } from './letter-content.ts'

/** The interpreter that is booked, or needed and not booked yet, and whom to tell of other needs. */
export function helpWithNeeds({ arrangements, patient }: LetterFacts): LetterSection {
  const booked = arrangements.find((it) => it.kind === 'INTERPRETER')
  const { interpreterLanguage } = patient.needs
  const notBooked =
    interpreterLanguage &&
    `Your record says that you need an interpreter (${interpreterLanguage}). None is booked for this appointment yet. To book one, contact us.`
  return section('Interpreters and other needs', [
    booked ? `An interpreter is booked for you${inDetail(booked.detail)}.` : notBooked,
    `If you need ${booked || notBooked ? 'other help' : 'an interpreter, British Sign Language included, or other help'} to get here, to hear, to see or to understand, contact us.`,
  ])
}

/** The transport that is booked, or how to ask for it. Nobody travels to a call. */
export function transport({ arrangements, patient, medium }: LetterFacts): LetterSection {
  if (medium !== 'FACE_TO_FACE') return section('Transport', [])
  const booked = arrangements.find((it) => it.kind === 'TRANSPORT')
  if (booked) return section('Transport', [`Hospital transport is booked for you${inDetail(booked.detail)}.`])
  return section('Transport', [
    patient.needs.transport
      ? 'Your record says that you need hospital transport. None is booked for this appointment yet. To book it, contact us.'
      : 'If a medical condition keeps you from travelling by yourself, you may be able to have hospital transport. To ask for it, contact us.',
  ])
}

/** Every letter says in which other forms it can be had; it also says which one the record asks for. */
export function otherFormats({ patient }: LetterFacts): LetterSection {
  const needed = formatInWords[patient.needs.letterFormat]
  return section('This letter in another format', [
    needed && `Your record says that you need your letters ${needed}.`,
    'You can have this letter in large print, in braille, in easy read, as audio or in another language. To ask for it, contact us.',
  ])
}

const formatInWords = {
  STANDARD: undefined,
  LARGE_PRINT: 'in large print',
  BRAILLE: 'in braille',
  EASY_READ: 'in easy read',
  AUDIO: 'as audio',
  EMAIL: 'by email',
} as const

const inDetail = (detail: string | null | undefined) => (detail ? `: ${detail}` : '')
