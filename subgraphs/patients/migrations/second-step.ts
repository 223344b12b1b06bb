import type { SchemaStep } from '../../runtime/migration.ts'

/** Records that turn out to be of one person, and the log ins of staff. */
export const secondPatientsStep: SchemaStep = {
  name: '0003-merges-and-staff',
  sqlite: [
    `alter table "patient" add column "merged_into_id" text null`,
    `alter table "patient" add column "former_deceased" integer not null default false`,
    `alter table "patient" add column "former_sensitive" integer not null default false`,
    `create index "patient_merged_into" on "patient" ("merged_into_id")`,
    `create table "patient_merge" ("retired_hospital_number" text not null primary key, "surviving_hospital_number" text not null, "said_at" datetime not null, "merged" integer not null, "nhs_number" text null)`,
    `create table "staff_member" ("id" text not null primary key, "email" text not null, "name" text not null, "clinic_codes" json null, "password_hash" text not null, "totp_sealed" text not null, "totp_step" integer null, "created_at" datetime not null, "last_logged_in_at" datetime null, "disabled_at" datetime null)`,
    `create unique index "staff_member_email" on "staff_member" ("email")`,
    `create table "staff_session" ("id" text not null primary key, "staff_member_id" text not null, "token_hash" text not null, "device" text not null, "started_at" datetime not null, "last_seen_at" datetime not null, "ended_at" datetime null)`,
    `create index "staff_session_member" on "staff_session" ("staff_member_id")`,
    `create unique index "staff_session_token_hash" on "staff_session" ("token_hash")`,
  ],
  postgresql: [
    `alter table "patient" add column "merged_into_id" text null, add column "former_deceased" boolean not null default false, add column "former_sensitive" boolean not null default false`,
    `create index "patient_merged_into" on "patient" ("merged_into_id")`,
    `create table "patient_merge" ("retired_hospital_number" text not null, "surviving_hospital_number" text not null, "said_at" timestamptz(3) not null, "merged" boolean not null, "nhs_number" text null, primary key ("retired_hospital_number"))`,
    `create table "staff_member" ("id" text not null, "email" text not null, "name" text not null, "clinic_codes" jsonb null, "password_hash" text not null, "totp_sealed" text not null, "totp_step" int null, "created_at" timestamptz(3) not null, "last_logged_in_at" timestamptz(3) null, "disabled_at" timestamptz(3) null, primary key ("id"))`,
    `alter table "staff_member" add constraint "staff_member_email" unique ("email")`,
    `create table "staff_session" ("id" text not null, "staff_member_id" text not null, "token_hash" text not null, "device" text not null, "started_at" timestamptz(3) not null, "last_seen_at" timestamptz(3) not null, "ended_at" timestamptz(3) null, primary key ("id"))`,
    `create index "staff_session_member" on "staff_session" ("staff_member_id")`,
    `alter table "staff_session" add constraint "staff_session_token_hash" unique ("token_hash")`,
  ],
}
