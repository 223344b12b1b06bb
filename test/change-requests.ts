import { randomUUID } from 'node:crypto'
import { Role, type Viewer } from '../subgraphs/runtime/viewer.ts'
import { type Alone, patient, staff } from './alone.ts'
import { aClinic, anAppointment, type RecordedAppointment } from './bookings.ts'

/** Somebody at the desk of these clinics; of all, when none is named. */
export const atTheDesk = (name: string, ...clinicCodes: string[]): Viewer => ({
  ...staff,
  actorId: `staff:${name.toLowerCase()}`,
  name,
  ...(clinicCodes.length && { scopes: clinicCodes.map((code) => `clinic:${code}`) }),
})

export interface Request {
  id: string
  reference: string
  kind: string
  status: string
  reason: string
  detail: string | null
  preferredDays: string[]
  preferredTimes: string[]
  unavailable: string | null
  requestedAt: string
  answerBy: string
  answeredAt: string | null
  answer: string | null
  history: { at: string; kind: string }[]
  appointment: { id: string; status: string; startsAt: string; version: number }
}

const requestFields = ({ role }: Viewer) => `
  id reference kind status reason detail preferredDays preferredTimes unavailable requestedAt answerBy answeredAt answer
  history { at kind } appointment { id status startsAt ${role === Role.PATIENT ? 'version' : ''} }
`

/** What came of an act on a request. */
export interface RequestAnswer {
  __typename: string
  message: string
  reason: string
  link: string | null
  contact: { team: string }
  request: Request
  appointment: { id: string; version: number }
  freshSlots: { id: string; startsAt: string }[]
}

const outcomes: Record<string, string[]> = {
  requestAppointmentChange: ['ChangeRequested'],
  requestAppointmentCancellation: ['ChangeRequested'],
  withdrawChangeRequest: ['ChangeRequestWithdrawn', 'ChangeRequestClosed'],
  claimChangeRequest: ['ChangeRequestClaimed', 'ChangeRequestClaimedByAnother', 'ChangeRequestClosed'],
  releaseChangeRequest: ['ChangeRequestReleased', 'ChangeRequestNotClaimed', 'ChangeRequestClosed'],
  agreeToChangeRequest: ['ChangeRequestAgreed', 'ChangeRequestNotClaimed', 'ChangeRequestClosed'],
  refuseChangeRequest: ['ChangeRequestRefused', 'ChangeRequestNotClaimed', 'ChangeRequestClosed'],
}
const refusalOf: Record<string, string> = {
  requestAppointmentChange:
    '... on CannotReschedule { reason link contact { team } } ... on AppointmentHasChanged { appointment { id version } }',
  requestAppointmentCancellation:
    '... on CannotCancel { reason link contact { team } } ... on AppointmentHasChanged { appointment { id version } }',
  agreeToChangeRequest:
    '... on SlotTaken { freshSlots { id startsAt } } ... on SlotNotOffered { freshSlots { id startsAt } }',
}

/** Asks for a mutation on requests, with its errors. */
export function asking(it: Alone, viewer: Viewer, act: string, input: object) {
  const type = `${act[0]?.toUpperCase()}${act.slice(1)}Input`
  const shown = outcomes[act]?.map((name) => `... on ${name} { request { ${requestFields(viewer)} } }`).join(' ')
  const document = `mutation Act($input: ${type}!) {
    ${act}(input: $input) { __typename ... on Problem { message } ${shown} ${refusalOf[act] ?? ''} }
  }`
  return it.ask(viewer, document, { input: { idempotencyKey: randomUUID(), ...input } })
}

/** What a mutation on requests comes to. */
export async function act(it: Alone, viewer: Viewer, name: string, input: object): Promise<RequestAnswer> {
  const { data, errors } = await asking(it, viewer, name, input)
  if (errors) throw new Error(JSON.stringify(errors))
  return data?.[name] as unknown as RequestAnswer
}

/** Amal's appointment at a clinic that answers requests. */
export async function aBookingToAskAbout(it: Alone, facts: Record<string, unknown> = {}): Promise<RecordedAppointment> {
  return anAppointment(it, { clinicCode: await aClinic(it, { mode: 'REQUEST' }), ...facts })
}

const usual = {
  requestAppointmentChange: { reason: 'AWAY', preferredDays: ['MONDAY'], preferredTimes: ['MORNING'] },
  requestAppointmentCancellation: { reason: 'FEELING_BETTER' },
}

/** What the patient of an appointment asks staff for. */
export async function aRequest(
  it: Alone,
  { id: appointmentId, version }: Pick<RecordedAppointment, 'id' | 'version'>,
  { as = patient('amal'), kind = 'CHANGE', ...facts }: { as?: Viewer; kind?: string; [fact: string]: unknown } = {},
): Promise<Request> {
  const name = kind === 'CHANGE' ? 'requestAppointmentChange' : 'requestAppointmentCancellation'
  const answer = await act(it, as, name, { appointmentId, version, ...usual[name], ...facts })
  if (answer.__typename !== 'ChangeRequested') throw new Error(JSON.stringify(answer))
  return answer.request
}

/** A request that somebody at the desk has taken on. */
export async function aClaimedRequest(
  it: Alone,
  appointment: Pick<RecordedAppointment, 'id' | 'version'>,
  by: Viewer,
  facts: Parameters<typeof aRequest>[2] = {},
): Promise<Request> {
  const { id: requestId } = await aRequest(it, appointment, facts)
  return (await act(it, by, 'claimChangeRequest', { requestId })).request
}
