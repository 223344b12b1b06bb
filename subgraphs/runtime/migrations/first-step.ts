import type { SchemaStep } from '../migration.ts'

/** Outbox, idempotency keys, events heard, and the audit, which can only grow. */
export const firstStep: SchemaStep = {
  name: '0001-runtime',
  sqlite: [
    `create table "audit_entry" ("id" text not null primary key, "patient_id" text not null, "sequence" integer not null, "at" datetime not null, "role" text not null, "actor_id" text not null, "operation" text not null, "request_id" text not null, "previous_hash" text not null, "hash" text not null)`,
    `create unique index "audit_entry_sequence" on "audit_entry" ("patient_id", "sequence")`,
    `create table "delivery" ("id" text not null primary key, "event_id" text not null, "subscriber" text not null, "attempts" integer not null default 0, "not_before" datetime not null, "leased_until" datetime null, "delivered_at" datetime null, "last_error_code" text null)`,
    `create index "delivery_due" on "delivery" ("delivered_at", "not_before")`,
    `create table "idempotent_request" ("actor_id" text not null, "key" text not null, "request_hash" text not null, "outcome" text null, "facts" json null, "at" datetime not null, primary key ("actor_id", "key"))`,
    `create index "idempotent_request_at" on "idempotent_request" ("at")`,
    `create table "outbox_event" ("id" text not null primary key, "kind" text not null, "ids" json not null, "at" datetime not null)`,
    `create table "received_event" ("id" text not null primary key, "kind" text not null, "at" datetime not null)`,
    `create trigger audit_entry_kept before update on audit_entry begin select raise(abort, 'the audit is append-only'); end`,
    `create trigger audit_entry_stays before delete on audit_entry begin select raise(abort, 'the audit is append-only'); end`,
  ],
  postgresql: [
    `create table "audit_entry" ("id" uuid not null, "patient_id" text not null, "sequence" int not null, "at" timestamptz(3) not null, "role" text not null, "actor_id" text not null, "operation" text not null, "request_id" text not null, "previous_hash" text not null, "hash" text not null, primary key ("id"))`,
    `alter table "audit_entry" add constraint "audit_entry_sequence" unique ("patient_id", "sequence")`,
    `create table "delivery" ("id" uuid not null, "event_id" uuid not null, "subscriber" text not null, "attempts" int not null default 0, "not_before" timestamptz(3) not null, "leased_until" timestamptz(3) null, "delivered_at" timestamptz(3) null, "last_error_code" text null, primary key ("id"))`,
    `create index "delivery_due" on "delivery" ("delivered_at", "not_before")`,
    `create table "idempotent_request" ("actor_id" text not null, "key" text not null, "request_hash" text not null, "outcome" text null, "facts" jsonb null, "at" timestamptz(3) not null, primary key ("actor_id", "key"))`,
    `create index "idempotent_request_at" on "idempotent_request" ("at")`,
    `create table "outbox_event" ("id" uuid not null, "kind" text not null, "ids" jsonb not null, "at" timestamptz(3) not null, primary key ("id"))`,
    `create table "received_event" ("id" uuid not null, "kind" text not null, "at" timestamptz(3) not null, primary key ("id"))`,
    `create function audit_entry_kept() returns trigger language plpgsql as $$ begin raise exception 'the audit is append-only'; end $$`,
    `create trigger audit_entry_kept before update or delete on audit_entry for each row execute function audit_entry_kept()`,
    `create trigger audit_entry_stays before truncate on audit_entry for each statement execute function audit_entry_kept()`,
  ],
}
