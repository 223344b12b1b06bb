import type { SchemaStep } from '../../runtime/migration.ts'

/** Letters about appointments. */
export const firstDocumentsStep: SchemaStep = {
  name: '0001-documents',
  sqlite: [
    `create table "appointment_letter" ("id" text not null primary key, "patient_id" text not null, "appointment_id" text not null, "number" integer not null, "clinic_code" text not null, "excluded" integer not null default false, "written_on" text not null, "trust_name" text not null, "starts_at" datetime not null, "content" json not null)`,
    `create index "appointment_letter_of_patient" on "appointment_letter" ("patient_id")`,
    `create index "appointment_letter_of_clinic" on "appointment_letter" ("clinic_code")`,
    `create unique index "appointment_letter_number" on "appointment_letter" ("appointment_id", "number")`,
  ],
  postgresql: [
    `create table "appointment_letter" ("id" text not null, "patient_id" text not null, "appointment_id" text not null, "number" int not null, "clinic_code" text not null, "excluded" boolean not null default false, "written_on" text not null, "trust_name" text not null, "starts_at" timestamptz(3) not null, "content" jsonb not null, primary key ("id"))`,
    `create index "appointment_letter_of_patient" on "appointment_letter" ("patient_id")`,
    `create index "appointment_letter_of_clinic" on "appointment_letter" ("clinic_code")`,
    `alter table "appointment_letter" add constraint "appointment_letter_number" unique ("appointment_id", "number")`,
  ],
}
