import type { ChangeRequestFragment } from '#lib/graph/index.ts'
import { dayAndDate } from './dates.ts'

type Kind = ChangeRequestFragment['kind']
type StepKind = ChangeRequestFragment['history'][number]['kind']

/** What a request is called. */
export const requestHeading: Record<Kind, string> = {
  CHANGE: 'Your request to change this appointment',
  CANCELLATION: 'Your request to cancel this appointment',
}

/** What happened to a request, step by step, as its patient reads it. */
export const stepWords: Record<StepKind, string> = {
  REQUESTED: 'you sent your request',
  CLAIMED: 'hospital staff started to look at it',
  RELEASED: 'it went back to wait for hospital staff',
  AGREED: 'hospital staff agreed',
  REFUSED: 'hospital staff could not agree',
  WITHDRAWN: 'you withdrew your request',
  OVERTAKEN: 'the hospital changed or cancelled the appointment, or its time came',
}

/** How a request stands, in a sentence. */
export function requestWords({
  kind,
  status,
  requestedAt,
}: Pick<ChangeRequestFragment, 'kind' | 'status' | 'requestedAt'>): string {
  const asked = `You asked on ${dayAndDate(requestedAt)}.`
  switch (status) {
    case 'OPEN':
      return `${asked} Your appointment has not changed: come at the time on this page unless we tell you something else.`
    case 'AGREED':
      return kind === 'CHANGE'
        ? `${asked} Hospital staff agreed and changed your appointment to the time on this page.`
        : `${asked} Hospital staff agreed and cancelled your appointment.`
    case 'REFUSED':
      return `${asked} Hospital staff could not agree. Your appointment has not changed.`
    case 'WITHDRAWN':
      return `${asked} You withdrew your request. Your appointment has not changed.`
    case 'OVERTAKEN':
      return `${asked} Since then the hospital has changed or cancelled the appointment itself, or its time has come, so nobody will answer your request.`
    default:
      return status satisfies never
  }
}
