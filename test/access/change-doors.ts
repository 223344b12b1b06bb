import { randomUUID } from 'node:crypto'
import type { Cast } from './cast.ts'
import { aBookingToChange, aBookingTooLate, anAnswerTooLate } from './changes.ts'
import { type Door, keyed, mutation, outcome, type Variables } from './door.ts'
import type { Actor } from './matrix.ts'

const patients = (actor: Actor) => actor === 'patient' || actor === 'another patient'
const because = { reason: 'UNWELL' }

/** A new appointment, and a time for it, for those who may choose; for everybody else it is enough to try. */
const choosing =
  (wish: (cast: Cast) => Promise<object>): Variables =>
  (cast, actor) =>
    keyed(async () => ({
      ...(patients(actor) ? await wish(cast) : { appointmentId: randomUUID(), version: 1, slotId: 'any' }),
      ...because,
    }))(cast, actor)

const toChange = choosing(async (cast) => {
  const { startsAt: _, ...wish } = await aBookingToChange(cast, cast.clinicCode)
  return wish
})
const tooLate = choosing((cast) => aBookingTooLate(cast, cast.clinicCode))
const toCancel = choosing(async (cast) => {
  const { appointmentId, version } = await aBookingToChange(cast, cast.clinicCode)
  return { appointmentId, version }
})
const cancelling: Variables = async (cast, actor) => {
  const { input } = (await toCancel(cast, actor)) as { input: Record<string, unknown> }
  const { slotId: _, ...wish } = input
  return { input: wish }
}
const elsewhere = (more: object = {}) =>
  keyed(({ changes }) => ({ appointmentId: changes.elsewhere, version: 1, ...because, ...more }))
const notOffered = keyed(({ changes }) => ({
  appointmentId: changes.changeable,
  version: 1,
  slotId: randomUUID(),
  ...because,
}))

const cancelFirst = `mutation C($input: CancelAppointmentInput!) { cancelAppointment(input: $input) { __typename } }`
/** Cancelled by the patient a moment ago. */
const toUndo: Variables = async (cast, actor) => {
  const idempotencyKey = randomUUID()
  if (!patients(actor)) return { input: { idempotencyKey, appointmentId: randomUUID() } }
  const { appointmentId, version } = await aBookingToChange(cast, cast.clinicCode)
  const input = { idempotencyKey: randomUUID(), appointmentId, version, ...because }
  await cast.portal.ask(cast.tokens.patient, cancelFirst, { input })
  return { input: { idempotencyKey, appointmentId } }
}

/** Staff who agree with a time that is gone, or that never was. */
const agreeing = (type: string, answer: (cast: Cast) => Promise<object>): Door[] =>
  outcome('agreeToChangeRequest', type, (cast, actor) =>
    keyed(async () => (actor === 'staff' ? answer(cast) : { requestId: randomUUID(), slotId: 'any' }))(cast, actor),
  )

const free = (within: string): Door[] => [
  {
    at: 'both',
    text: `query Wanted($id: ID!) { ${within} }`,
    variables: ({ changes }) => ({ id: changes.changeable }),
  },
]

/** How each root field about changing an appointment is asked. */
export const changeRootDoors: Record<string, Door[]> = {
  'Query.availableSlots': free('wanted: availableSlots(appointmentId: $id) { __typename }'),
  'Mutation.rescheduleAppointment': [mutation('rescheduleAppointment', toChange)],
  'Mutation.cancelAppointment': [mutation('cancelAppointment', cancelling)],
  'Mutation.undoCancellation': [mutation('undoCancellation', toUndo)],
}

/** What changing, cancelling and undoing come to. */
export const changeOutcomeDoors: Record<string, Door[]> = {
  AvailableSlotConnection: free('availableSlots(appointmentId: $id) { % }'),
  AvailableSlot: free('availableSlots(appointmentId: $id) { nodes { % } }'),
  AppointmentRescheduled: outcome('rescheduleAppointment', 'AppointmentRescheduled', toChange),
  AppointmentCancelled: outcome('cancelAppointment', 'AppointmentCancelled', cancelling),
  CancellationUndone: outcome('undoCancellation', 'CancellationUndone', toUndo),
  SlotTaken: [...outcome('rescheduleAppointment', 'SlotTaken', tooLate), ...agreeing('SlotTaken', anAnswerTooLate)],
  SlotNotOffered: [
    ...outcome('rescheduleAppointment', 'SlotNotOffered', notOffered),
    ...agreeing('SlotNotOffered', async (cast) => ({ ...(await anAnswerTooLate(cast)), slotId: randomUUID() })),
  ],
  CannotReschedule: outcome('rescheduleAppointment', 'CannotReschedule', elsewhere({ slotId: 'any' })),
  CannotCancel: outcome('cancelAppointment', 'CannotCancel', elsewhere()),
  CannotUndo: outcome(
    'undoCancellation',
    'CannotUndo',
    keyed(({ changes }) => ({ appointmentId: changes.elsewhere })),
  ),
  AppointmentHasChanged: outcome(
    'cancelAppointment',
    'AppointmentHasChanged',
    keyed(({ changes }) => ({ appointmentId: changes.changeable, version: 99, ...because })),
  ),
}
