import type { SchemaStep } from '../../runtime/migration.ts'

/** Some of the staff release test results; nobody who had a log in before does. */
export const thirdPatientsStep: SchemaStep = {
  name: '0004-staff-who-release-results',
  sqlite: [`alter table "staff_member" add column "releases_results" integer not null default false`],
  postgresql: [`alter table "staff_member" add column "releases_results" boolean not null default false`],
}
