import type { SchemaStep } from '../../runtime/migration.ts'

/**
 * Clinics, slots, appointments. `one_holder_per_seat` and the trigger on the seat are the promise that what patients do
 * never gives a slot more holders than its capacity.
 */
export const firstAppointmentsStep: SchemaStep = {
  name: '0001-appointments',
  sqlite: [
    `create table "clinic" ("code" text not null primary key, "name" text not null, "specialty" text not null, "mode" text check ("mode" in ('VIEW_ONLY', 'REQUEST', 'DIRECT', 'E_RS')) not null, "contact" json null, "place" json null, "medium" text check ("medium" in ('FACE_TO_FACE', 'VIDEO', 'PHONE')) not null, "appointment_minutes" integer not null, "what_to_bring" json not null, "preparation" json not null, "letter_introduction" text null, "if_you_do_not_attend" text null, "excluded" integer not null default false)`,
    `create table "slot" ("id" text not null primary key, "clinic_code" text not null, "hospital_id" text null, "starts_at" datetime not null, "ends_at" datetime not null, "clinician" text null, "capacity" integer not null default 1, constraint "slot_clinic_code_foreign" foreign key ("clinic_code") references "clinic" ("code"))`,
    `create index "slot_of_clinic" on "slot" ("clinic_code", "starts_at")`,
    `create unique index "slot_hospital_id" on "slot" ("hospital_id")`,
    `create table "appointment" ("id" text not null primary key, "hospital_id" text not null, "patient_id" text not null, "clinic_code" text not null, "slot_id" text null, "seat" integer null, "kind" text check ("kind" in ('OUTPATIENT', 'ADMISSION')) not null, "status" text check ("status" in ('BOOKED', 'CANCELLED', 'COMPLETED', 'DID_NOT_ATTEND')) not null, "starts_at" datetime not null, "ends_at" datetime not null, "clinician" text null, "own_medium" text check ("own_medium" in ('FACE_TO_FACE', 'VIDEO', 'PHONE')) null, "own_place" json null, "arranged" json not null, "accepted_at" datetime null, "cancelled_at" datetime null, "cancelled_by" text check ("cancelled_by" in ('PATIENT', 'HOSPITAL')) null, "cancellation_reason" text null, "recorded_at" datetime not null, "conflicts" json not null, "excluded" integer not null default false, "version" integer not null default 1, constraint "appointment_clinic_code_foreign" foreign key ("clinic_code") references "clinic" ("code"), constraint "appointment_slot_id_foreign" foreign key ("slot_id") references "slot" ("id") on delete no action)`,
    `create index "appointment_of_patient" on "appointment" ("patient_id", "ends_at", "id")`,
    `create index "appointment_of_clinician" on "appointment" ("clinician", "ends_at")`,
    `create index "appointment_of_clinic" on "appointment" ("clinic_code")`,
    `create index "appointment_of_slot" on "appointment" ("slot_id")`,
    `create unique index "appointment_hospital_id" on "appointment" ("hospital_id")`,
    `create unique index "one_holder_per_seat" on "appointment" ("slot_id", "seat") where seat is not null`,
    `create trigger appointment_seat_inserted before insert on appointment when new.seat is not null begin select raise(abort, 'no such seat in the slot') where new.slot_id is null or new.seat < 1 or new.seat > (select capacity from slot where id = new.slot_id); end`,
    `create trigger appointment_seat_updated before update on appointment when new.seat is not null begin select raise(abort, 'no such seat in the slot') where new.slot_id is null or new.seat < 1 or new.seat > (select capacity from slot where id = new.slot_id); end`,
  ],
  postgresql: [
    `create table "clinic" ("code" text not null, "name" text not null, "specialty" text not null, "mode" text not null, "contact" jsonb null, "place" jsonb null, "medium" text not null, "appointment_minutes" int not null, "what_to_bring" jsonb not null, "preparation" jsonb not null, "letter_introduction" text null, "if_you_do_not_attend" text null, "excluded" boolean not null default false, primary key ("code"))`,
    `alter table "clinic" add constraint "clinic_mode_check" check ("mode" in ('VIEW_ONLY', 'REQUEST', 'DIRECT', 'E_RS'))`,
    `alter table "clinic" add constraint "clinic_medium_check" check ("medium" in ('FACE_TO_FACE', 'VIDEO', 'PHONE'))`,
    `create table "slot" ("id" text not null, "clinic_code" text not null, "hospital_id" text null, "starts_at" timestamptz(3) not null, "ends_at" timestamptz(3) not null, "clinician" text null, "capacity" int not null default 1, primary key ("id"))`,
    `create index "slot_of_clinic" on "slot" ("clinic_code", "starts_at")`,
    `alter table "slot" add constraint "slot_hospital_id" unique ("hospital_id")`,
    `create table "appointment" ("id" text not null, "hospital_id" text not null, "patient_id" text not null, "clinic_code" text not null, "slot_id" text null, "seat" int null, "kind" text not null, "status" text not null, "starts_at" timestamptz(3) not null, "ends_at" timestamptz(3) not null, "clinician" text null, "own_medium" text null, "own_place" jsonb null, "arranged" jsonb not null, "accepted_at" timestamptz(3) null, "cancelled_at" timestamptz(3) null, "cancelled_by" text null, "cancellation_reason" text null, "recorded_at" timestamptz(3) not null, "conflicts" jsonb not null, "excluded" boolean not null default false, "version" int not null default 1, primary key ("id"))`,
    `create index "appointment_of_patient" on "appointment" ("patient_id", "ends_at", "id")`,
    `create index "appointment_of_clinician" on "appointment" ("clinician", "ends_at")`,
    `create index "appointment_of_clinic" on "appointment" ("clinic_code")`,
    `create index "appointment_of_slot" on "appointment" ("slot_id")`,
    `alter table "appointment" add constraint "appointment_hospital_id" unique ("hospital_id")`,
    `create unique index "one_holder_per_seat" on "appointment" ("slot_id", "seat") where seat is not null`,
    `alter table "appointment" add constraint "appointment_kind_check" check ("kind" in ('OUTPATIENT', 'ADMISSION'))`,
    `alter table "appointment" add constraint "appointment_status_check" check ("status" in ('BOOKED', 'CANCELLED', 'COMPLETED', 'DID_NOT_ATTEND'))`,
    `alter table "appointment" add constraint "appointment_own_medium_check" check ("own_medium" in ('FACE_TO_FACE', 'VIDEO', 'PHONE'))`,
    `alter table "appointment" add constraint "appointment_cancelled_by_check" check ("cancelled_by" in ('PATIENT', 'HOSPITAL'))`,
    `alter table "slot" add constraint "slot_clinic_code_foreign" foreign key ("clinic_code") references "clinic" ("code")`,
    `alter table "appointment" add constraint "appointment_clinic_code_foreign" foreign key ("clinic_code") references "clinic" ("code")`,
    `alter table "appointment" add constraint "appointment_slot_id_foreign" foreign key ("slot_id") references "slot" ("id") on delete no action`,
    `create function appointment_seat() returns trigger language plpgsql as $$ begin if new.slot_id is null or new.seat < 1 or new.seat > (select capacity from slot where id = new.slot_id) then raise exception 'no such seat in the slot'; end if; return new; end $$`,
    `create trigger appointment_seat before insert or update on appointment for each row when (new.seat is not null) execute function appointment_seat()`,
  ],
}
