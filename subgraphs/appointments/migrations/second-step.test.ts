import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { engines } from '../../../test/alone.ts'
import { aPostgresDatabase } from '../../../test/postgres.ts'
import { openDatabase } from '../../runtime/database.ts'
import type { SchemaStep } from '../../runtime/migration.ts'
import { systemViewer } from '../../runtime/viewer.ts'
import { Appointment } from '../appointment.entity.ts'
import { AppointmentConflict } from '../conflicts/appointment-conflict.entity.ts'
import { appointments } from '../main.ts'
import { Slot } from '../slot.entity.ts'
import { firstAppointmentsStep } from './first-step.ts'
import { secondAppointmentsStep } from './second-step.ts'

const [startsAt, endsAt, recordedAt] = [
  '2026-12-01T09:00:00.000Z',
  '2026-12-01T09:30:00.000Z',
  '2026-11-20T08:00:00.000Z',
]

it.each(engines)(
  'keeps every appointment of before, those over the capacity and their conflicts too, on %s',
  async (engine) => {
    const folder = mkdtempSync(join(tmpdir(), 'appointments-'))
    const settings = {
      name: 'appointments',
      folder,
      ...(engine === 'postgresql' && { url: await aPostgresDatabase() }),
    }
    const opened = async (steps: SchemaStep[]) => {
      const { entities, policy } = appointments
      const database = await openDatabase(settings, { entities: [...entities], policy, steps })
      return { database, em: database.forkFor(systemViewer('appointments')) }
    }
    const instant = (at: string) => (engine === 'sqlite' ? String(Date.parse(at)) : `'${at}'`)
    const booked = (id: string, seat: string, conflicts: string[], more: string) =>
      `insert into appointment (id, hospital_id, patient_id, clinic_code, slot_id, seat, kind, status, starts_at, ends_at, clinician, own_medium, own_place, arranged, recorded_at, conflicts, excluded, version, accepted_at, cancelled_at, cancelled_by, cancellation_reason)
     values ('${id}', 'H-${id}', 'amal', 'DERM', 'slot', ${seat}, 'OUTPATIENT', ${more.includes('HOSPITAL') ? "'CANCELLED'" : "'BOOKED'"}, ${instant(startsAt)}, ${instant(endsAt)}, 'Dr Priya Shah', 'VIDEO', '{"site":"St Albans"}', '[{"kind":"INTERPRETER","detail":"Polish"}]', ${instant(recordedAt)}, '${JSON.stringify(conflicts)}', true, 4, ${more})`

    const before = await opened([firstAppointmentsStep])
    const old = before.em.getConnection()
    await old.execute(
      `insert into clinic (code, name, specialty, mode, medium, appointment_minutes, what_to_bring, preparation) values ('DERM', 'Dermatology', 'Dermatology', 'DIRECT', 'PHONE', 30, '[]', '[]')`,
    )
    await old.execute(
      `insert into slot (id, clinic_code, hospital_id, starts_at, ends_at, capacity) values ('slot', 'DERM', 'S-1', ${instant(startsAt)}, ${instant(endsAt)}, 1)`,
    )
    await old.execute(booked('a', '1', [], `${instant(recordedAt)}, null, null, null`))
    await old.execute(booked('b', 'null', ['SLOT_CONFLICT', 'OVERLAPS_ANOTHER'], 'null, null, null, null'))
    await old.execute(booked('c', 'null', [], `null, ${instant(recordedAt)}, 'HOSPITAL', 'Dr Shah is ill.'`))
    await before.database.close()

    const { em, database } = await opened([firstAppointmentsStep, secondAppointmentsStep])
    const kept = {
      patientId: 'amal',
      clinicCode: 'DERM',
      slotId: 'slot',
      startsAt: new Date(startsAt),
      endsAt: new Date(endsAt),
      clinician: 'Dr Priya Shah',
      ownMedium: 'VIDEO',
      ownPlace: { site: 'St Albans' },
      arranged: [{ kind: 'INTERPRETER', detail: 'Polish' }],
      recordedAt: new Date(recordedAt),
      excluded: true,
      version: 4,
      timesRescheduled: 0,
      chosenHere: false,
      hospitalConfirmation: 'CONFIRMED',
      undoUntil: null,
      admittedAt: null,
    }
    expect(await em.find(Appointment, {}, { orderBy: { id: 'asc' } })).toMatchObject([
      { ...kept, id: 'a', hospitalId: 'H-a', seat: 1, status: 'BOOKED', acceptedAt: new Date(recordedAt) },
      { ...kept, id: 'b', hospitalId: 'H-b', seat: null, status: 'BOOKED', acceptedAt: null },
      {
        ...kept,
        id: 'c',
        seat: null,
        status: 'CANCELLED',
        cancelledBy: 'HOSPITAL',
        cancellationReason: 'Dr Shah is ill.',
      },
    ])
    const conflicts = await em.find(AppointmentConflict, {}, { orderBy: { reason: 'asc' } })
    const conflict = {
      appointmentId: 'b',
      patientId: 'amal',
      clinicCode: 'DERM',
      settledAt: null,
      foundAt: new Date(recordedAt),
    }
    expect(conflicts).toMatchObject([
      { ...conflict, reason: 'OVERLAPS_ANOTHER' },
      { ...conflict, reason: 'SLOT_CONFLICT' },
    ])
    expect(new Set(conflicts.map((it) => it.id)).size).toBe(2)
    // What the database promised of seats, it still does.
    const taken = (seat: number) => em.nativeUpdate(Appointment, { id: 'b' }, { seat })
    await expect(taken(1)).rejects.toThrow(/unique/i)
    await expect(taken(2)).rejects.toThrow('no such seat')
    await expect(em.nativeDelete(Slot, { id: 'slot' })).rejects.toThrow(/foreign key/i)
    expect(await database.pendingChanges()).toBe('')
    await database.close()
  },
)
