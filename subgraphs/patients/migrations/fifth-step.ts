import type { SchemaStep } from '../../runtime/migration.ts'

/** What patients share with partner organisations. */
export const fifthPatientsStep: SchemaStep = {
  name: '0006-sharing',
  sqlite: [
    `create table "sharing_agreement" ("id" text not null primary key, "patient_id" text not null, "organisation_code" text not null, "category" text check ("category" in ('APPOINTMENTS', 'LETTERS', 'RESULTS')) not null, "basis" text check ("basis" in ('CONSENT', 'DIRECT_CARE')) null, "said_by" text check ("said_by" in ('PATIENT', 'HOSPITAL')) not null, "actor_id" text not null, "since" datetime not null, "said_at" datetime not null, "until" datetime null, "ended_at" datetime null)`,
    `create unique index "one_live_agreement" on "sharing_agreement" ("patient_id", "organisation_code", "category") where ended_at is null`,
  ],
  postgresql: [
    `create table "sharing_agreement" ("id" text not null, "patient_id" text not null, "organisation_code" text not null, "category" text not null, "basis" text null, "said_by" text not null, "actor_id" text not null, "since" timestamptz(3) not null, "said_at" timestamptz(3) not null, "until" timestamptz(3) null, "ended_at" timestamptz(3) null, primary key ("id"))`,
    `create unique index "one_live_agreement" on "sharing_agreement" ("patient_id", "organisation_code", "category") where ended_at is null`,
    `alter table "sharing_agreement" add constraint "sharing_agreement_category_check" check ("category" in ('APPOINTMENTS', 'LETTERS', 'RESULTS'))`,
    `alter table "sharing_agreement" add constraint "sharing_agreement_basis_check" check ("basis" in ('CONSENT', 'DIRECT_CARE'))`,
    `alter table "sharing_agreement" add constraint "sharing_agreement_said_by_check" check ("said_by" in ('PATIENT', 'HOSPITAL'))`,
  ],
}
