import { randomUUID } from 'node:crypto'
import { anAppointment } from '../world.ts'
import type { Cast } from './cast.ts'
import { anAnsweredRequest, aRequestInHand, askForChange, type Asking } from './requests.ts'

/** Appointments of the owner's in every state that the matrix asks about, and what was asked of staff about them. */
export async function appointmentsOf(
  asking: Asking,
  clinicCode: string,
): Promise<Pick<Cast, 'appointments' | 'requests'>> {
  const { portal, owner, askingClinicCode } = asking
  const inDays = (days: number, more: object = { arrangements }) => ({
    clinicCode,
    clinician: 'Dr Priya Shah',
    startsAt: new Date(portal.clock.now().getTime() + days * 24 * 3600_000),
    ...more,
  })
  // Transport is booked after they were asked about: then it is too late to ask.
  const toAskAbout = (days: number) => anAppointment(portal, owner, inDays(days, { clinicCode: askingClinicCode }))
  const cancelled = await toAskAbout(10)
  const overtaken = await askForChange(asking, cancelled.id)
  const word = { eventAt: portal.clock.now(), hospitalId: cancelled.hospitalId, patientId: owner.id }
  const cancel = `mutation C($input: RecordCancellationInput!) { recordCancellation(input: $input) { __typename } }`
  await portal.system(cancel, { input: { idempotencyKey: randomUUID(), ...word, reason: 'Strike' } })
  const accepted = await toAskAbout(12)
  const answered = await anAnsweredRequest(asking, accepted.id)
  const inHand = await aRequestInHand(asking, accepted.id)
  await anAppointment(portal, owner, { ...inDays(12), clinicCode: askingClinicCode, hospitalId: accepted.hospitalId })
  return {
    requests: { answered, inHand, overtaken },
    appointments: {
      cancelled,
      open: await anAppointment(portal, owner, inDays(11)),
      accepted,
      toAccept: await anAppointment(portal, owner, inDays(13)),
    },
  }
}

const arrangements = [{ kind: 'TRANSPORT', detail: 'Ambulance car' }]
