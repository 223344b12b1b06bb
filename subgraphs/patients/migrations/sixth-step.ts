import type { SchemaStep } from '../../runtime/migration.ts'

/** Searches of partners that found nobody. */
export const sixthPatientsStep: SchemaStep = {
  name: '0007-missed-searches',
  sqlite: [
    `create table "missed_search" ("id" text not null primary key, "actor_id" text not null, "number_key" text not null, "person_key" text not null, "at" datetime not null)`,
    `create index "missed_search_of_number" on "missed_search" ("number_key", "at")`,
    `create index "missed_search_of_client" on "missed_search" ("actor_id", "at")`,
  ],
  postgresql: [
    `create table "missed_search" ("id" text not null, "actor_id" text not null, "number_key" text not null, "person_key" text not null, "at" timestamptz(3) not null, primary key ("id"))`,
    `create index "missed_search_of_number" on "missed_search" ("number_key", "at")`,
    `create index "missed_search_of_client" on "missed_search" ("actor_id", "at")`,
  ],
}
