import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { idempotent } from '../../runtime/idempotency.ts'
import { outcomes } from '../../runtime/outcome.ts'
import { DateTime } from '../../runtime/scalars.ts'
import { Role } from '../../runtime/viewer.ts'
import { Patient } from '../patient.entity.ts'
import { PatientType } from '../patient.type.ts'
import { oneMergeAtATime, part } from './joining.ts'
import { PatientMerge } from './patient-merge.entity.ts'
import { PatientsNotMerged } from './patients-not-merged.ts'
import { personByHospitalNumber } from './records-of-person.ts'

@InputType({ description: "The hospital's word (ADT^A37) that two of its records are not of one person after all." })
export class UnmergePatientsInput {
  @Field(() => ID, { description: 'A new UUID for each request; a repeat with the same one does nothing.' })
  idempotencyKey!: string

  @Field(() => DateTime, { description: 'When it happened at the hospital. This decides the order, not the arrival.' })
  eventAt!: Date

  @Field(() => String, { description: 'The number of the record that had stayed.' })
  survivingHospitalNumber!: string

  @Field(() => String, { description: 'The number that is used again.' })
  retiredHospitalNumber!: string
}

@ObjectType({ description: 'The number stands for a record of its own, unless something later is known of it.' })
export class PatientsUnmerged {
  @Auth({ roles: [Role.SYSTEM] })
  @Field(() => PatientType, {
    description:
      'The person whom the number stands for now; the one whose record had stayed, when the number was never seen here.',
  })
  patient: Patient

  constructor(patient: Patient) {
    this.patient = patient
  }
}

const UnmergePatientsResult = outcomes('UnmergePatientsResult', "What came of the hospital's word that one are two.", [
  PatientsUnmerged,
  PatientsNotMerged,
])

/**
 * Undoes a merge. What was recorded under the retired number, before the merge and meanwhile, is of that record and goes with it. What
 * is said of two who were not one is kept, for a merge said before it that comes late.
 */
export async function unmergePatients(
  context: Context,
  input: UnmergePatientsInput,
): Promise<typeof UnmergePatientsResult> {
  const { em } = context
  const [surviving, retired] = [input.survivingHospitalNumber.trim(), input.retiredHospitalNumber.trim()]
  if (!retired) return new PatientsNotMerged('The retired hospital number is missing.')
  await oneMergeAtATime(context, surviving, retired)
  const known = await em.findOne(PatientMerge, { retiredHospitalNumber: retired })
  const isOlder = known && input.eventAt < known.saidAt
  if (!isOlder && known?.merged && known.survivingHospitalNumber !== surviving)
    return new PatientsNotMerged('The retired record is merged into another one than this surviving one.')
  const record = await em.findOne(Patient, { hospitalNumber: retired })
  if (!isOlder) {
    if (known?.merged && record) await part(context, known, record)
    const word = { survivingHospitalNumber: surviving, saidAt: input.eventAt, merged: false }
    Object.assign(known ?? em.create(PatientMerge, { retiredHospitalNumber: retired, ...word }), word)
    await em.flush()
  }
  const person = (await personByHospitalNumber(context, retired)) ?? (await personByHospitalNumber(context, surviving))
  if (!person) return new PatientsNotMerged('Neither hospital number is known here.')
  if (!known) return new PatientsNotMerged('These two hospital numbers were not one. There is nothing to undo.')
  return new PatientsUnmerged(person)
}

@Resolver()
export class UnmergePatients {
  @Auth({ roles: [Role.SYSTEM] })
  @Mutation(() => UnmergePatientsResult, {
    description: "Records the hospital's word that a merge was a mistake: the retired record stands on its own again.",
  })
  unmergePatients(@Arg('input', () => UnmergePatientsInput) input: UnmergePatientsInput, @Ctx() context: Context) {
    return idempotent(context, input, unmergePatients)
  }
}
