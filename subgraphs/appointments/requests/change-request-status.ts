import { registerEnumType } from 'type-graphql'

export enum ChangeRequestKind {
  CHANGE = 'CHANGE',
  CANCELLATION = 'CANCELLATION',
}
registerEnumType(ChangeRequestKind, {
  name: 'ChangeRequestKind',
  description: 'What a patient asks staff for.',
  valuesConfig: {
    CHANGE: { description: 'Another time.' },
    CANCELLATION: { description: 'To cancel the appointment.' },
  },
})

export enum ChangeRequestStatus {
  OPEN = 'OPEN',
  AGREED = 'AGREED',
  REFUSED = 'REFUSED',
  WITHDRAWN = 'WITHDRAWN',
  OVERTAKEN = 'OVERTAKEN',
}
registerEnumType(ChangeRequestStatus, {
  name: 'ChangeRequestStatus',
  description: 'What has become of a request.',
  valuesConfig: {
    OPEN: { description: 'Staff have not answered yet.' },
    AGREED: { description: 'Staff did what was asked for.' },
    REFUSED: { description: 'Staff could not do what was asked for, and said why.' },
    WITHDRAWN: { description: 'The patient no longer asks for it.' },
    OVERTAKEN: {
      description: 'The hospital changed or cancelled the appointment, or its time came, before staff answered.',
    },
  },
})

export enum ChangeRequestStepKind {
  REQUESTED = 'REQUESTED',
  CLAIMED = 'CLAIMED',
  RELEASED = 'RELEASED',
  AGREED = 'AGREED',
  REFUSED = 'REFUSED',
  WITHDRAWN = 'WITHDRAWN',
  OVERTAKEN = 'OVERTAKEN',
}
registerEnumType(ChangeRequestStepKind, {
  name: 'ChangeRequestStepKind',
  description: 'A step in the life of a request.',
  valuesConfig: {
    REQUESTED: { description: 'The patient asked.' },
    CLAIMED: { description: 'A member of staff took it on.' },
    RELEASED: { description: 'It was given back, by who had taken it or by a colleague.' },
    AGREED: { description: 'Staff did what was asked for.' },
    REFUSED: { description: 'Staff could not do it, and said why.' },
    WITHDRAWN: { description: 'The patient no longer asks for it.' },
    OVERTAKEN: {
      description: 'The hospital changed or cancelled the appointment, or its time came, before staff answered.',
    },
  },
})

export enum Weekday {
  MONDAY = 'MONDAY',
  TUESDAY = 'TUESDAY',
  WEDNESDAY = 'WEDNESDAY',
  THURSDAY = 'THURSDAY',
  FRIDAY = 'FRIDAY',
  SATURDAY = 'SATURDAY',
  SUNDAY = 'SUNDAY',
}
registerEnumType(Weekday, { name: 'Weekday', description: 'A day of the week.' })

export enum TimeOfDay {
  MORNING = 'MORNING',
  AFTERNOON = 'AFTERNOON',
}
registerEnumType(TimeOfDay, {
  name: 'TimeOfDay',
  description: 'A part of the day in which an appointment may be.',
  valuesConfig: { MORNING: { description: 'Before midday.' }, AFTERNOON: { description: 'Midday and later.' } },
})
