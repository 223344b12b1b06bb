import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { idempotent } from '../../runtime/idempotency.ts'
import { outcomes } from '../../runtime/outcome.ts'
import { DateTime } from '../../runtime/scalars.ts'
import { Role } from '../../runtime/viewer.ts'
import { Patient } from '../patient.entity.ts'
import { PatientType } from '../patient.type.ts'
import { join, oneMergeAtATime, part } from './joining.ts'
import { PatientMerge } from './patient-merge.entity.ts'
import { PatientsNotMerged } from './patients-not-merged.ts'
import { survivorOf } from './records-of-person.ts'

@InputType({ description: "The hospital's word (ADT^A40) that two of its records are of one person." })
export class MergePatientsInput {
  @Field(() => ID, { description: 'A new UUID for each request; a repeat with the same one does nothing.' })
  idempotencyKey!: string

  @Field(() => DateTime, { description: 'When it happened at the hospital. This decides the order, not the arrival.' })
  eventAt!: Date

  @Field(() => String, { description: 'The number of the record that stays.' })
  survivingHospitalNumber!: string

  @Field(() => String, {
    description: 'The number that is no longer used. It need not be known here: it is remembered.',
  })
  retiredHospitalNumber!: string
}

const systems = { roles: [Role.SYSTEM] }

@ObjectType({ description: 'The retired number stands for the surviving record.' })
export class PatientsMerged {
  @Auth(systems)
  @Field(() => PatientType, { description: 'The person whom the surviving number stands for now.' })
  patient: Patient

  @Auth(systems)
  @Field(() => Boolean, {
    description: 'False when nothing was changed: they were one already, or something later is known of the number.',
  })
  changed: boolean

  constructor(patient: Patient, changed: boolean) {
    this.patient = patient
    this.changed = changed
  }
}

const MergePatientsResult = outcomes('MergePatientsResult', "What came of the hospital's word that two are one.", [
  PatientsMerged,
  PatientsNotMerged,
])

/** Makes the retired record the surviving one: its appointments and letters become theirs, its details are not shown. */
export async function mergePatients(context: Context, input: MergePatientsInput): Promise<typeof MergePatientsResult> {
  const { em } = context
  const [surviving, retired] = [input.survivingHospitalNumber.trim(), input.retiredHospitalNumber.trim()]
  if (!retired) return new PatientsNotMerged('The retired hospital number is missing.')
  await oneMergeAtATime(context, surviving, retired)
  const into = await em.findOne(Patient, { hospitalNumber: surviving })
  if (!into) return new PatientsNotMerged('The surviving hospital number is not known here. Record the person first.')
  const known = await em.findOne(PatientMerge, { retiredHospitalNumber: retired })
  const isOne = known?.merged && known.survivingHospitalNumber === surviving
  const isOlder = known && input.eventAt < known.saidAt
  if (isOne && !isOlder) known.saidAt = input.eventAt
  if (isOne || isOlder) return new PatientsMerged(await survivorOf(context, into), false)
  if (await leadsTo(context, surviving, retired))
    return new PatientsNotMerged('The surviving record is itself merged into the retired one. Undo that merge first.')
  const record = await em.findOne(Patient, { hospitalNumber: retired })
  if (known?.merged && record) await part(context, known, record)
  const word = { survivingHospitalNumber: surviving, saidAt: input.eventAt, merged: true }
  const merge = known ?? em.create(PatientMerge, { retiredHospitalNumber: retired, ...word })
  Object.assign(merge, word)
  if (record) await join(context, merge, record, into)
  await em.flush()
  return new PatientsMerged(await survivorOf(context, into), true)
}

/** Whether a number was merged, in however many steps, into another; a number leads to itself. */
async function leadsTo({ em }: Context, from: string, to: string): Promise<boolean> {
  for (let number: string | undefined = from; number !== undefined;) {
    if (number === to) return true
    const merge: PatientMerge | null = await em.findOne(PatientMerge, { retiredHospitalNumber: number, merged: true })
    number = merge?.survivingHospitalNumber
  }
  return false
}

@Resolver()
export class MergePatients {
  @Auth(systems)
  @Mutation(() => MergePatientsResult, {
    description:
      "Records the hospital's word that two of its records are of one person: from now on the retired one is the surviving one.",
  })
  mergePatients(@Arg('input', () => MergePatientsInput) input: MergePatientsInput, @Ctx() context: Context) {
    return idempotent(context, input, mergePatients)
  }
}
