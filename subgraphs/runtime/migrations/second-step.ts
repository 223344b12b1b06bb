import type { SchemaStep } from '../migration.ts'

/**
 * The audit says of which organisation somebody is, who they say they are, and what kinds of things they saw; and seals say
 * how far its chains went. A row waits for its seal from the moment it is written, whoever writes it;
 * where another waits already, that one was taken away, and the seal will say so.
 */
export const secondStep: SchemaStep = {
  name: '0002-runtime-who-looked',
  sqlite: [
    `alter table "audit_entry" add column "organisation_code" text null`,
    `alter table "audit_entry" add column "organisation_name" text null`,
    `alter table "audit_entry" add column "person" text null`,
    `alter table "audit_entry" add column "person_role" text null`,
    `alter table "audit_entry" add column "things" json null`,
    `alter table "audit_entry" add column "continues" integer null`,
    `create index "audit_entry_by_people" on "audit_entry" ("patient_id", "sequence") where role in ('PARTNER', 'STAFF') and continues is null`,
    `create index "audit_entry_of_request" on "audit_entry" ("request_id", "patient_id")`,
    `create table "audit_seal" ("number" integer not null primary key, "at" datetime not null, "heads" json not null, "previous_hash" text not null, "hash" text not null)`,
    `create table "audit_unsealed" ("patient_id" text not null, "sequence" integer not null, "hash" text not null, primary key ("patient_id", "sequence"))`,
    `create trigger audit_entry_waits after insert on audit_entry begin insert into audit_unsealed (patient_id, sequence, hash) values (new.patient_id, new.sequence, new.hash) on conflict do nothing; end`,
    `create trigger audit_seal_kept before update on audit_seal begin select raise(abort, 'the audit is append-only'); end`,
    `create trigger audit_seal_stays before delete on audit_seal begin select raise(abort, 'the audit is append-only'); end`,
  ],
  postgresql: [
    `alter table "audit_entry" add column "organisation_code" text null, add column "organisation_name" text null, add column "person" text null, add column "person_role" text null, add column "things" jsonb null, add column "continues" int null`,
    `create index "audit_entry_by_people" on "audit_entry" ("patient_id", "sequence") where role in ('PARTNER', 'STAFF') and continues is null`,
    `create index "audit_entry_of_request" on "audit_entry" ("request_id", "patient_id")`,
    `create table "audit_seal" ("number" int not null, "at" timestamptz(3) not null, "heads" jsonb not null, "previous_hash" text not null, "hash" text not null, primary key ("number"))`,
    `create table "audit_unsealed" ("patient_id" text not null, "sequence" int not null, "hash" text not null, primary key ("patient_id", "sequence"))`,
    `create function audit_entry_waits() returns trigger language plpgsql as $$ begin insert into audit_unsealed (patient_id, sequence, hash) values (new.patient_id, new.sequence, new.hash) on conflict do nothing; return null; end $$`,
    `create trigger audit_entry_waits after insert on audit_entry for each row execute function audit_entry_waits()`,
    `create trigger audit_seal_kept before update or delete on audit_seal for each row execute function audit_entry_kept()`,
    `create trigger audit_seal_stays before truncate on audit_seal for each statement execute function audit_entry_kept()`,
  ],
}
