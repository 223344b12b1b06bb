import { randomUUID } from 'node:crypto'
import { type Alone, patient } from './alone.ts'

/** An appointment as its patient sees it after doing something. */
export interface OwnAppointment {
  id: string
  status: string
  startsAt: string
  version: number
  acceptedAt: string | null
  hospitalConfirmation: string
  lastMove: { by: string; from: string } | null
  cancellation: { by: string; undoUntil: string | null } | null
}

const facts = `id status startsAt version acceptedAt hospitalConfirmation lastMove { by from } cancellation { by undoUntil }`

async function asked<Answer>(
  it: Alone,
  patientId: string,
  document: string,
  variables: Record<string, unknown>,
): Promise<Answer> {
  const { data, errors } = await it.ask(patient(patientId), document, variables)
  if (errors) throw new Error(JSON.stringify(errors))
  return Object.values(data ?? {})[0] as Answer
}

/** What the patient sees of it now. */
export const ownAppointment = (it: Alone, patientId: string, id: string) =>
  asked<OwnAppointment>(it, patientId, `query ($id: ID!) { appointment(id: $id) { ${facts} } }`, { id })

/** Changes it to the slot that is offered at that time. */
export async function reschedule(it: Alone, patientId: string, id: string, startsAt: string): Promise<OwnAppointment> {
  const { version } = await ownAppointment(it, patientId, id)
  const offered = `query ($id: ID!) { availableSlots(appointmentId: $id) { nodes { id startsAt } } }`
  const { nodes } = await asked<{ nodes: { id: string; startsAt: string }[] }>(it, patientId, offered, { id })
  const slotId = nodes.find((slot) => slot.startsAt === startsAt)?.id
  const document = `mutation ($input: RescheduleAppointmentInput!) {
    rescheduleAppointment(input: $input) {
      __typename
      ... on AppointmentRescheduled { appointment { ${facts} } }
      ... on Problem { message }
    }
  }`
  const input = { idempotencyKey: randomUUID(), appointmentId: id, version, slotId, reason: 'AWAY' }
  const outcome = await asked<{ appointment?: OwnAppointment }>(it, patientId, document, { input })
  if (!outcome.appointment) throw new Error(JSON.stringify(outcome))
  return outcome.appointment
}

/** Cancels it; it can be undone. */
export async function cancel(it: Alone, patientId: string, id: string): Promise<OwnAppointment> {
  const { version } = await ownAppointment(it, patientId, id)
  const document = `mutation ($input: CancelAppointmentInput!) {
    cancelAppointment(input: $input) {
      __typename
      ... on AppointmentCancelled { appointment { ${facts} } }
      ... on Problem { message }
    }
  }`
  const input = { idempotencyKey: randomUUID(), appointmentId: id, version, reason: 'CANNOT_COME' }
  const outcome = await asked<{ appointment?: OwnAppointment }>(it, patientId, document, { input })
  if (!outcome.appointment) throw new Error(JSON.stringify(outcome))
  return outcome.appointment
}

/** Says that they will come. */
export const accept = (it: Alone, patientId: string, appointmentId: string) =>
  asked<{ __typename: string }>(
    it,
    patientId,
    `mutation ($input: AcceptAppointmentInput!) { acceptAppointment(input: $input) { __typename } }`,
    { input: { idempotencyKey: randomUUID(), appointmentId } },
  )

/** Asks the staff of a REQUEST clinic for another time. */
export async function askForChange(it: Alone, patientId: string, id: string): Promise<{ id: string; status: string }> {
  const { version } = await ownAppointment(it, patientId, id)
  const document = `mutation ($input: RequestAppointmentChangeInput!) {
    requestAppointmentChange(input: $input) {
      __typename
      ... on ChangeRequested { request { id status } }
      ... on Problem { message }
    }
  }`
  const wish = { reason: 'AWAY', preferredDays: [], preferredTimes: [] }
  const input = { idempotencyKey: randomUUID(), appointmentId: id, version, ...wish }
  const outcome = await asked<{ request?: { id: string; status: string } }>(it, patientId, document, { input })
  if (!outcome.request) throw new Error(JSON.stringify(outcome))
  return outcome.request
}
