import { randomUUID } from 'node:crypto'
import type { Cast } from './cast.ts'
import { type Door, id, keyed, mutation, outcome, query, type Variables } from './door.ts'
import type { Actor } from './matrix.ts'
import { aBookingToAskAbout, aRequestToAgreeTo, askForChange, aWishFor } from './requests.ts'

/** A new thing for those who may act on it; for everybody else it is enough to try. */
const requestFor =
  (who: (actor: Actor) => boolean, requestOf: (cast: Cast) => Promise<string>, more: object = {}): Variables =>
  (cast, actor) =>
    keyed(async () => ({ requestId: who(actor) ? await requestOf(cast) : randomUUID(), ...more }))(cast, actor)
const patients = (actor: Actor) => actor === 'patient' || actor === 'another patient'
const atTheDesk = (actor: Actor) => actor === 'staff'

const aNewRequest = async (cast: Cast) => askForChange(cast, (await aBookingToAskAbout(cast)).id)
const aNewBooking = async (cast: Cast, actor: Actor) =>
  patients(actor) ? (await aBookingToAskAbout(cast)).id : randomUUID()
const change = keyed(async (cast, actor) => aWishFor(await aNewBooking(cast, actor)))
const cancellation = keyed(async (cast, actor) => ({
  appointmentId: await aNewBooking(cast, actor),
  version: 1,
  reason: 'FEELING_BETTER',
}))
const message = 'There is no other time.'
const toWithdraw = requestFor(patients, aNewRequest)
const toClaim = requestFor(atTheDesk, aNewRequest)
const toRelease = requestFor(atTheDesk, aRequestToAgreeTo)
const toRefuse = requestFor(atTheDesk, aRequestToAgreeTo, { message })
const known = (which: keyof Cast['requests'], more: object = {}) =>
  keyed(({ requests }) => ({ requestId: requests[which], ...more }))
const nobodys = keyed(() => ({ requestId: randomUUID() }))

/** How each root field about requests is asked. */
export const changeRequestRootDoors: Record<string, Door[]> = {
  'Query.changeRequest': [
    query(
      'changeRequest',
      'id',
      'ID!',
      id(({ requests }) => requests.inHand),
    ),
  ],
  'Query.changeRequests': [{ at: 'both', text: '{ wanted: changeRequests { __typename } }', variables: () => ({}) }],
  'Mutation.requestAppointmentChange': [mutation('requestAppointmentChange', change)],
  'Mutation.requestAppointmentCancellation': [mutation('requestAppointmentCancellation', cancellation)],
  'Mutation.withdrawChangeRequest': [mutation('withdrawChangeRequest', toWithdraw)],
  'Mutation.claimChangeRequest': [mutation('claimChangeRequest', toClaim)],
  'Mutation.releaseChangeRequest': [mutation('releaseChangeRequest', toRelease)],
  'Mutation.agreeToChangeRequest': [mutation('agreeToChangeRequest', toRelease)],
  'Mutation.refuseChangeRequest': [mutation('refuseChangeRequest', toRefuse)],
}

/** What asking and answering come to. */
export const changeRequestOutcomeDoors: Record<string, Door[]> = {
  ChangeRequested: outcome('requestAppointmentChange', 'ChangeRequested', change),
  ChangeRequestWithdrawn: outcome('withdrawChangeRequest', 'ChangeRequestWithdrawn', toWithdraw),
  ChangeRequestClosed: [
    ...outcome('withdrawChangeRequest', 'ChangeRequestClosed', known('answered')),
    ...outcome('claimChangeRequest', 'ChangeRequestClosed', known('answered')),
  ],
  ChangeRequestNotFound: [
    ...outcome('withdrawChangeRequest', 'ChangeRequestNotFound', nobodys),
    ...outcome('claimChangeRequest', 'ChangeRequestNotFound', nobodys),
  ],
  ChangeRequestClaimed: outcome('claimChangeRequest', 'ChangeRequestClaimed', toClaim),
  ChangeRequestClaimedByAnother: outcome('claimChangeRequest', 'ChangeRequestClaimedByAnother', known('inHand')),
  ChangeRequestReleased: outcome('releaseChangeRequest', 'ChangeRequestReleased', toRelease),
  ChangeRequestNotClaimed: outcome('refuseChangeRequest', 'ChangeRequestNotClaimed', known('inHand', { message })),
  ChangeRequestAgreed: outcome('agreeToChangeRequest', 'ChangeRequestAgreed', toRelease),
  ChangeRequestRefused: outcome('refuseChangeRequest', 'ChangeRequestRefused', toRefuse),
}
