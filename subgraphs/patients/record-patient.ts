import { randomUUID } from 'node:crypto'
import { Arg, Ctx, Field, ID, Mutation, ObjectType, registerEnumType, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { idempotent } from '../runtime/idempotency.ts'
import { outcomes } from '../runtime/outcome.ts'
import { Problem } from '../runtime/problem.ts'
import { serialise } from '../runtime/serialise.ts'
import { Role } from '../runtime/viewer.ts'
import { isPossibleBirthDate, parseEmail, parseMobile, parsePhone } from './contact.ts'
import { LetterFormat } from './letter-format.ts'
import { join } from './merge/joining.ts'
import { namedRecord } from './merge/named-record.ts'
import { survivorOf } from './merge/records-of-person.ts'
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
    OLDER_THAN_RECORD: { description: 'The record knows of something later. Nothing was changed.' },
  },
})

const systems = { roles: [Role.SYSTEM] }

@ObjectType({ description: 'The record says what the hospital says.' })
export class PatientRecorded {
  @Auth(systems)
  @Field(() => PatientType, {
    description: 'The person: the surviving record, when the number is that of one merged into it.',
  })
  patient: Patient

  @Auth(systems)
  @Field(() => ID, {
    description:
      'The id under which what the message says beside is to be kept: of the record it names, also when that is merged into another.',
  })
  recordId: string

  @Auth(systems)
  @Field(() => Boolean, { description: 'True when the record was new here.' })
  created: boolean

  @Auth(systems)
  @Field(() => [PatientRecordFlag], { description: 'What was not taken, and why.' })
  flags: PatientRecordFlag[]

  constructor(patient: Patient, recordId: string, created: boolean, flags: Set<PatientRecordFlag>) {
    this.patient = patient
    this.recordId = recordId
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

/**
 * Creates or refreshes a record by the hospital number, or by the NHS number when there is no other. Older news changes nothing. Of
 * a retired record nothing shows while it is merged, but that its person has died, or is kept out.
 */
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
  const { known, merge, into } = await namedRecord(context, hospitalNumber, nhsNumber)
  if (!known && !input.name) return new PatientIncomplete('name', 'A person who is new here needs a name.')
  if (!known && !input.bornOn) return new PatientIncomplete('bornOn', 'A person who is new here needs a date of birth.')
  if (known && input.eventAt < known.recordedAt)
    return recorded(context, known, false, flags.add(PatientRecordFlag.OLDER_THAN_RECORD))
  const record = known ?? create(context, input)
  if (into) record.mergedIntoId = into.id
  await apply(context, record, input, { hospitalNumber, nhsNumber }, flags)
  if (merge && into) await join(context, merge, record, into)
  await em.flush()
  return recorded(context, record, !known, flags)
}

async function recorded(context: Context, record: Patient, created: boolean, flags: Set<PatientRecordFlag>) {
  return new PatientRecorded(await survivorOf(context, record), record.id, created, flags)
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
  if (nhsNumber && !(await takeNhsNumber(context, patient, nhsNumber))) flags.add(PatientRecordFlag.NHS_NUMBER_DROPPED)
  applyPerson(patient, input)
  applyContact(patient, input, flags)
  applyNeeds(patient, input)
  await applyEnd(context, patient, input)
}

/** Of the records of one person the surviving one has the NHS number. Answers false when it is another person's. */
async function takeNhsNumber(context: Context, patient: Patient, nhsNumber: string): Promise<boolean> {
  const { em } = context
  const holder = await em.findOne(Patient, { nhsNumber, id: { $ne: patient.id } })
  const survivor = holder && (await survivorOf(context, patient))
  if (holder && (await survivorOf(context, holder)) !== survivor) return false
  if (holder && survivor !== patient) return true
  if (holder) {
    holder.nhsNumber = null
    await em.flush()
  }
  patient.nhsNumber = nhsNumber
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
