import type { SchemaStep } from '../../runtime/migration.ts'

const kind = `case when "excluded" then 'clinic.excluded' else 'clinic.included' end`

/**
 * Tells `documents` once of every clinic there is: until now it only heard of those that were kept out later on, and what it
 * has not heard of is kept out of nothing.
 */
export const thirdAppointmentsStep: SchemaStep = {
  name: '0003-clinics-told',
  sqlite: [
    `insert into "outbox_event" ("id", "kind", "ids", "at") select lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), ${kind}, json_object('clinicCode', "code"), strftime('%s') * 1000 from "clinic"`,
    `insert into "delivery" ("id", "event_id", "subscriber", "not_before") select lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), "id", 'documents', "at" from "outbox_event" where "kind" in ('clinic.excluded', 'clinic.included') and "id" not in (select "event_id" from "delivery")`,
  ],
  postgresql: [
    `insert into "outbox_event" ("id", "kind", "ids", "at") select gen_random_uuid(), ${kind}, jsonb_build_object('clinicCode', "code"), now() from "clinic"`,
    `insert into "delivery" ("id", "event_id", "subscriber", "not_before") select gen_random_uuid(), "id", 'documents', "at" from "outbox_event" where "kind" in ('clinic.excluded', 'clinic.included') and "id" not in (select "event_id" from "delivery")`,
  ],
}
