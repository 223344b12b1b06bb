import type { ContactCard } from '../runtime/contact-card.ts'
import type { Trust } from '../runtime/trust.ts'
import type { Clinic } from './clinic.entity.ts'
import { type Refusal, RefusalReason } from './refusal.ts'

/** What the patient wanted to do with the appointment. */
export type Act = 'accept' | 'change' | 'cancel'

/** The refusal with its words for the patient, whom to contact, and where else it can be done. */
export function refusal(reason: RefusalReason, act: Act, clinic: Clinic, trust: Trust): Refusal {
  const contact = arrangedByTheTrust.has(reason) ? (trust.appointmentsTeam as ContactCard) : clinic.contactIn(trust)
  const link = reason === RefusalReason.MANAGED_IN_E_RS ? trust.eReferralUrl : null
  return { reason, message: words[reason](act, `contact us (${contact.team})`, trust), contact, link }
}

/** Transport and interpreters are booked, and moved, by the trust's own team. */
const arrangedByTheTrust: ReadonlySet<RefusalReason> = new Set([
  RefusalReason.TRANSPORT_BOOKED,
  RefusalReason.INTERPRETER_BOOKED,
])

const words: Record<RefusalReason, (act: Act, contactUs: string, trust: Trust) => string> = {
  ALREADY_CANCELLED: (act, contactUs) =>
    `This appointment was cancelled, so you cannot ${act} it. If you still need to be seen, ${contactUs}.`,
  IN_THE_PAST: (act, contactUs) =>
    `This appointment has started or is over, so you can no longer ${act} it. If you missed it, ${contactUs}.`,
  NOT_BOOKED: (act, contactUs) =>
    `This appointment is over, so you can no longer ${act} it. If you have a question about it, ${contactUs}.`,
  ADMITTED: (act, contactUs) =>
    `You are in hospital for this, so you can no longer ${act} it. Speak to the staff on your ward, or ${contactUs}.`,
  NOT_AN_OUTPATIENT_APPOINTMENT: (act, contactUs) =>
    `This is a stay in hospital, and you cannot ${act} it here. To ${act} it, ${contactUs}.`,
  CLINIC_VIEW_ONLY: (act, contactUs) =>
    `You can see the appointments of this clinic here, but not ${act} them. To ${act} this one, ${contactUs}.`,
  MANAGED_IN_E_RS: (act, contactUs) =>
    `This appointment is managed in the NHS e-Referral Service. You can ${act} it there. If you need help, ${contactUs}.`,
  TRANSPORT_BOOKED: (act, contactUs) =>
    `We have arranged transport for this appointment, so you cannot ${act} it here. To ${act} it, ${contactUs}.`,
  INTERPRETER_BOOKED: (act, contactUs) =>
    `We have booked an interpreter for this appointment, so you cannot ${act} it here. To ${act} it, ${contactUs}.`,
  LIMIT_REACHED: (act, contactUs, { rescheduleLimit }) =>
    `${changedSoOften(rescheduleLimit)} If you need to ${act} it, ${contactUs}.`,
  REQUEST_PENDING: (act, contactUs) =>
    `You have already asked us about this appointment and we have not answered yet, so you cannot ${act} it now. Wait for our answer, or withdraw what you asked for. If it is urgent, ${contactUs}.`,
  CLINIC_ANSWERS_REQUESTS: (act, contactUs) =>
    `You cannot ${act} appointments of this clinic yourself. Go back to the appointment and ask us to ${act} it, or ${contactUs}.`,
  CLINIC_CHANGES_DIRECTLY: (act, contactUs) =>
    `You do not need to ask: you can ${act} this appointment yourself. Go back to the appointment to do that, or ${contactUs}.`,
  NOT_CANCELLED: (_, contactUs) =>
    `This appointment is not cancelled, so there is nothing to undo. If you have a question about it, ${contactUs}.`,
  CANCELLED_BY_HOSPITAL: (_, contactUs) =>
    `The hospital cancelled this appointment, so you cannot undo it. If you still need to be seen, ${contactUs}.`,
  UNDO_TIME_OVER: (_, contactUs, { cancellationDischarges }) =>
    `You can no longer undo this: your time has been given up. If you still need to be seen, ${cancellationDischarges ? 'ask your GP for a new referral, or ' : ''}${contactUs}.`,
}

function changedSoOften(limit: number): string {
  if (limit === 0) return 'You cannot change the time of appointments here.'
  return `You have changed this appointment ${limit === 1 ? 'once' : `${limit} times`}, which is as often as you can here.`
}
