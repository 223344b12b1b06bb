import { randomUUID } from 'node:crypto'
import { Arg, Ctx, Field, Mutation, ObjectType, registerEnumType, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { idempotent } from '../runtime/idempotency.ts'
import { outcomes } from '../runtime/outcome.ts'
import { Problem } from '../runtime/problem.ts'
import { serialise } from '../runtime/serialise.ts'
import { Role } from '../runtime/viewer.ts'
import { isPossibleBirthDate, parseEmail, parseMobile, parsePhone } from './contact.ts'
import { LetterFormat } from './letter-format.ts'
import { personByHospitalNumber, survivorOf } from './merge/records-of-person.ts'
import { parseNhsNumber } from './nhs-number.ts'
import { Patient } from './patient.entity.ts'
import { endSessionsOf } from './patient-sessions.ts'
import { PatientType } from './patient.type.ts'
import { RecordPatientInput } from './record-patient.input.ts'

export enum PatientRecordFlag {
  NHS_NUMBER_DROPPED = 'NHS_NUMBER_DROPPED',
  MOBILE_DROPPED = 'MOBILE_DROPPED',
  EMAIL_DROPPED = 'EMAIL_DROPPED',
  OLDER_THAN_RECORD = 'OLDER_THAN_RECORD',
}
registerEnumType(PatientRecordFlag, {
  name: 'PatientRecordFlag',
  description: 'What somebody at the hospital should know of a message that was taken.',
  valuesConfig: {
    NHS_NUMBER_DROPPED: {
      description: 'The NHS number has a wrong check digit, or is that of another person here. It was not taken.',
    },
    MOBILE_DROPPED: { description: 'The mobile is not a UK mobile number. It was not taken.' },
    EMAIL_DROPPED: { description: 'The e-mail address cannot be one. It was not taken.' },
    OLDER_THAN_RECORD: {
      description: 'The record knows of something later, or was merged into another one. Nothing was changed.',
    },
  },
})

const systems = { roles: [Role.SYSTEM] }

@ObjectType({ description: 'The record says what the hospital says.' })
export class PatientRecorded {
  @Auth(systems)
  @Field(() => PatientType, { description: 'The person.' })
  patient: Patient

  @Auth(systems)
  @Field(() => Boolean, { description: 'True when the person was new here.' })
  created: boolean

  @Auth(systems)
  @Field(() => [PatientRecordFlag], { description: 'What was not taken, and why.' })
  flags: PatientRecordFlag[]

  constructor(patient: Patient, created: boolean, flags: Set<PatientRecordFlag>) {
    this.patient = patient
    this.created = created
    this.flags = [...flags]
  }
}

@ObjectType({ implements: Problem, description: 'The message does not say whom it is about.' })
export class PatientNotIdentified extends Problem {
  override message = 'There is neither a hospital number nor a valid NHS number. Send one of them.'
}

@ObjectType({
  implements: Problem,
  description: 'Something without which a person cannot be recorded is missing or impossible.',
})
export class PatientIncomplete extends Problem {
  @Auth(systems)
  @Field(() => String, { description: 'The input field it is about.' })
  field: string

  constructor(field: string, message: string) {
    super()
    this.field = field
    this.message = message
  }
}

const RecordPatientResult = outcomes('RecordPatientResult', "What came of the hospital's word on a person.", [
  PatientRecorded,
  PatientNotIdentified,
  PatientIncomplete,
])

const longestNumber = 100

/** Creates or refreshes a person by the hospital number, or by the NHS number when there is no other. Older news changes nothing. */
export async function recordPatient(context: Context, input: RecordPatientInput): Promise<typeof RecordPatientResult> {
  const { em, clock } = context
  const flags = new Set<PatientRecordFlag>()
  const nhsNumber = input.nhsNumber ? parseNhsNumber(input.nhsNumber) : undefined
  if (input.nhsNumber && !nhsNumber) flags.add(PatientRecordFlag.NHS_NUMBER_DROPPED)
  const hospitalNumber = input.hospitalNumber?.trim() || undefined
  if (!hospitalNumber && !nhsNumber) return new PatientNotIdentified()
  if (hospitalNumber && hospitalNumber.length > longestNumber)
    return new PatientIncomplete('hospitalNumber', `A hospital number has ${longestNumber} characters at most.`)
  if (input.name && ![...input.name.given, input.name.family].some((it) => it.trim()))
    return new PatientIncomplete('name', 'A name has at least one part.')
  if (input.bornOn && !isPossibleBirthDate(input.bornOn, clock.now()))
    return new PatientIncomplete('bornOn', 'The date of birth is in the future, or more than 130 years ago.')
  for (const number of [hospitalNumber, nhsNumber].filter((it) => it !== undefined).sort()) await serialise(em, number)
  const { known, isRetired } = await find(context, hospitalNumber, nhsNumber)
  if (known && isRetired) return new PatientRecorded(known, false, new Set([PatientRecordFlag.OLDER_THAN_RECORD]))
  if (!known && !input.name) return new PatientIncomplete('name', 'A person who is new here needs a name.')
  if (!known && !input.bornOn) return new PatientIncomplete('bornOn', 'A person who is new here needs a date of birth.')
  if (known && input.eventAt < known.recordedAt)
    return new PatientRecorded(known, false, flags.add(PatientRecordFlag.OLDER_THAN_RECORD))
  const patient = known ?? create(context, input)
  await apply(context, patient, input, { hospitalNumber, nhsNumber }, flags)
  await em.flush()
  return new PatientRecorded(patient, !known, flags)
}

/**
 * By the hospital number; else by an NHS number that no other hospital number has claimed. A record that was merged is
 * retired: who stands for it is known, and not changed by what is said under the old number.
 */
async function find(
  context: Context,
  hospitalNumber: string | undefined,
  nhsNumber: string | undefined,
): Promise<{ known: Patient | null; isRetired: boolean }> {
  const known = hospitalNumber ? await personByHospitalNumber(context, hospitalNumber) : null
  if (known) return { known, isRetired: known.hospitalNumber !== hospitalNumber }
  if (!nhsNumber) return { known, isRetired: false }
  const where = hospitalNumber ? { nhsNumber, hospitalNumber: null } : { nhsNumber }
  const record = await context.em.findOne(Patient, where)
  const survivor = record && (await survivorOf(context, record))
  return { known: survivor, isRetired: survivor !== record }
}

function create({ em }: Context, { eventAt, name, bornOn }: RecordPatientInput): Patient {
  return em.create(Patient, {
    id: randomUUID(),
    given: name?.given ?? [],
    family: name?.family ?? '',
    bornOn: bornOn ?? '',
    addressLines: [],
    recordedAt: eventAt,
  })
}

async function apply(
  context: Context,
  patient: Patient,
  input: RecordPatientInput,
  { hospitalNumber, nhsNumber }: { hospitalNumber: string | undefined; nhsNumber: string | undefined },
  flags: Set<PatientRecordFlag>,
): Promise<void> {
  patient.recordedAt = input.eventAt
  if (hospitalNumber) patient.hospitalNumber = hospitalNumber
  if (input.nhsNumber === null) patient.nhsNumber = null
  if (nhsNumber && (await isFree(context, patient, nhsNumber))) patient.nhsNumber = nhsNumber
  else if (nhsNumber) flags.add(PatientRecordFlag.NHS_NUMBER_DROPPED)
  applyPerson(patient, input)
  applyContact(patient, input, flags)
  applyNeeds(patient, input)
  await applyEnd(context, patient, input)
}

/** Whether a record may have this NHS number. One that was merged into it gives its own up. */
async function isFree(context: Context, patient: Patient, nhsNumber: string): Promise<boolean> {
  const { em } = context
  const holder = await em.findOne(Patient, { nhsNumber, id: { $ne: patient.id } })
  if (!holder) return true
  if ((await survivorOf(context, holder)) !== patient) return false
  holder.nhsNumber = null
  await em.flush()
  return true
}

function applyPerson(patient: Patient, { name, bornOn, sex, address, generalPractice }: RecordPatientInput): void {
  if (name) Object.assign(patient, { title: name.title ?? null, given: name.given, family: name.family })
  if (bornOn) patient.bornOn = bornOn
  if (sex !== undefined) patient.sex = sex
  if (generalPractice !== undefined) patient.generalPractice = generalPractice
  if (address !== undefined)
    Object.assign(patient, { addressLines: address?.lines ?? [], postcode: address?.postcode ?? null })
}

function applyContact(
  patient: Patient,
  { mobile, homePhone, email }: RecordPatientInput,
  flags: Set<PatientRecordFlag>,
): void {
  if (mobile === null) patient.mobile = null
  else if (mobile !== undefined)
    patient.mobile = parseMobile(mobile) ?? (flags.add(PatientRecordFlag.MOBILE_DROPPED), patient.mobile ?? null)
  if (homePhone !== undefined)
    patient.homePhone = homePhone === null ? null : (parsePhone(homePhone) ?? patient.homePhone ?? null)
  if (email === null) patient.email = null
  else if (email !== undefined)
    patient.email = parseEmail(email) ?? (flags.add(PatientRecordFlag.EMAIL_DROPPED), patient.email ?? null)
}

function applyNeeds(
  patient: Patient,
  { preferredLanguage, interpreterLanguage, letterFormat, transport }: RecordPatientInput,
): void {
  if (preferredLanguage !== undefined) patient.preferredLanguage = preferredLanguage
  if (interpreterLanguage !== undefined) patient.interpreterLanguage = interpreterLanguage
  if (letterFormat !== undefined) patient.letterFormat = letterFormat ?? LetterFormat.STANDARD
  if (transport !== undefined) patient.transport = transport ?? false
}

/** Whoever has died, or is kept out of the portal, is logged out at once. */
async function applyEnd(
  context: Context,
  patient: Patient,
  { deceased, sensitive, eventAt }: RecordPatientInput,
): Promise<void> {
  if (deceased !== undefined) patient.deceasedAt = deceased ? (patient.deceasedAt ?? eventAt) : null
  if (sensitive !== undefined) patient.sensitive = sensitive ?? false
  if (patient.deceased || patient.keptOut) await endSessionsOf(context, patient.id)
}

@Resolver()
export class RecordPatient {
  @Auth(systems)
  @Mutation(() => RecordPatientResult, { description: "Records the hospital's word on a person: new, or changed." })
  recordPatient(@Arg('input', () => RecordPatientInput) input: RecordPatientInput, @Ctx() context: Context) {
    return idempotent(context, input, recordPatient)
  }
}
