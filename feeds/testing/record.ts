import type { RecordAppointmentInput, RecordCancellationInput, RecordPatientInput } from '../../client/main.ts'
import { nhsNumber } from '../reading/nhs-number.ts'

type Outcome = Record<string, unknown> & { __typename: string }

/** What the graph would hold: people and appointments, in memory, with the rules the feeds can see. */
export class RecordInMemory {
  readonly people = new Map<string, RecordPatientInput & { id: string; at: string }>()
  readonly appointments = new Map<
    string,
    RecordAppointmentInput & { at: string; cancelled: boolean; reason?: unknown }
  >()
  readonly clinics = new Set(['CARD1', 'DERM2'])
  readonly keptOut = new Set<string>()

  recordPatient(input: RecordPatientInput): Outcome {
    const flags: string[] = []
    const valid = input.nhsNumber ? nhsNumber(input.nhsNumber) : undefined
    if (input.nhsNumber && !valid) flags.push('NHS_NUMBER_DROPPED')
    if (input.mobile && !/^\+447\d{9}$/.test(input.mobile)) flags.push('MOBILE_DROPPED')
    const key =
      input.hospitalNumber ?? [...this.people.values()].find((it) => valid && it.nhsNumber === valid)?.hospitalNumber
    if (!key) return { __typename: 'PatientNotIdentified', message: 'Nobody was identified.' }
    const known = this.people.get(key)
    if (!known && (!input.name || !input.bornOn))
      return { __typename: 'PatientIncomplete', message: 'Missing.', field: input.name ? 'bornOn' : 'name' }
    const id = known?.id ?? `patient-${this.people.size + 1}`
    if (known && known.at > input.eventAt) flags.push('OLDER_THAN_RECORD')
    else this.people.set(key, { ...known, ...input, ...(valid && { nhsNumber: valid }), id, at: input.eventAt })
    return { __typename: 'PatientRecorded', created: !known, flags, patient: { id } }
  }

  recordAppointment(input: RecordAppointmentInput): Outcome {
    const known = this.appointments.get(input.hospitalId)
    if (input.clinicCode && !this.clinics.has(String(input.clinicCode)))
      return { __typename: 'ClinicNotFound', message: 'No such clinic.' }
    if (known && known.patientId !== input.patientId)
      return { __typename: 'PatientDiffers', message: 'Another patient.' }
    if (this.keptOut.has(String(input.clinicCode))) return { __typename: 'AppointmentKeptOut', message: 'Kept out.' }
    const missing = known ? undefined : !input.clinicCode ? 'clinicCode' : !input.startsAt ? 'startsAt' : undefined
    if (missing) return { __typename: 'AppointmentIncomplete', message: 'Missing.', field: missing }
    const older = known !== undefined && known.at > input.eventAt
    if (!older) this.appointments.set(input.hospitalId, { ...known, ...input, at: input.eventAt, cancelled: false })
    return this.#recorded(input.hospitalId, !known, older)
  }

  recordCancellation(input: RecordCancellationInput): Outcome {
    const known = this.appointments.get(input.hospitalId)
    if (!known) return { __typename: 'AppointmentNotFound', message: 'No such appointment.' }
    if (known.patientId !== input.patientId) return { __typename: 'PatientDiffers', message: 'Another patient.' }
    const older = known.at > input.eventAt
    if (!older) Object.assign(known, { cancelled: true, reason: input.reason, at: input.eventAt })
    return this.#recorded(input.hospitalId, false, older)
  }

  #recorded(id: string, created: boolean, older: boolean): Outcome {
    const flags = older ? ['OLDER_THAN_RECORD'] : []
    return { __typename: 'AppointmentRecorded', created, flags, appointment: { id } }
  }
}
