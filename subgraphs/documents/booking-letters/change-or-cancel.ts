import type { Trust } from '../../runtime/trust.ts'
import type { LetterFacts } from './letter-facts.ts'
import { contactInWords } from './contact-in-words.ts'
import { type LetterSection, section } from './letter-content.ts'

/** How to change or cancel: as the clinic lets patients do it, and what that means at this trust. */
export function changeOrCancel(facts: LetterFacts, trust: Trust): LetterSection {
  return section('If you need to change or cancel', [
    howTo(facts, trust),
    noticeAsked(trust),
    facts.kind === 'OUTPATIENT' &&
      trust.cancellationDischarges &&
      'If you cancel and do not choose another time, you will be discharged. You would then need a new referral from your GP.',
  ])
}

function howTo({ kind, arrangements, clinic }: LetterFacts, trust: Trust): string {
  const reach = contactInWords(clinic.contact)
  if (kind === 'ADMISSION') return `To change or cancel your admission, ${reach}.`
  if (arrangements.length)
    return `Because transport or an interpreter is booked for you, staff change or cancel this appointment for you: ${contactInWords(trust.appointmentsTeam)}.`
  switch (clinic.mode) {
    case 'DIRECT':
      return `Change or cancel it in ${trust.serviceName}, or ${reach}. Only the day and time can change, and we cannot promise a certain date.`
    case 'REQUEST':
      return `Ask to change or cancel it in ${trust.serviceName}, or ${reach}. Staff answer within ${workingDays(trust.requestAnswerWorkingDays)}. The appointment stays booked until they do.`
    case 'E_RS':
      return `This appointment is managed in the NHS e-Referral Service: change or cancel it there, or in the NHS App. If you cannot, ${reach}.`
    case 'VIEW_ONLY':
      return `This appointment cannot be changed online. To change or cancel it, ${reach}.`
    default:
      return clinic.mode satisfies never
  }
}

/** A wish and not a rule: late notice is still notice. */
const noticeAsked = ({ noticeWorkingDays }: Trust) =>
  noticeWorkingDays > 0 &&
  `Please tell us at least ${workingDays(noticeWorkingDays)} before, where possible, so that we can give the time to somebody else.`

const workingDays = (count: number) => (count === 1 ? '1 working day' : `${count} working days`)
