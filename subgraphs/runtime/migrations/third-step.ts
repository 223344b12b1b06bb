import type { SchemaStep } from '../migration.ts'

/** A database says what it is used for: a demonstration's never becomes that of real people. */
export const thirdStep: SchemaStep = {
  name: '0003-runtime-purpose',
  sqlite: [`create table "database_purpose" ("purpose" text not null primary key, "since" datetime not null)`],
  postgresql: [
    `create table "database_purpose" ("purpose" text not null, "since" timestamptz(3) not null, primary key ("purpose"))`,
  ],
}
