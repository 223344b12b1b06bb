import type { SchemaStep } from '../../runtime/migration.ts'

/** What later happens to an appointment is told instead of what came before; and staff can ask for a refused message again. */
export const secondMessagesStep: SchemaStep = {
  name: '0002-messages-changes',
  sqlite: [
    `alter table "outgoing_message" add column "appointment_id" text null`,
    `alter table "outgoing_message" add column "appointment_version" integer null`,
    `alter table "outgoing_message" add column "even_at_night" integer not null default false`,
    `update "outgoing_message" set "even_at_night" = "urgent", "appointment_id" = json_extract("parameters", '$.appointmentId')`,
    `create index "outgoing_message_of_appointment" on "outgoing_message" ("appointment_id")`,
    `alter table "hospital_message" add column "replay_requested_at" datetime null`,
    `create index "hospital_message_to_replay" on "hospital_message" ("replay_requested_at")`,
  ],
  postgresql: [
    `alter table "outgoing_message" add column "appointment_id" text null`,
    `alter table "outgoing_message" add column "appointment_version" int null`,
    `alter table "outgoing_message" add column "even_at_night" boolean not null default false`,
    `update "outgoing_message" set "even_at_night" = "urgent", "appointment_id" = "parameters"->>'appointmentId'`,
    `create index "outgoing_message_of_appointment" on "outgoing_message" ("appointment_id")`,
    `alter table "hospital_message" add column "replay_requested_at" timestamptz(3) null`,
    `create index "hospital_message_to_replay" on "hospital_message" ("replay_requested_at")`,
  ],
}
