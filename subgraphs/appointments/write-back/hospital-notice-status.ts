import { registerEnumType } from 'type-graphql'

export enum HospitalNoticeKind {
  RESCHEDULED = 'RESCHEDULED',
  CANCELLED = 'CANCELLED',
  CHANGE_REQUESTED = 'CHANGE_REQUESTED',
  CANCELLATION_REQUESTED = 'CANCELLATION_REQUESTED',
  REQUEST_WITHDRAWN = 'REQUEST_WITHDRAWN',
}
/** What was done, and not only asked for. */
export const changes: readonly HospitalNoticeKind[] = [HospitalNoticeKind.RESCHEDULED, HospitalNoticeKind.CANCELLED]

registerEnumType(HospitalNoticeKind, {
  name: 'HospitalNoticeKind',
  description: "What the hospital's system is told.",
  valuesConfig: {
    RESCHEDULED: { description: 'The appointment has another time (SIU^S13).' },
    CANCELLED: { description: 'The appointment is cancelled (SIU^S15).' },
    CHANGE_REQUESTED: { description: 'The patient asks for another time (SRM^S02).' },
    CANCELLATION_REQUESTED: { description: 'The patient asks to cancel (SRM^S04).' },
    REQUEST_WITHDRAWN: { description: 'The patient no longer asks (SRM^S03).' },
  },
})

export enum HospitalNoticeStatus {
  WAITING = 'WAITING',
  ACKNOWLEDGED = 'ACKNOWLEDGED',
  REFUSED = 'REFUSED',
  OVERTAKEN = 'OVERTAKEN',
  SETTLED = 'SETTLED',
}
registerEnumType(HospitalNoticeStatus, {
  name: 'HospitalNoticeStatus',
  description: 'What has become of a notice to the hospital.',
  valuesConfig: {
    WAITING: { description: 'Not acknowledged yet: sent, or sent again, when it is due.' },
    ACKNOWLEDGED: { description: "The hospital's system took it." },
    REFUSED: { description: "The hospital's system finally refused it, and nobody has settled that yet." },
    OVERTAKEN: {
      description:
        'The hospital changed the appointment itself meanwhile, or a later one took its place: no longer sent.',
    },
    SETTLED: { description: 'It was refused, and staff have settled it.' },
  },
})
