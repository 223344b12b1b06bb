import { randomUUID } from 'node:crypto'
import type { Viewer } from '../../subgraphs/runtime/viewer.ts'
import { patient } from '../alone.ts'
import { aClinic, anAppointment, type World } from '../world.ts'
import { type Asking, askForChange, claimAs } from './requests.ts'

/** Appointments of the owner's about which the patient can do something, or has done it. */
export type Changed = 'changeable' | 'askable' | 'elsewhere' | 'undoable' | 'stay'

const hours = 3600_000
const from = ({ clock }: World, days: number, more = 0) =>
  new Date(clock.now().getTime() + days * 24 * hours + more * hours)

const asSystem = (portal: World, name: string, input: object) =>
  portal.system(
    `mutation Say($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { it: ${name}(input: $input) { __typename } }`,
    { input: { idempotencyKey: randomUUID(), ...input } },
  )

const asked = async ({ portal }: Asking, viewer: Viewer, query: string, variables: object) => {
  const call = { query, variables: { ...variables }, viewer, requestId: randomUUID() }
  return (await portal.graph.subgraphs.get('appointments')?.execute(call))?.data?.it as unknown
}

/** Those that are there from the start. Staff know two of them, because they were asked about before. */
export async function changesOf(
  asking: Asking,
  clinicCode: string,
): Promise<{ changes: Record<Changed, string>; askedBefore: Record<'undoable' | 'stay', string> }> {
  const { portal, owner, askingClinicCode } = asking
  const eReferral = await aClinic(portal, { mode: 'E_RS' })
  const booked = (days: number, code: string, facts: object = {}) =>
    anAppointment(portal, owner, { clinicCode: code, startsAt: from(portal, days), ...facts })
  const stay = await booked(34, askingClinicCode)
  const ofStay = await askForChange(asking, stay.id)
  await booked(34, askingClinicCode, { hospitalId: stay.hospitalId, kind: 'ADMISSION' })
  for (const [minutes, step] of ['ADMITTED', 'DISCHARGED'].entries()) {
    const eventAt = new Date(portal.clock.now().getTime() + minutes * 60_000)
    const word = { eventAt, at: eventAt, hospitalId: stay.hospitalId, patientId: owner.id, step }
    await asSystem(portal, 'recordAdmission', word)
  }
  const changeable = await booked(30, clinicCode)
  await aFreeTime(asking, clinicCode, from(portal, 40))
  const undoable = await movedAndCancelled(asking)
  return {
    changes: {
      changeable: changeable.id,
      askable: (await booked(31, askingClinicCode)).id,
      elsewhere: (await booked(32, eReferral)).id,
      undoable: undoable.id,
      stay: stay.id,
    },
    askedBefore: { undoable: undoable.requestId, stay: ofStay },
  }
}

/** Asked about, then moved by the hospital; then its clinic let patients cancel by themselves, and the owner did. */
async function movedAndCancelled(asking: Asking): Promise<{ id: string; requestId: string }> {
  const { portal, owner } = asking
  const code = await aClinic(portal, { mode: 'REQUEST' })
  const { id, hospitalId } = await anAppointment(portal, owner, { clinicCode: code, startsAt: from(portal, 33) })
  const requestId = await askForChange(asking, id)
  await anAppointment(portal, owner, { clinicCode: code, hospitalId, startsAt: from(portal, 33, 2) })
  await aClinic(portal, { code })
  const viewer = patient(owner.id)
  const { version } = (await asked(asking, viewer, `query ($id: ID!) { it: appointment(id: $id) { version } }`, {
    id,
  })) as {
    version: number
  }
  const input = { idempotencyKey: randomUUID(), appointmentId: id, version, reason: 'FEELING_BETTER' }
  const cancel = `mutation ($input: CancelAppointmentInput!) { it: cancelAppointment(input: $input) { __typename } }`
  await asked(asking, viewer, cancel, { input })
  return { id, requestId }
}

async function aFreeTime({ portal }: Asking, clinicCode: string, startsAt: Date): Promise<Date> {
  const endsAt = new Date(startsAt.getTime() + hours / 2)
  await asSystem(portal, 'publishSlots', { clinicCode, slots: [{ hospitalId: randomUUID(), startsAt, endsAt }] })
  return startsAt
}

let tries = 0

/** A new appointment of the owner's, and a time it can have instead; each try has times of its own. */
export async function aBookingToChange(asking: Asking, clinicCode: string, chooser = patient(asking.owner.id)) {
  const { portal, owner } = asking
  // Kept for this try: others are under way.
  const time = (tries += 1)
  const { id: appointmentId } = await anAppointment(portal, owner, { clinicCode, startsAt: from(portal, 200, time) })
  const startsAt = await aFreeTime(asking, clinicCode, from(portal, 60, time))
  const free = `query ($id: ID!, $day: LocalDate!) { it: availableSlots(appointmentId: $id, from: $day) { nodes { id startsAt } } }`
  const wanted = { id: appointmentId, day: startsAt.toISOString().slice(0, 10) }
  const { nodes } = (await asked(asking, chooser, free, wanted)) as { nodes: { id: string; startsAt: string }[] }
  const slotId = nodes.find((it) => it.startsAt === startsAt.toISOString())?.id
  if (!slotId) throw new Error('the new time is not offered')
  return { appointmentId, version: 1, slotId, startsAt }
}

/** Everybody the matrix asks about, as much of them as is needed here. */
type Everybody = Asking & { stranger: Asking['owner']; staff: Viewer }

/** The same, when somebody else has just taken that time. */
export async function aBookingTooLate(cast: Everybody, clinicCode: string, chooser?: Viewer) {
  const { startsAt, ...wish } = await aBookingToChange(cast, clinicCode, chooser)
  await anAppointment(cast.portal, cast.stranger, { clinicCode, startsAt })
  return wish
}

/** The member of staff of the matrix agrees to a new request, with a time that somebody else has just taken. */
export async function anAnswerTooLate(cast: Everybody) {
  const { appointmentId, slotId } = await aBookingTooLate(cast, cast.askingClinicCode, cast.staff)
  return { requestId: await claimAs(cast, cast.staff, await askForChange(cast, appointmentId)), slotId }
}
