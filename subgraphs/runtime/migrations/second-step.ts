import type { SchemaStep } from '../migration.ts'

/** The audit says of which organisation somebody is, who they say they are, and what kinds of things they saw. */
export const secondStep: SchemaStep = {
  name: '0002-runtime-who-looked',
  sqlite: [
    `alter table "audit_entry" add column "organisation_code" text null`,
    `alter table "audit_entry" add column "organisation_name" text null`,
    `alter table "audit_entry" add column "person" text null`,
    `alter table "audit_entry" add column "person_role" text null`,
    `alter table "audit_entry" add column "things" json null`,
    `create index "audit_entry_by_people" on "audit_entry" ("patient_id", "sequence") where role in ('PARTNER', 'STAFF')`,
  ],
  postgresql: [
    `alter table "audit_entry" add column "organisation_code" text null, add column "organisation_name" text null, add column "person" text null, add column "person_role" text null, add column "things" jsonb null`,
    `create index "audit_entry_by_people" on "audit_entry" ("patient_id", "sequence") where role in ('PARTNER', 'STAFF')`,
  ],
}
