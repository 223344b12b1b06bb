import type {
  MergePatientsInput,
  RecordAdmissionInput,
  RecordAppointmentInput,
  RecordArrangementsInput,
  RecordAttendanceInput,
  RecordCancellationInput,
  RecordPatientInput,
} from '../../client/main.ts'
import { nhsNumber } from '../reading/nhs-number.ts'

type Outcome = Record<string, unknown> & { __typename: string }

/** What the graph would hold: people and appointments, in memory, with the rules the feeds can see. */
export class RecordInMemory {
  readonly people = new Map<string, RecordPatientInput & { id: string; at: string }>()
  readonly appointments = new Map<
    string,
    RecordAppointmentInput & { at: string; cancelled: boolean; reason?: unknown; attendance?: string }
  >()
  readonly stays = new Map<string, RecordAdmissionInput>()
  /** Which number leads to which. */
  readonly merges = new Map<string, string>()
  /** Appointments the patient changed in the portal meanwhile. */
  readonly changedByPatient = new Set<string>()
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
    return this.#patientRecorded(key, !known, flags)
  }

  mergePatients({ survivingHospitalNumber, retiredHospitalNumber }: MergePatientsInput): Outcome {
    const survivor = this.people.get(this.#survivor(survivingHospitalNumber))
    if (!survivor || survivor.hospitalNumber === retiredHospitalNumber)
      return { __typename: 'PatientsNotMerged', message: 'The surviving number is unknown.' }
    this.merges.set(retiredHospitalNumber, survivingHospitalNumber)
    return { __typename: 'PatientsMerged', changed: true, patient: { id: survivor.id } }
  }

  unmergePatients({ survivingHospitalNumber, retiredHospitalNumber }: MergePatientsInput): Outcome {
    if (this.merges.get(retiredHospitalNumber) !== survivingHospitalNumber)
      return { __typename: 'PatientsNotMerged', message: 'They were not one.' }
    this.merges.delete(retiredHospitalNumber)
    return { __typename: 'PatientsUnmerged', patient: { id: this.people.get(survivingHospitalNumber)?.id } }
  }

  /** A person with the appointments and stays the portal knows. */
  patient(id: string): Outcome | null {
    if (![...this.people.values()].some((it) => it.id === id)) return null
    const all = [...this.appointments.values(), ...this.stays.values()].filter(({ patientId }) => patientId === id)
    const nodes = all.map(({ hospitalId }) => ({ id: `appointment-${hospitalId}`, hospitalId }))
    const appointments = ({ period }: { period: string }) => ({ nodes: period === 'UPCOMING' ? nodes : [] })
    return { __typename: 'Patient', id, appointments }
  }

  recordAppointment(input: RecordAppointmentInput): Outcome {
    const known = this.appointments.get(input.hospitalId)
    if (input.clinicCode && !this.clinics.has(String(input.clinicCode)))
      return { __typename: 'ClinicNotFound', message: 'No such clinic.' }
    if (known && isAnothers(known, input)) return { __typename: 'PatientDiffers', message: 'Another patient.' }
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
    if (isAnothers(known, input)) return { __typename: 'PatientDiffers', message: 'Another patient.' }
    const older = known.at > input.eventAt
    if (!older) Object.assign(known, { cancelled: true, reason: input.reason, at: input.eventAt })
    return this.#recorded(input.hospitalId, false, older)
  }

  recordAttendance(input: RecordAttendanceInput): Outcome {
    return this.#amend(input, { attendance: input.attendance })
  }

  recordArrangements(input: RecordArrangementsInput): Outcome {
    return this.#amend(input, { arrangements: input.arrangements })
  }

  recordAdmission(input: RecordAdmissionInput): Outcome {
    const known = this.stays.get(input.hospitalId)
    if ((this.appointments.get(input.hospitalId)?.kind ?? 'ADMISSION') !== 'ADMISSION')
      return { __typename: 'AppointmentIncomplete', message: 'No stay.', field: 'hospitalId' }
    if (!known && ['ADMISSION_CANCELLED', 'PLAN_CANCELLED', 'DISCHARGE_CANCELLED'].includes(input.step))
      return { __typename: 'AppointmentNotFound', message: 'No such stay.' }
    if (!known && input.step === 'PLANNED' && !input.expectedAt)
      return { __typename: 'AppointmentIncomplete', message: 'Missing.', field: 'expectedAt' }
    if (known && isAnothers(known, input)) return { __typename: 'PatientDiffers', message: 'Another patient.' }
    const older = known !== undefined && known.eventAt > input.eventAt
    if (!older) this.stays.set(input.hospitalId, { ...known, ...input })
    return this.#recorded(input.hospitalId, !known, older)
  }

  #amend(input: RecordAttendanceInput | RecordArrangementsInput, change: object): Outcome {
    const known = this.appointments.get(input.hospitalId)
    if (!known) return { __typename: 'AppointmentNotFound', message: 'No such appointment.' }
    if (isAnothers(known, input)) return { __typename: 'PatientDiffers', message: 'Another patient.' }
    const older = known.at > input.eventAt
    if (!older) Object.assign(known, change, { at: input.eventAt })
    return this.#recorded(input.hospitalId, false, older)
  }

  #survivor(number: string): string {
    const next = this.merges.get(number)
    return next === undefined ? number : this.#survivor(next)
  }

  #patientRecorded(key: string, created: boolean, flags: string[]): Outcome {
    const hospitalNumber = this.#survivor(key)
    const recordId = this.people.get(key)?.id
    const former = [...this.merges.keys()].filter((it) => this.#survivor(it) === hospitalNumber)
    const formerIds = former.flatMap((it) => this.people.get(it)?.id ?? [])
    const { id, name, bornOn, nhsNumber } = this.people.get(hospitalNumber) ?? {}
    const patient = { id, hospitalNumber, formerIds, name, bornOn, nhsNumber }
    return { __typename: 'PatientRecorded', created, flags, recordId, patient }
  }

  #recorded(id: string, created: boolean, older: boolean): Outcome {
    const flags = [
      ...(older ? ['OLDER_THAN_RECORD'] : []),
      ...(this.changedByPatient.has(id) ? ['CONFLICTS_WITH_PATIENT'] : []),
    ]
    return { __typename: 'AppointmentRecorded', created, flags, appointment: { id } }
  }
}

interface Owned {
  patientId: string | number
  formerPatientIds?: (string | number)[] | null | undefined
}
const isAnothers = (known: Owned, { patientId, formerPatientIds }: Owned) =>
  known.patientId !== patientId && !formerPatientIds?.includes(known.patientId)
