import type { SchemaStep } from '../../runtime/migration.ts'

/** People, their sessions, and tries to log in. */
export const firstPatientsStep: SchemaStep = {
  name: '0002-patients',
  sqlite: [
    `create table "login_attempt" ("id" text not null primary key, "kind" text not null, "key" text not null, "at" datetime not null)`,
    `create index "login_attempt_key" on "login_attempt" ("kind", "key", "at")`,
    `create table "login_challenge" ("id" text not null primary key, "channel" text check ("channel" in ('TEXT', 'EMAIL')) not null, "pair_key" text not null, "contact_sealed" text not null, "born_on" text not null, "device" text not null, "patient_ids" json not null, "code_hash" text not null, "code_sealed" text null, "tries" integer not null default 0, "nhs_number_tries" integer not null default 0, "started_at" datetime not null, "expires_at" datetime not null, "passed_at" datetime null, "closed_at" datetime null)`,
    `create index "login_challenge_pair" on "login_challenge" ("pair_key", "closed_at")`,
    `create index "login_challenge_started" on "login_challenge" ("started_at")`,
    `create table "patient" ("id" text not null primary key, "hospital_number" text null, "nhs_number" text null, "title" text null, "given" json not null, "family" text not null, "born_on" text not null, "sex" text null, "address_lines" json not null, "postcode" text null, "mobile" text null, "home_phone" text null, "email" text null, "preferred_language" text null, "interpreter_language" text null, "letter_format" text check ("letter_format" in ('STANDARD', 'LARGE_PRINT', 'BRAILLE', 'EASY_READ', 'AUDIO', 'EMAIL')) not null default 'STANDARD', "transport" integer not null default false, "general_practice" text null, "paperless" integer not null default false, "deceased_at" datetime null, "sensitive" integer not null default false, "recorded_at" datetime not null, "version" integer not null default 1)`,
    `create index "patient_mobile" on "patient" ("mobile", "born_on")`,
    `create index "patient_email" on "patient" ("email", "born_on")`,
    `create unique index "patient_hospital_number" on "patient" ("hospital_number")`,
    `create unique index "patient_nhs_number" on "patient" ("nhs_number")`,
    `create table "session" ("id" text not null primary key, "patient_id" text not null, "token_hash" text not null, "device" text not null, "started_at" datetime not null, "last_seen_at" datetime not null, "ended_at" datetime null)`,
    `create index "session_patient" on "session" ("patient_id", "started_at")`,
    `create unique index "session_token_hash" on "session" ("token_hash")`,
  ],
  postgresql: [
    `create table "login_attempt" ("id" text not null, "kind" text not null, "key" text not null, "at" timestamptz(3) not null, primary key ("id"))`,
    `create index "login_attempt_key" on "login_attempt" ("kind", "key", "at")`,
    `create table "login_challenge" ("id" text not null, "channel" text not null, "pair_key" text not null, "contact_sealed" text not null, "born_on" text not null, "device" text not null, "patient_ids" jsonb not null, "code_hash" text not null, "code_sealed" text null, "tries" int not null default 0, "nhs_number_tries" int not null default 0, "started_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, "passed_at" timestamptz(3) null, "closed_at" timestamptz(3) null, primary key ("id"))`,
    `create index "login_challenge_pair" on "login_challenge" ("pair_key", "closed_at")`,
    `create index "login_challenge_started" on "login_challenge" ("started_at")`,
    `alter table "login_challenge" add constraint "login_challenge_channel_check" check ("channel" in ('TEXT', 'EMAIL'))`,
    `create table "patient" ("id" text not null, "hospital_number" text null, "nhs_number" text null, "title" text null, "given" jsonb not null, "family" text not null, "born_on" text not null, "sex" text null, "address_lines" jsonb not null, "postcode" text null, "mobile" text null, "home_phone" text null, "email" text null, "preferred_language" text null, "interpreter_language" text null, "letter_format" text not null default 'STANDARD', "transport" boolean not null default false, "general_practice" text null, "paperless" boolean not null default false, "deceased_at" timestamptz(3) null, "sensitive" boolean not null default false, "recorded_at" timestamptz(3) not null, "version" int not null default 1, primary key ("id"))`,
    `create index "patient_mobile" on "patient" ("mobile", "born_on")`,
    `create index "patient_email" on "patient" ("email", "born_on")`,
    `alter table "patient" add constraint "patient_hospital_number" unique ("hospital_number")`,
    `alter table "patient" add constraint "patient_nhs_number" unique ("nhs_number")`,
    `alter table "patient" add constraint "patient_letter_format_check" check ("letter_format" in ('STANDARD', 'LARGE_PRINT', 'BRAILLE', 'EASY_READ', 'AUDIO', 'EMAIL'))`,
    `create table "session" ("id" text not null, "patient_id" text not null, "token_hash" text not null, "device" text not null, "started_at" timestamptz(3) not null, "last_seen_at" timestamptz(3) not null, "ended_at" timestamptz(3) null, primary key ("id"))`,
    `create index "session_patient" on "session" ("patient_id", "started_at")`,
    `alter table "session" add constraint "session_token_hash" unique ("token_hash")`,
  ],
}
