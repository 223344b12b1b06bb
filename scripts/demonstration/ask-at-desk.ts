import { randomUUID } from 'node:crypto'
import { askedFor } from './bookings.ts'
import type { Destination } from './load.ts'
import { operate } from './operate.ts'

const upcoming = `query Upcoming { me { appointments(period: UPCOMING) { nodes { id version clinic { code } } } } }`
const request = `mutation RequestAppointmentChange($input: RequestAppointmentChangeInput!) {
  requestAppointmentChange(input: $input) { __typename }
}`

interface Upcoming {
  me: { appointments: { nodes: { id: string; version: number; clinic: { code: string } }[] } } | null
}

/** One of the people asks staff for another time, as they would on the site. Asked before, it is asked already. */
export async function askAtDesk({ graphUrl, tokenOf }: Pick<Destination, 'graphUrl' | 'tokenOf'>): Promise<void> {
  const token = await tokenOf(askedFor.hospitalNumber)
  const { me } = await operate<Upcoming>(graphUrl, token, upcoming)
  const appointment = me?.appointments.nodes.find(({ clinic }) => clinic.code === askedFor.clinic)
  if (!appointment) throw new Error('The demonstration could not be loaded: there is no appointment to ask about.')
  const { id: appointmentId, version } = appointment
  await operate(graphUrl, token, request, {
    input: {
      idempotencyKey: randomUUID(),
      appointmentId,
      version,
      reason: 'WORK_OR_STUDY',
      preferredDays: ['MONDAY', 'TUESDAY'],
      preferredTimes: ['AFTERNOON'],
      unavailable: 'I am away in the second week of next month.',
    },
  })
}
