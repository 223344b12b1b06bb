import type { SchemaStep } from '../../runtime/migration.ts'

/** The systems of partner organisations that may ask, their tokens, and the assertions they have used. */
export const fourthPatientsStep: SchemaStep = {
  name: '0005-partners',
  sqlite: [
    `create table "partner_client" ("id" text not null primary key, "organisation_code" text not null, "organisation_name" text not null, "name" text not null, "scopes" json not null, "keys" json not null, "keys_url" text null, "operation_hashes" json null, "created_at" datetime not null, "last_used_at" datetime null, "revoked_at" datetime null, "busy_until" bigint not null default '0')`,
    `create unique index "one_live_client" on "partner_client" ("organisation_code", "name") where revoked_at is null`,
    `create table "partner_token" ("token_hash" text not null primary key, "client_id" text not null, "key_id" text not null, "scopes" json not null, "expires_at" datetime not null)`,
    `create index "partner_token_client" on "partner_token" ("client_id", "key_id")`,
    `create index "partner_token_expires" on "partner_token" ("expires_at")`,
    `create table "partner_assertion" ("client_id" text not null, "token_id_hash" text not null, "used_at" datetime not null, "expires_at" datetime not null, primary key ("client_id", "token_id_hash"))`,
    `create index "partner_assertion_used" on "partner_assertion" ("client_id", "used_at")`,
  ],
  postgresql: [
    `create table "partner_client" ("id" text not null, "organisation_code" text not null, "organisation_name" text not null, "name" text not null, "scopes" jsonb not null, "keys" jsonb not null, "keys_url" text null, "operation_hashes" jsonb null, "created_at" timestamptz(3) not null, "last_used_at" timestamptz(3) null, "revoked_at" timestamptz(3) null, "busy_until" bigint not null default '0', primary key ("id"))`,
    `create unique index "one_live_client" on "partner_client" ("organisation_code", "name") where revoked_at is null`,
    `create table "partner_token" ("token_hash" text not null, "client_id" text not null, "key_id" text not null, "scopes" jsonb not null, "expires_at" timestamptz(3) not null, primary key ("token_hash"))`,
    `create index "partner_token_client" on "partner_token" ("client_id", "key_id")`,
    `create index "partner_token_expires" on "partner_token" ("expires_at")`,
    `create table "partner_assertion" ("client_id" text not null, "token_id_hash" text not null, "used_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, primary key ("client_id", "token_id_hash"))`,
    `create index "partner_assertion_used" on "partner_assertion" ("client_id", "used_at")`,
  ],
}
