import { dayInWords, timeInWords } from '../runtime/dates-in-words.ts'
import { londonInstant } from '../runtime/london.ts'

/**
 * What is said of one thing that happened: to an appointment, or that there is something to read. The name, the service,
 * the link and the reference are put around it. Never a clinical word, a specialty, a clinic, or when an appointment is:
 * the link leads to all that.
 */
export interface Saying {
  /** For a text, from the friendliest to the shortest: a long address of the site must not cost the patient's name. */
  readonly text: readonly [string, ...string[]]
  readonly subject: string
  /** For an e-mail: what happened, and what the link that follows leads to. */
  email(hospital: string): readonly [string, string]
}

export const newAppointment: Saying = {
  text: ['you have a new hospital appointment. See it at', 'new hospital appointment:'],
  subject: 'You have a new hospital appointment',
  email: (hospital) => [
    `you have a new appointment at ${hospital}.`,
    'Log in to see when and where it is, to accept it, and to read your appointment letter:',
  ],
}

export const rescheduled: Saying = {
  text: ['your appointment has been changed. See it at', 'appointment changed:'],
  subject: 'Your hospital appointment has been changed',
  email: (hospital) => [
    `your appointment at ${hospital} has been changed, as you asked. We send no new letter, so yours may show an old time.`,
    'Log in to see when it is now:',
  ],
}

/** Cancelled by the patient. Until when it can be undone, if it still can. */
export const cancelled = (undoUntil: Date | null): Saying => {
  const undo = undoUntil && timeInWords(undoUntil)
  return {
    text: undo
      ? [
          `your appointment is cancelled. You can undo this until ${undo} at`,
          `appointment cancelled. You can undo until ${undo}:`,
          `cancelled, undo until ${undo}:`,
        ]
      : ['your appointment is cancelled. See it at', 'appointment cancelled:'],
    subject: 'Your hospital appointment is cancelled',
    email: (hospital) => [
      `your appointment at ${hospital} is cancelled, as you asked.${undo ? ` You can undo this until ${undo}.` : ''}`,
      undo ? 'Log in to undo it, or to see what happens now:' : 'Log in to see what happens now:',
    ],
  }
}

export const cancelledByHospital: Saying = {
  text: [
    'the hospital has cancelled your appointment. See why at',
    'the hospital has cancelled your appointment:',
    'appointment cancelled by hospital:',
  ],
  subject: 'The hospital has cancelled your appointment',
  email: (hospital) => [
    `${hospital} has cancelled your appointment.`,
    'Log in to see who cancelled it, why, and whom to contact:',
  ],
}

export const bookedAgain: Saying = {
  text: ['your appointment is booked again. See it at', 'appointment booked again:'],
  subject: 'Your hospital appointment is booked again',
  email: (hospital) => [
    `you have undone the cancellation. Your appointment at ${hospital} is booked again, as it was.`,
    'Log in to see it:',
  ],
}

/** Moved by the hospital: another time, or another place, or a call in place of a visit. */
export const moved: Saying = {
  text: [
    'the hospital has changed your appointment. See the new details at',
    'the hospital has changed your appointment:',
    'hospital changed appointment:',
  ],
  subject: 'The hospital has changed your appointment',
  email: (hospital) => [
    `${hospital} has changed your appointment.`,
    'Log in to see when and where it is now, to accept it, and to read your new letter:',
  ],
}

/** What was asked for has arrived, and is answered by this London date. */
export const requestReceived = ({ reference, answerBy }: { reference: string; answerBy: string }): Saying => {
  const day = dayInWords(londonInstant(answerBy, '12:00'))
  const [, date, month] = day.split(' ')
  return {
    text: [
      `we have your request ${reference} and answer by ${date} ${month}. See it at`,
      `we will answer request ${reference} by ${date} ${month}:`,
      `request ${reference}: answer by ${date} ${month}:`,
    ],
    subject: 'We have your request',
    email: (hospital) => [
      `we have your request about your appointment at ${hospital}. Its reference is ${reference}. We will answer by ${day}. Your appointment stays booked until then.`,
      'Log in to see your request, or to take it back:',
    ],
  }
}

export const requestAnswered: Saying = {
  text: ['we have answered your request. See our answer at', 'we answered your request:'],
  subject: 'We have answered your request',
  email: (hospital) => [
    `we have answered your request about your appointment at ${hospital}.`,
    'Log in to read our answer, and to see your appointment as it stands:',
  ],
}

/** The hospital's own system refused what the patient did. */
export const notConfirmed: Saying = {
  text: [
    'we could not confirm your change. We will phone you. See more at',
    'we could not confirm your change and will phone you:',
    'change not confirmed. We will phone:',
  ],
  subject: 'We could not confirm the change to your appointment',
  email: (hospital) => [
    `we could not confirm the change to your appointment at ${hospital}. We will phone you about it.`,
    'Log in to see how your appointment stands until then:',
  ],
}

/** A letter, a summary or a result: which it is, and what it says, stands behind the link. */
export const somethingToRead: Saying = {
  text: [
    'the hospital has something new for you to read. See it at',
    'there is something new for you to read:',
    'something new to read:',
  ],
  subject: 'The hospital has something new for you to read',
  email: (hospital) => [`${hospital} has something new for you to read.`, 'Log in to read it:'],
}

/** Each at its longest: what an address of the site must leave room for. */
export const longestSayings: readonly Saying[] = [
  newAppointment,
  rescheduled,
  cancelled(new Date('2026-01-01T12:45:00Z')),
  cancelled(null),
  cancelledByHospital,
  bookedAgain,
  moved,
  requestReceived({ reference: 'CF23GH45', answerBy: '2026-09-30' }),
  requestAnswered,
  notConfirmed,
  somethingToRead,
]
