import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines } from './alone.ts'
import {
  HospitalAcknowledges,
  HospitalCancels,
  HospitalMoves,
  HospitalRefuses,
  TimePasses,
} from './histories/hospital-commands.ts'
import { Model, type ModelAppointment, type ModelSlot } from './histories/model.ts'
import {
  Accept,
  AskToCancel,
  AskToChange,
  Cancel,
  Reschedule,
  RescheduleFromAnOldPage,
  Undo,
  Withdraw,
} from './histories/portal-commands.ts'
import { brokenPromises } from './invariants.ts'
import { rowsOf } from './rows-of.ts'
import { aClinic, anAppointment, aPerson, logIn, world, type World } from './world.ts'

const which = fc.nat({ max: 8 })
const slot = fc.nat({ max: 12 })
const commands = fc.commands(
  [
    which.map((n) => new Accept(n)),
    fc.tuple(which, slot).map(([n, to]) => new Reschedule(n, to)),
    fc.tuple(which, slot).map(([n, to]) => new Reschedule(n, to)),
    which.map((n) => new RescheduleFromAnOldPage(n)),
    which.map((n) => new Cancel(n)),
    which.map((n) => new Undo(n)),
    which.map((n) => new AskToChange(n)),
    which.map((n) => new AskToCancel(n)),
    which.map((n) => new Withdraw(n)),
    fc.tuple(which, slot).map(([n, to]) => new HospitalMoves(n, to)),
    which.map((n) => new HospitalCancels(n)),
    fc.constant(new HospitalAcknowledges()),
    which.map((n) => new HospitalRefuses(n)),
    which.map((n) => new HospitalRefuses(n)),
    fc.integer({ min: 1, max: 40 }).map((minutes) => new TimePasses(minutes)),
  ],
  { maxCommands: 40, size: 'max' },
)

describe.each(engines)('whatever three patients and the hospital do, on %s', (engine) => {
  let portal: World
  beforeAll(async () => {
    portal = await world({ engine })
  }, 120_000)
  afterAll(() => portal.stop())

  it('is answered and kept as the rules say', { timeout: 300_000 }, async () => {
    const runs = engine === 'sqlite' ? 20 : 6
    let done = 0
    await fc.assert(
      fc.asyncProperty(commands, async (chosen) => {
        const model = await aModel(portal, [await aPatient(portal), await aPatient(portal), await aPatient(portal)])
        await fc.asyncModelRun(() => ({ model, real: portal }), chosen)
        done += [...chosen].length
        await expectKept(portal, model)
      }),
      { numRuns: runs, interruptAfterTimeLimit: 240_000, markInterruptAsFailure: true },
    )
    console.log(`${engine}: ${runs} histories, ${done} acts`)
    expect(await brokenPromises(portal)).toEqual([])
  })
})

async function aPatient(portal: World) {
  const person = await aPerson(portal)
  return { person, token: await logIn(portal, person) }
}

/** The rows are what the model says, and the hospital's confirmation with them. */
async function expectKept(portal: World, { appointments, slots }: Model): Promise<void> {
  for (const it of appointments) {
    const [row] = await rowsOf<Record<string, unknown>>(
      portal,
      'appointments',
      'select status, version, slot_id, times_rescheduled, hospital_confirmation from appointment where id = ?',
      it.id,
    )
    expect(row).toEqual({
      status: it.status,
      version: it.version,
      slot_id: slots[it.slot]?.id,
      times_rescheduled: it.moves,
      hospital_confirmation: it.waiting.length ? 'BEING_CONFIRMED' : it.refused ? 'REFUSED' : 'CONFIRMED',
    })
  }
}

/** Two clinics with a few times, and three appointments for each patient. */
async function aModel(portal: World, patients: Awaited<ReturnType<typeof aPatient>>[]): Promise<Model> {
  const [direct, request] = [await aClinicWithSlots(portal, 'DIRECT', 9), await aClinicWithSlots(portal, 'REQUEST', 6)]
  const slots = [...direct.slots, ...request.slots]
  const appointments: ModelAppointment[] = []
  for (const [n, { person, token }] of patients.entries())
    for (const [clinic, slotNumber] of [
      [direct, n * 2],
      [direct, n * 2 + 1],
      [request, direct.slots.length + n],
    ] as const) {
      const { code: clinicCode, mode } = clinic
      const startsAt = slots[slotNumber]?.startsAt
      const booked = await anAppointment(portal, person, { clinicCode, startsAt, hospitalId: randomUUID() })
      const start = {
        status: 'BOOKED',
        undoUntil: undefined,
        accepted: false,
        moves: 0,
        version: 1,
        refused: false,
        stuckFrom: undefined,
      } as const
      appointments.push({
        ...booked,
        ...start,
        patientId: person.id,
        token,
        mode,
        slot: slotNumber,
        request: undefined,
        waiting: [],
      })
    }
  return new Model(appointments, slots, portal.clock.now().getTime())
}

let clinics = 0
async function aClinicWithSlots(portal: World, mode: 'DIRECT' | 'REQUEST', count: number) {
  const code = await aClinic(portal, { mode })
  clinics += 1
  // Away from the times of the other clinic: nobody is at both at once.
  const first = portal.clock.now().getTime() + 10 * 86_400_000 + (clinics % 2) * 12 * 3_600_000
  const wanted = Array.from({ length: count }, (_, n) => ({
    hospitalId: randomUUID(),
    startsAt: new Date(first + n * 3_600_000).toISOString(),
    endsAt: new Date(first + n * 3_600_000 + 1_800_000).toISOString(),
    capacity: n === count - 1 ? 2 : 1,
  }))
  await portal.system(`mutation P($input: PublishSlotsInput!) { publishSlots(input: $input) { __typename } }`, {
    input: { idempotencyKey: randomUUID(), clinicCode: code, slots: wanted },
  })
  const found = await rowsOf<{ id: string; hospital_id: string }>(
    portal,
    'appointments',
    'select id, hospital_id from slot where clinic_code = ?',
    code,
  )
  const idOf = new Map(found.map((row) => [row.hospital_id, row.id]))
  const slots: ModelSlot[] = wanted.map(({ hospitalId, startsAt, capacity }) => ({
    id: idOf.get(hospitalId) ?? '',
    startsAt,
    mode,
    capacity,
  }))
  return { code, mode, slots }
}
