import { randomUUID } from 'node:crypto'
import { patient, staff } from '../alone.ts'
import type { Viewer } from '../../subgraphs/runtime/viewer.ts'
import { anAppointment, type PersonInWorld, type World } from '../world.ts'

/** Where patients ask and staff answer, and whose appointments are asked about. */
export interface Asking {
  readonly portal: World
  readonly owner: PersonInWorld
  readonly askingClinicCode: string
}

/** Whoever is at the desk beside the member of staff that the matrix asks about. */
const colleague: Viewer = { ...staff, actorId: 'staff:grace', name: 'Grace Adeyemi' }

/** An appointment of the owner's that they can ask about. */
export const aBookingToAskAbout = ({ portal, owner, askingClinicCode }: Asking) => {
  const startsAt = new Date(portal.clock.now().getTime() + 50 * 24 * 3600_000)
  return anAppointment(portal, owner, { clinicCode: askingClinicCode, startsAt })
}

/** All that a patient can say when they ask for another time. */
export const aWishFor = (appointmentId: string) => ({
  appointmentId,
  version: 1,
  reason: 'AWAY',
  preferredDays: ['MONDAY'],
  preferredTimes: ['MORNING'],
  unavailable: 'Not on 3 December',
  detail: 'A wedding',
})

async function act({ portal }: Asking, viewer: Viewer, name: string, input: object): Promise<string> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
  const outcomes = ['ChangeRequested', 'ChangeRequestClaimed', 'ChangeRequestRefused']
  const subgraph = portal.graph.subgraphs.get('appointments')
  const union = {
    requestAppointmentChange: outcomes[0],
    requestAppointmentCancellation: outcomes[0],
    claimChangeRequest: outcomes[1],
    refuseChangeRequest: outcomes[2],
  }[name]
  const query = `mutation Act($input: ${type}!) { it: ${name}(input: $input) { ... on ${union} { request { id } } } }`
  const variables = { input: { idempotencyKey: randomUUID(), ...input } }
  const answer = await subgraph?.execute({ query, variables, viewer, requestId: randomUUID() })
  const { request } = (answer?.data?.it ?? {}) as { request?: { id: string } }
  if (!request) throw new Error(`${name}: ${JSON.stringify(answer)}`)
  return request.id
}

/** The owner asks for another time of this appointment. */
export const askForChange = (asking: Asking, appointmentId: string) =>
  act(asking, patient(asking.owner.id), 'requestAppointmentChange', aWishFor(appointmentId))

export const claimAs = (asking: Asking, viewer: Viewer, requestId: string) =>
  act(asking, viewer, 'claimChangeRequest', { requestId })

/** Asked, taken on and refused. */
export async function anAnsweredRequest(asking: Asking, appointmentId: string): Promise<string> {
  const requestId = await askForChange(asking, appointmentId)
  await claimAs(asking, colleague, requestId)
  return act(asking, colleague, 'refuseChangeRequest', { requestId, message: 'There is no other time.' })
}

/** Asked, and taken on by a colleague. */
export async function aRequestInHand(asking: Asking, appointmentId: string): Promise<string> {
  return claimAs(asking, colleague, await askForChange(asking, appointmentId))
}

/** A new request of the owner's to cancel, which the member of staff of the matrix has taken on. */
export async function aRequestToAgreeTo(asking: Asking & { staff: Viewer }): Promise<string> {
  const { id: appointmentId } = await aBookingToAskAbout(asking)
  const wish = { appointmentId, version: 1, reason: 'FEELING_BETTER' }
  const requestId = await act(asking, patient(asking.owner.id), 'requestAppointmentCancellation', wish)
  return claimAs(asking, asking.staff, requestId)
}
