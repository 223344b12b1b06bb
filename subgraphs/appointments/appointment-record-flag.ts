import { registerEnumType } from 'type-graphql'

/** What staff should know about a word of the hospital that was taken all the same. */
export enum AppointmentRecordFlag {
  SLOT_CREATED = 'SLOT_CREATED',
  SLOT_CONFLICT = 'SLOT_CONFLICT',
  OVERLAPS_ANOTHER = 'OVERLAPS_ANOTHER',
  CONFLICTS_WITH_PATIENT = 'CONFLICTS_WITH_PATIENT',
  OLDER_THAN_RECORD = 'OLDER_THAN_RECORD',
}
registerEnumType(AppointmentRecordFlag, {
  name: 'AppointmentRecordFlag',
  description: "What staff should know about the hospital's word. It is recorded all the same, unless it is older.",
  valuesConfig: {
    SLOT_CREATED: { description: 'No slot was published for this time: the booking made its own.' },
    SLOT_CONFLICT: { description: 'Every seat of the slot was taken: booked over its capacity.' },
    OVERLAPS_ANOTHER: { description: 'The patient, or the clinician, has another appointment at that time.' },
    CONFLICTS_WITH_PATIENT: { description: 'It contradicts what the patient did here meanwhile.' },
    OLDER_THAN_RECORD: { description: 'The hospital had said something later already: nothing was changed.' },
  },
})
