import { randomUUID } from 'node:crypto'
import {
  createGraphClient,
  type GraphClient,
  PatientByHospitalNumberDocument,
  PublishClinicDocument,
  PublishSlotsDocument,
} from '../../client/main.ts'
import { bookAppointment, cancelAppointment, registerPatient, sendHl7 } from '../../feeds/main.ts'
import { londonInstant, plusDays } from '../../subgraphs/runtime/london.ts'
import { bookings, type DemonstrationBooking } from './bookings.ts'
import { birthDate, plusWeekdays, today } from './calendar.ts'
import { clinics, type DemonstrationClinic, sites } from './clinics.ts'
import { type DemonstrationPerson, people } from './people.ts'

const weeksOfSlots = 8
const largestBatch = 500
/** Registered after everything else: whoever finds them finds the whole. Has no bookings, or these would bring them earlier. */
const lastPerson = people.findLast((person) => !bookings.some((it) => it.hospitalNumber === person.hospitalNumber))

export interface Destination {
  readonly graphUrl: string
  readonly systemSecret: string
  readonly hl7: { readonly host: string; readonly port: number }
  /** ODS code of the trust, as the hospital's system writes it. */
  readonly facility: string
}

/**
 * Fills an empty portal as a hospital would: clinics and slots by the operations of our own systems, people and bookings by
 * HL7 messages to the listener. Does nothing when whoever comes last is there already; a load that was broken off is done again.
 */
export async function loadDemonstration({ graphUrl, systemSecret, hl7, facility }: Destination): Promise<void> {
  const graph = createGraphClient({ url: graphUrl, bearer: `system.feeds.${systemSecret}` })
  const known = await graph.read(PatientByHospitalNumberDocument, { hospitalNumber: lastPerson?.hospitalNumber ?? '' })
  if (known.patientByHospitalNumber) return
  for (const clinic of clinics) await publish(graph, clinic)
  for (const message of messages(facility)) {
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

/** Times on every weekday from tomorrow, for the clinics where a patient may change or ask to. */
function slotsOf({ code, mode, minutes, clinicians }: DemonstrationClinic) {
  if (mode !== 'DIRECT' && mode !== 'REQUEST') return []
  const dates = Array.from({ length: weeksOfSlots * 5 }, (_, day) => plusWeekdays(today(), day + 1))
  return dates.flatMap((date) =>
    clinicians.flatMap((clinician, column) =>
      ['09:00', '10:30', '13:30', '15:00'].map((time) => {
        const startsAt = londonInstant(date, time)
        return {
          hospitalId: `${code}-${column + 1}-${date}-${time.replace(':', '')}`,
          startsAt: startsAt.toISOString(),
          endsAt: new Date(startsAt.getTime() + minutes * 60_000).toISOString(),
          clinician,
        }
      }),
    ),
  )
}

/** The hospital's messages, in the order in which it sent them. */
function messages(facility: string): string[] {
  const start = new Date(Date.now() - 24 * 60 * 60 * 1000)
  let minute = 0
  const envelope = () => ({ at: new Date(start.getTime() + (minute += 1) * 60_000), facility })
  const register = ({ addressLines, postcode, born, ...facts }: DemonstrationPerson) =>
    registerPatient({ ...facts, bornOn: birthDate(born), address: { lines: addressLines, postcode } }, envelope())
  const registered = people.filter((it) => it !== lastPerson).map(register)
  const booked = bookings.map((booking) => bookAppointment(bookedFor(booking), appointmentOf(booking), envelope()))
  const cancelled = bookings
    .filter((it) => it.cancelledBecause)
    .map((booking) => cancelAppointment(bookedFor(booking), { id: booking.id }, booking.cancelledBecause, envelope()))
  return [...registered, ...booked, ...cancelled, ...(lastPerson ? [register(lastPerson)] : [])]
}

const bookedFor = ({ hospitalNumber }: DemonstrationBooking) => ({ hospitalNumber })

function appointmentOf({ id, clinic: clinicCode, workingDays, time, clinician, admission }: DemonstrationBooking) {
  const clinic = clinics.find((it) => it.code === clinicCode)
  const date = plusWeekdays(today(), workingDays)
  const startsAt = londonInstant(date, time)
  const minutes = admission
    ? (londonInstant(plusDays(date, admission.nights), '11:00').getTime() - startsAt.getTime()) / 60_000
    : (clinic?.minutes ?? 30)
  return {
    id,
    clinicCode,
    startsAt,
    minutes,
    clinician,
    medium: clinic?.medium,
    kind: admission ? ('ADMISSION' as const) : ('OUTPATIENT' as const),
  }
}
