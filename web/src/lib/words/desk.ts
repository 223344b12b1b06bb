import type {
  AppointmentRecordFlag,
  AppointmentStatus,
  ChangeRequestKind,
  ChangeRequestStatus,
  ChangeRequestStepKind,
  HospitalConfirmation,
  HospitalNoticeKind,
} from '#lib/graph/index.ts'

/** What a patient asks for. */
export const requestKindWords: Record<ChangeRequestKind, string> = {
  CHANGE: 'Another time',
  CANCELLATION: 'To cancel',
}

/** How things stand with a request. */
export const requestStatusWords: Record<ChangeRequestStatus, string> = {
  OPEN: 'To answer',
  AGREED: 'Agreed',
  REFUSED: 'Refused',
  WITHDRAWN: 'Withdrawn by the patient',
  OVERTAKEN: 'Overtaken',
}

/** One step of a request; who did it is said beside it. */
export const stepWords: Record<ChangeRequestStepKind, string> = {
  REQUESTED: 'The patient asked',
  CLAIMED: 'Taken',
  RELEASED: 'Put back',
  AGREED: 'Agreed',
  REFUSED: 'Refused',
  WITHDRAWN: 'The patient withdrew it',
  OVERTAKEN: 'The hospital changed or cancelled the appointment, or its time came',
}

/** What is wrong between the hospital's system and the portal. */
export const conflictWords: Record<AppointmentRecordFlag, string> = {
  CONFLICTS_WITH_PATIENT: 'Against what the patient did',
  SLOT_CONFLICT: 'The time is held by somebody else',
  OVERLAPS_ANOTHER: 'At the time of another appointment',
  OLDER_THAN_RECORD: 'Older than what we know',
  SLOT_CREATED: 'At a time that was not published',
}

/** What the hospital's system was told. */
export const noticeWords: Record<HospitalNoticeKind, string> = {
  RESCHEDULED: 'Moved to another time',
  CANCELLED: 'Cancelled',
  CHANGE_REQUESTED: 'The patient asks for another time',
  CANCELLATION_REQUESTED: 'The patient asks to cancel',
  REQUEST_WITHDRAWN: 'The patient withdrew a request',
}

/** How things stand with an appointment, for staff. */
export const appointmentStatusWords: Record<AppointmentStatus, string> = {
  BOOKED: 'Booked',
  CANCELLED: 'Cancelled',
  COMPLETED: 'Attended',
  DID_NOT_ATTEND: 'Did not attend',
  ADMITTED: 'In hospital',
}

/** Whether the hospital's own system knows. */
export const confirmationWords: Record<HospitalConfirmation, string> = {
  CONFIRMED: 'Knows of it',
  BEING_CONFIRMED: 'Being told, has not answered yet',
  REFUSED: 'Refused what was done here',
}
