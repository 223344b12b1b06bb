import type { SchemaStep } from '../../runtime/migration.ts'

const states = `'WAITING', 'HANDING_OVER', 'SENT', 'DELIVERED', 'FAILED', 'EXPIRED', 'SUPERSEDED'`

/** Messages on their way, the links in them, and what the hospital's systems sent. */
export const firstMessagesStep: SchemaStep = {
  name: '0001-messages',
  sqlite: [
    `create table "outgoing_message" ("id" text not null primary key, "dedupe_key" text not null, "patient_id" text null, "kind" text not null, "channel" text not null, "to" text not null, "parameters" json not null, "reference" text not null, "urgent" integer not null, "state" text check ("state" in (${states})) not null default 'WAITING', "attempts" integer not null default 0, "not_before" datetime null, "expires_at" datetime not null, "leased_until" datetime null, "sent_at" datetime null, "provider_id" text null, "last_error_code" text null, "created_at" datetime not null, "version" integer not null default 1)`,
    `create index "outgoing_message_due" on "outgoing_message" ("not_before", "urgent")`,
    `create unique index "outgoing_message_dedupe_key" on "outgoing_message" ("dedupe_key")`,
    `create unique index "outgoing_message_reference" on "outgoing_message" ("reference")`,
    `create table "link" ("reference" text not null primary key, "patient_id" text not null, "path" text not null, "expires_at" datetime not null)`,
    `create index "link_expires_at" on "link" ("expires_at")`,
    `create table "hospital_message" ("id" text not null primary key, "sender" text not null, "control_id" text not null, "type" text not null, "event_at" datetime null, "digest" text not null, "received_at" datetime not null, "acknowledgement" text check ("acknowledgement" in ('AA', 'AE', 'AR')) null, "reason" text null, "sealed_text" text null, "replayed_at" datetime null)`,
    `create index "hospital_message_refused" on "hospital_message" ("acknowledgement", "received_at")`,
    `create unique index "hospital_message_control_id" on "hospital_message" ("sender", "control_id")`,
  ],
  postgresql: [
    `create table "outgoing_message" ("id" text not null, "dedupe_key" text not null, "patient_id" text null, "kind" text not null, "channel" text not null, "to" text not null, "parameters" jsonb not null, "reference" text not null, "urgent" boolean not null, "state" text not null default 'WAITING', "attempts" int not null default 0, "not_before" timestamptz(3) null, "expires_at" timestamptz(3) not null, "leased_until" timestamptz(3) null, "sent_at" timestamptz(3) null, "provider_id" text null, "last_error_code" text null, "created_at" timestamptz(3) not null, "version" int not null default 1, primary key ("id"))`,
    `create index "outgoing_message_due" on "outgoing_message" ("not_before", "urgent")`,
    `alter table "outgoing_message" add constraint "outgoing_message_dedupe_key" unique ("dedupe_key")`,
    `alter table "outgoing_message" add constraint "outgoing_message_reference" unique ("reference")`,
    `alter table "outgoing_message" add constraint "outgoing_message_state_check" check ("state" in (${states}))`,
    `create table "link" ("reference" text not null, "patient_id" text not null, "path" text not null, "expires_at" timestamptz(3) not null, primary key ("reference"))`,
    `create index "link_expires_at" on "link" ("expires_at")`,
    `create table "hospital_message" ("id" text not null, "sender" text not null, "control_id" text not null, "type" text not null, "event_at" timestamptz(3) null, "digest" text not null, "received_at" timestamptz(3) not null, "acknowledgement" text null, "reason" text null, "sealed_text" text null, "replayed_at" timestamptz(3) null, primary key ("id"))`,
    `create index "hospital_message_refused" on "hospital_message" ("acknowledgement", "received_at")`,
    `alter table "hospital_message" add constraint "hospital_message_control_id" unique ("sender", "control_id")`,
    `alter table "hospital_message" add constraint "hospital_message_acknowledgement_check" check ("acknowledgement" in ('AA', 'AE', 'AR'))`,
  ],
}
