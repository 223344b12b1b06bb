import { dayAndDate } from './dates.ts'
import { time, timeRange } from './times.ts'

type Medium = 'FACE_TO_FACE' | 'PHONE' | 'VIDEO'
type Status = 'BOOKED' | 'ADMITTED' | 'CANCELLED' | 'COMPLETED' | 'DID_NOT_ATTEND'
type Kind = 'OUTPATIENT' | 'ADMISSION'
type AcceptanceName = 'AcceptanceOpen' | 'AlreadyAccepted' | 'AcceptanceClosed'

/** How an appointment is held. */
export const mediumWords: Record<Medium, string> = {
  FACE_TO_FACE: 'In person at the hospital',
  PHONE: 'By phone',
  VIDEO: 'By video call',
}

/** Who starts it: nobody should wait for a call that they were meant to make. */
export const whoCalls: Record<Medium, string | undefined> = {
  FACE_TO_FACE: undefined,
  PHONE: 'Hospital staff will phone you. You do not need to come to the hospital. The call may show as "No caller ID".',
  VIDEO:
    'You join the call yourself, with the link that the clinic sends you. You do not need to come to the hospital.',
}

/** How things stand with an appointment, in a word. */
export type Standing =
  | 'To accept'
  | 'Confirmed'
  | 'Booked'
  | 'Being confirmed'
  | 'Not confirmed'
  | 'Change requested'
  | 'Cancellation requested'
  | 'In hospital'
  | 'Cancelled'
  | 'Attended'
  | 'Discharged'
  | 'Missed'
  | 'Past'

/** What decides how things stand. */
export interface StandingFacts {
  kind: Kind
  status: Status
  endsAt: string
  acceptance: { __typename: AcceptanceName }
  hospitalConfirmation: 'CONFIRMED' | 'BEING_CONFIRMED' | 'REFUSED'
  changeRequests: readonly { kind: 'CHANGE' | 'CANCELLATION'; status: string }[]
}

/** The word on an appointment's tag. */
export function standing(facts: StandingFacts, now: Date): Standing {
  const { kind, status, endsAt } = facts
  switch (status) {
    case 'CANCELLED':
      return 'Cancelled'
    case 'ADMITTED':
      return 'In hospital'
    case 'COMPLETED':
      return kind === 'ADMISSION' ? 'Discharged' : 'Attended'
    case 'DID_NOT_ATTEND':
      return 'Missed'
    case 'BOOKED':
      // Over, and the hospital has said nothing more of it.
      return Date.parse(endsAt) <= now.getTime() ? 'Past' : standingOfBooked(facts)
    default:
      return status satisfies never
  }
}

function standingOfBooked({ acceptance, hospitalConfirmation, changeRequests }: StandingFacts): Standing {
  const open = openRequest(changeRequests)
  if (open) return open.kind === 'CHANGE' ? 'Change requested' : 'Cancellation requested'
  if (hospitalConfirmation === 'REFUSED') return 'Not confirmed'
  if (hospitalConfirmation === 'BEING_CONFIRMED') return 'Being confirmed'
  if (acceptance.__typename === 'AcceptanceOpen') return 'To accept'
  return acceptance.__typename === 'AlreadyAccepted' ? 'Confirmed' : 'Booked'
}

/** What the patient has asked for and staff have not answered yet; there is at most one. */
export function openRequest<Request extends { status: string }>(requests: readonly Request[]): Request | undefined {
  return requests.find(({ status }) => status === 'OPEN')
}

/** Who cancelled an appointment, and when. */
export function cancellationWords(cancellation: { at: string; by: 'PATIENT' | 'HOSPITAL' } | null): string {
  if (!cancellation) return 'This appointment is cancelled.'
  const who = cancellation.by === 'PATIENT' ? 'You' : 'The hospital'
  return `${who} cancelled this appointment on ${dayAndDate(cancellation.at)}.`
}

/** From when to when an appointment or a stay lasts: "9:30am to 10am". */
export function timeWords(startsAt: string, endsAt: string): string {
  if (dayAndDate(startsAt) === dayAndDate(endsAt)) return timeRange(startsAt, endsAt)
  return `${time(startsAt)} until ${dayAndDate(endsAt)} at ${time(endsAt)}`
}

/** Where a map finds a place. */
export function mapLink(site: string, postcode: string | null | undefined): string {
  const query = postcode ? `${site}, ${postcode}` : site
  return `https://www.google.com/maps/search/?${new URLSearchParams({ api: '1', query })}`
}
