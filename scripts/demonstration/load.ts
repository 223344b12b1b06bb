import { randomUUID } from 'node:crypto'
import {
  createGraphClient,
  type GraphClient,
  PatientByHospitalNumberDocument,
  PublishClinicDocument,
  PublishSlotsDocument,
} from '../../client/main.ts'
import {
  amendAppointment,
  bookAppointment,
  cancelAppointment,
  type Envelope,
  registerPatient,
  sendHl7,
} from '../../feeds/main.ts'
import { bookings, type DemonstrationBooking } from './bookings.ts'
import { birthDate, spanOf } from './calendar.ts'
import { askAtDesk } from './ask-at-desk.ts'
import { clinics, type DemonstrationClinic, sites } from './clinics.ts'
import { documentMessages } from './document-messages.ts'
import { type DemonstrationPerson, people } from './people.ts'
import { slotsOf } from './slots.ts'

const largestBatch = 500
/** Registered after everything else: whoever finds them finds the whole. Has no bookings, or these would bring them earlier. */
const lastPerson = people.findLast((person) => !bookings.some((it) => it.hospitalNumber === person.hospitalNumber))

export interface Destination {
  readonly graphUrl: string
  readonly systemSecret: string
  readonly hl7: { readonly host: string; readonly port: number }
  /** ODS code of the trust, as the hospital's system writes it. */
  readonly facility: string
  /** Logs one of the people in. */
  readonly tokenOf: (hospitalNumber: string) => Promise<string>
}

/**
 * Fills an empty portal as a hospital would: clinics and slots by the operations of our own systems, people and bookings by
 * HL7 messages to the listener. Does nothing when whoever comes last is there already; a load that was broken off is done again.
 */
export async function loadDemonstration(destination: Destination): Promise<void> {
  const { graphUrl, systemSecret } = destination
  const graph = createGraphClient({ url: graphUrl, bearer: `system.feeds.${systemSecret}` })
  const known = await graph.read(PatientByHospitalNumberDocument, { hospitalNumber: lastPerson?.hospitalNumber ?? '' })
  if (known.patientByHospitalNumber) return
  for (const clinic of clinics) await publish(graph, clinic)
  const envelope = envelopes(destination.facility)
  await send(destination, messages(envelope))
  await send(destination, await documentMessages(envelope))
  await askAtDesk(destination)
  if (lastPerson) await send(destination, [register(lastPerson, envelope())])
}

async function send({ hl7 }: Destination, hl7Messages: string[]): Promise<void> {
  for (const message of hl7Messages) {
    const { code, lines } = await sendHl7(hl7, message)
    if (code !== 'AA') throw new Error(`The demonstration could not be loaded: ${code} ${lines.join(' ')}`)
  }
}

async function publish(graph: GraphClient, clinic: DemonstrationClinic): Promise<void> {
  const {
    code,
    name,
    specialty,
    mode,
    medium,
    minutes,
    whatToBring,
    preparation,
    team,
    phone,
    site,
    department,
    excluded,
  } = clinic
  const hours = 'Monday to Friday, 8:30am to 5pm'
  const input = {
    idempotencyKey: randomUUID(),
    code,
    name,
    specialty,
    mode,
    medium,
    appointmentMinutes: minutes,
    whatToBring: [...whatToBring],
    preparation: [...preparation],
    contact: { team, phone, hours },
    place: { ...sites[site], department },
    excluded: excluded ?? false,
  }
  await graph.write(PublishClinicDocument, { input })
  const slots = slotsOf(clinic)
  for (let start = 0; start < slots.length; start += largestBatch) {
    const batch = slots.slice(start, start + largestBatch)
    await graph.write(PublishSlotsDocument, { input: { idempotencyKey: randomUUID(), clinicCode: code, slots: batch } })
  }
}

/** When each message was sent: yesterday, a minute after the one before. */
function envelopes(facility: string): () => Envelope {
  const start = Date.now() - 24 * 60 * 60 * 1000
  let minute = 0
  return () => ({ at: new Date(start + (minute += 1) * 60_000), facility })
}

const register = ({ addressLines, postcode, born, ...facts }: DemonstrationPerson, envelope: Envelope) =>
  registerPatient({ ...facts, bornOn: birthDate(born), address: { lines: addressLines, postcode } }, envelope)

/** The hospital's messages, in the order in which it sent them. */
function messages(envelope: () => Envelope): string[] {
  const registered = people.filter((it) => it !== lastPerson).map((person) => register(person, envelope()))
  const booked = bookings.map((booking) => bookAppointment(bookedFor(booking), appointmentOf(booking), envelope()))
  const arranged = bookings.flatMap((booking) => {
    const { id, arranged: { transport = false, interpreter } = {} } = booking
    return booking.arranged ? [amendAppointment(bookedFor(booking), { id, transport, interpreter }, envelope())] : []
  })
  const cancelled = bookings
    .filter((it) => it.cancelledBecause)
    .map((booking) => cancelAppointment(bookedFor(booking), { id: booking.id }, booking.cancelledBecause, envelope()))
  return [...registered, ...booked, ...arranged, ...cancelled]
}

const bookedFor = ({ hospitalNumber }: DemonstrationBooking) => ({ hospitalNumber })

function appointmentOf(booking: DemonstrationBooking) {
  const { id, clinic: clinicCode, clinician, admission } = booking
  const { startsAt, endsAt } = spanOf(booking)
  return {
    id,
    clinicCode,
    startsAt,
    minutes: (endsAt.getTime() - startsAt.getTime()) / 60_000,
    clinician,
    medium: clinics.find((it) => it.code === clinicCode)?.medium,
    kind: admission ? ('ADMISSION' as const) : ('OUTPATIENT' as const),
  }
}
