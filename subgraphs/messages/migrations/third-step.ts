import type { SchemaStep } from '../../runtime/migration.ts'

const ofPatient = `create index "outgoing_message_of_patient" on "outgoing_message" ("patient_id", "kind")`

/** What a patient was last told of is looked up whenever there is something new for them to read. */
export const thirdMessagesStep: SchemaStep = {
  name: '0003-messages-of-patient',
  sqlite: [ofPatient],
  postgresql: [ofPatient],
}
