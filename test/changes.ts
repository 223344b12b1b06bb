import { randomUUID } from 'node:crypto'
import type { Viewer } from '../subgraphs/runtime/viewer.ts'
import { type Alone, patient } from './alone.ts'
import { aClinic, anAppointment, aSlot, inDays, type RecordedAppointment } from './bookings.ts'

/** What came of something a patient did to an appointment. */
export interface Outcome {
  __typename: string
  message: string
  reason: string
  link: string | null
  contact: { team: string; phone: string }
  freshSlots: FreeTime[]
  appointment: ChangedAppointment
}

export interface FreeTime {
  id: string
  startsAt: string
  endsAt: string
}

export interface ChangedAppointment {
  id: string
  status: string
  startsAt: string
  endsAt: string
  clinician: string | null
  acceptedAt: string | null
  version: number
  hospitalConfirmation: string
  lastMove: { at: string; by: string; from: string } | null
  cancellation: {
    at: string
    by: string
    reason: string | null
    undoUntil: string | null
    discharges: boolean
  } | null
}

const appointmentFields = `
  id status startsAt endsAt clinician acceptedAt version hospitalConfirmation
  lastMove { at by from } cancellation { at by reason undoUntil discharges }
`
const refused = `reason link contact { team phone }`
const fresh = `freshSlots { id startsAt endsAt }`

const documents = {
  rescheduleAppointment: `... on AppointmentRescheduled { appointment { ${appointmentFields} } } ... on SlotTaken { ${fresh} }
    ... on SlotNotOffered { ${fresh} } ... on CannotReschedule { ${refused} } ... on AppointmentHasChanged { appointment { ${appointmentFields} } }`,
  cancelAppointment: `... on AppointmentCancelled { appointment { ${appointmentFields} } } ... on CannotCancel { ${refused} }
    ... on AppointmentHasChanged { appointment { ${appointmentFields} } }`,
  undoCancellation: `... on CancellationUndone { appointment { ${appointmentFields} } } ... on CannotUndo { reason contact { team phone } }`,
}
type Field = keyof typeof documents
const inputOf = (field: Field) => `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`

/** Somebody with an appointment, in a clinic that has other times for them. */
export interface Booked {
  readonly viewer: Viewer
  readonly patientId: string
  readonly clinicCode: string
  readonly appointment: RecordedAppointment
  readonly id: string
}

interface Circumstances {
  readonly clinic?: Record<string, unknown>
  readonly appointment?: Record<string, unknown>
  /** The days from now, at this time of day, on which the clinic has a published slot. */
  readonly free?: number[]
}

/** Somebody nobody has met before, with an appointment in a week; free times on the two days after it, unless said; in a clinic of their own, unless given. */
export async function somebodyBooked(
  it: Alone,
  { clinic, appointment, free = [8, 9] }: Circumstances = {},
): Promise<Booked> {
  const patientId = randomUUID()
  const clinicCode = String(appointment?.clinicCode ?? (await aClinicWithTimes(it, clinic, [7, ...free])))
  const booked = await anAppointment(it, { patientId, clinicCode, ...appointment })
  return { viewer: patient(patientId), patientId, clinicCode, appointment: booked, id: booked.id }
}

async function aClinicWithTimes(it: Alone, facts: Record<string, unknown> = {}, days: number[]): Promise<string> {
  const clinicCode = await aClinic(it, facts)
  for (const day of days) await aSlot(it, clinicCode, inDays(it, day))
  return clinicCode
}

/** Asks one of the three as this patient. */
export function asking(it: Alone, viewer: Viewer, field: Field, input: object) {
  const document = `mutation ($input: ${inputOf(field)}!) {
    ${field}(input: $input) { __typename ... on Problem { message } ${documents[field]} }
  }`
  return it.ask(viewer, document, { input: { idempotencyKey: randomUUID(), ...input } })
}

async function did(it: Alone, viewer: Viewer, field: Field, input: object): Promise<Outcome> {
  const { data, errors } = await asking(it, viewer, field, input)
  if (errors) throw new Error(JSON.stringify(errors))
  return data?.[field] as unknown as Outcome
}

/** Who acts, and on which appointment. */
type Who = Pick<Booked, 'viewer' | 'id'>

/** The patient chooses another time. */
export const reschedule = (it: Alone, { viewer, id }: Who, slotId: string | undefined, more: object = {}) =>
  did(it, viewer, 'rescheduleAppointment', { appointmentId: id, version: 1, slotId, reason: 'TRAVEL', ...more })

/** The patient cancels. */
export const cancel = (it: Alone, { viewer, id }: Who, more: object = {}) =>
  did(it, viewer, 'cancelAppointment', { appointmentId: id, version: 1, reason: 'FEELING_BETTER', ...more })

/** The patient takes their cancellation back. */
export const undo = (it: Alone, { viewer, id }: Who, more: object = {}) =>
  did(it, viewer, 'undoCancellation', { appointmentId: id, ...more })

export interface FreeTimes {
  nodes: FreeTime[]
  totalCount: number
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

/** The times that are offered for an appointment; null when it is not there for the viewer. */
export async function timesFor(
  it: Alone,
  { viewer, id }: Who,
  asked: { from?: string; until?: string; first?: number; after?: string } = {},
): Promise<FreeTimes | null> {
  const document = `query ($appointmentId: ID!, $from: LocalDate, $until: LocalDate, $first: Int! = 50, $after: String) {
    availableSlots(appointmentId: $appointmentId, from: $from, until: $until, first: $first, after: $after) {
      nodes { id startsAt endsAt } totalCount pageInfo { hasNextPage endCursor }
    }
  }`
  const { data, errors } = await it.ask(viewer, document, { appointmentId: id, ...asked })
  if (errors) throw new Error(JSON.stringify(errors))
  return data?.availableSlots as never
}

/** When the offered times start. */
export const startsOf = async (...asked: Parameters<typeof timesFor>) =>
  (await timesFor(...asked))?.nodes.map((it) => it.startsAt)

/** The id of the time offered on that day from now. */
export async function slotOn(it: Alone, who: Who, day: number): Promise<string> {
  const slot = (await timesFor(it, who))?.nodes.find(({ startsAt }) => startsAt === inDays(it, day))
  if (!slot) throw new Error(`nothing is offered in ${day} days`)
  return slot.id
}

/** An appointment as its patient sees it; null when they do not. */
export async function shown(it: Alone, { viewer, id }: Who): Promise<ChangedAppointment | null> {
  const { data } = await it.ask(viewer, `query ($id: ID!) { appointment(id: $id) { ${appointmentFields} } }`, { id })
  return (data?.appointment ?? null) as never
}
