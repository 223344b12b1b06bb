import { registerEnumType } from 'type-graphql'

export enum AppointmentKind {
  OUTPATIENT = 'OUTPATIENT',
  ADMISSION = 'ADMISSION',
}
registerEnumType(AppointmentKind, {
  name: 'AppointmentKind',
  description: 'Whether the patient comes for a visit or stays.',
  valuesConfig: {
    OUTPATIENT: { description: 'A visit to a clinic, on one day.' },
    ADMISSION: { description: 'A stay in hospital, which may span days.' },
  },
})

export enum AppointmentStatus {
  BOOKED = 'BOOKED',
  ADMITTED = 'ADMITTED',
  CANCELLED = 'CANCELLED',
  COMPLETED = 'COMPLETED',
  DID_NOT_ATTEND = 'DID_NOT_ATTEND',
}
registerEnumType(AppointmentStatus, {
  name: 'AppointmentStatus',
  description: 'What has become of a booking. Whether the patient accepted it is a fact of its own.',
  valuesConfig: {
    BOOKED: { description: 'It is to take place.' },
    ADMITTED: { description: 'The patient is in hospital.' },
    CANCELLED: { description: 'It will not take place.' },
    COMPLETED: { description: 'It took place.' },
    DID_NOT_ATTEND: { description: 'The patient did not come.' },
  },
})

export enum CancelledBy {
  PATIENT = 'PATIENT',
  HOSPITAL = 'HOSPITAL',
}
registerEnumType(CancelledBy, { name: 'CancelledBy', description: 'Who cancelled an appointment.' })

export enum MovedBy {
  PATIENT = 'PATIENT',
  HOSPITAL = 'HOSPITAL',
}
registerEnumType(MovedBy, { name: 'MovedBy', description: 'Who moved an appointment to another time.' })

export enum HospitalConfirmation {
  CONFIRMED = 'CONFIRMED',
  BEING_CONFIRMED = 'BEING_CONFIRMED',
  REFUSED = 'REFUSED',
}
registerEnumType(HospitalConfirmation, {
  name: 'HospitalConfirmation',
  description: "Whether the hospital's own system knows of what was last done here.",
  valuesConfig: {
    CONFIRMED: { description: "The hospital's system knows." },
    BEING_CONFIRMED: { description: 'On its way: not acknowledged yet.' },
    REFUSED: {
      description:
        "The hospital's system refused what was done here: the old time was restored where it was free, and staff will call.",
    },
  },
})
