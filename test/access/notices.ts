import { randomUUID } from 'node:crypto'
import { aClinic, anAppointment } from '../world.ts'
import { rowsOf } from '../rows-of.ts'
import type { Cast } from './cast.ts'
import { askForChange, claimAs } from './requests.ts'

const hours = 3600_000
const tellOf = (name: string) =>
  `mutation Tell($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { it: ${name}(input: $input) { __typename } }`

/** The notices to the hospital about an appointment, in their order. */
const noticesOf = async ({ portal }: Cast, appointmentId: string) =>
  (
    await rowsOf<{ id: string }>(
      portal,
      'appointments',
      'select id from hospital_notice where appointment_id = ? order by sequence',
      appointmentId,
    )
  ).map(({ id }) => id)

const asSystem = ({ portal }: Cast, name: string, input: object) =>
  portal.system(tellOf(name), { input: { idempotencyKey: randomUUID(), ...input } })

let count = 0
/** An appointment of the owner's with a clinician, at a time of its own, and a second time of the same clinician that is free. */
async function aBookingWithChoice(cast: Cast) {
  const { portal, owner } = cast
  const code = await aClinic(portal, { mode: 'REQUEST' })
  const clinician = `Dr ${randomUUID()}`
  const now = portal.clock.now().getTime()
  const [startsAt, later] = [75, 82].map((days) => new Date(now + days * 24 * hours + count * hours))
  count += 1
  const slots = [startsAt, later].map((at) => ({
    hospitalId: randomUUID(),
    startsAt: at,
    endsAt: new Date((at?.getTime() ?? 0) + hours / 2),
    clinician,
  }))
  await asSystem(cast, 'publishSlots', { clinicCode: code, slots })
  return anAppointment(portal, owner, { clinicCode: code, startsAt, clinician })
}

/** A notice that the hospital has yet to be sent: of a request. */
export async function aWaitingNotice(cast: Cast): Promise<string> {
  const { id } = await aBookingWithChoice(cast)
  await askForChange(cast, id)
  return (await noticesOf(cast, id))[0] ?? ''
}

/** The same, on its way. */
export async function aClaimedNotice(cast: Cast): Promise<string> {
  const noticeId = await aWaitingNotice(cast)
  await asSystem(cast, 'claimHospitalNotice', { noticeId })
  return noticeId
}

/** The same, refused: its request is open still. */
export async function aRefusedNotice(cast: Cast): Promise<string> {
  const noticeId = await aClaimedNotice(cast)
  await asSystem(cast, 'answerHospitalNotice', { noticeId, acknowledgement: 'AE', reason: 'No such clinic' })
  return noticeId
}

/** Staff agreed to what was asked for, and it is on its way: a notice in which everything is said. */
export async function aMoveOnItsWay(cast: Cast): Promise<string> {
  const { portal, staff } = cast
  const { id } = await aBookingWithChoice(cast)
  const requestId = await claimAs(cast, staff, await askForChange(cast, id))
  const appointments = portal.graph.subgraphs.get('appointments')
  const ask = async (query: string, variables: Record<string, unknown>) =>
    (await appointments?.execute({ query, variables, viewer: staff, requestId: randomUUID() }))?.data?.it as unknown
  const { nodes } = (await ask('query ($id: ID!) { it: availableSlots(appointmentId: $id) { nodes { id } } }', {
    id,
  })) as { nodes: { id: string }[] }
  const slotId = nodes[0]?.id
  await ask(tellOf('agreeToChangeRequest'), { input: { idempotencyKey: randomUUID(), requestId, slotId } })
  const [asked = '', moved = ''] = await noticesOf(cast, id)
  await asSystem(cast, 'claimHospitalNotice', { noticeId: asked })
  await asSystem(cast, 'answerHospitalNotice', { noticeId: asked, acknowledgement: 'AA' })
  await asSystem(cast, 'claimHospitalNotice', { noticeId: moved })
  return moved
}

/** A conflict on the desk: the hospital booked the owner twice at one time. */
export async function aConflict(cast: Cast): Promise<string> {
  const { portal, owner } = cast
  const clinicCode = await aClinic(portal)
  const startsAt = new Date(portal.clock.now().getTime() + 70 * 24 * hours)
  await anAppointment(portal, owner, { clinicCode, startsAt })
  const { id } = await anAppointment(portal, owner, { clinicCode, startsAt })
  const found = 'select id from appointment_conflict where appointment_id = ?'
  return (await rowsOf<{ id: string }>(portal, 'appointments', found, id))[0]?.id ?? ''
}

/** Made once for a cast, when first it is asked for. */
const once = (make: (cast: Cast) => Promise<string>) => {
  const made = new WeakMap<Cast, Promise<string>>()
  return (cast: Cast) => {
    const it = made.get(cast) ?? make(cast)
    made.set(cast, it)
    return it
  }
}

/** The one that everybody looks at: a refused move. */
export const theRefusedNotice = once(async (cast) => {
  const noticeId = await aMoveOnItsWay(cast)
  await asSystem(cast, 'answerHospitalNotice', { noticeId, acknowledgement: 'AE', reason: 'The clinic is closed' })
  return noticeId
})
export const theConflict = once(aConflict)
