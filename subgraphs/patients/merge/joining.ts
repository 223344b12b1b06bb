import type { Context } from '../../runtime/context.ts'
import { serialise } from '../../runtime/serialise.ts'
import { Patient } from '../patient.entity.ts'
import { endSessionsOf } from '../patient-sessions.ts'
import type { PatientMerge } from './patient-merge.entity.ts'
import { survivorOf } from './records-of-person.ts'

/** Merges are rare and touch whole chains of records: one after the other. */
export async function oneMergeAtATime({ em }: Context, ...numbers: string[]): Promise<void> {
  await serialise(em, 'patient merges')
  for (const number of [...numbers].sort()) await serialise(em, number)
}

/** Makes the retired record the surviving one, whose word alone is shown from now on. Nobody stays logged in to the retired one. */
export async function join(context: Context, merge: PatientMerge, retired: Patient, into: Patient): Promise<void> {
  retired.mergedIntoId = into.id
  const survivor = await survivorOf(context, into)
  if (retired.nhsNumber && !survivor.nhsNumber) {
    merge.nhsNumber = retired.nhsNumber
    await moveNhsNumber(context, merge.nhsNumber, retired, survivor)
  }
  await endSessionsOf(context, retired.id)
  await heedFormer(context, into)
}

/** Lets a record stand on its own again, with the NHS number it had brought. */
export async function part(context: Context, merge: PatientMerge, retired: Patient): Promise<void> {
  const { em } = context
  const into = await em.findOneOrFail(Patient, retired.mergedIntoId ?? '')
  const survivor = await survivorOf(context, into)
  retired.mergedIntoId = null
  // One that was told of the retired record meanwhile is its own.
  const nhsNumber = retired.nhsNumber == null ? merge.nhsNumber : null
  merge.nhsNumber = null
  const holder = nhsNumber ? await em.findOne(Patient, { nhsNumber }) : null
  if (nhsNumber && (!holder || holder === survivor)) await moveNhsNumber(context, nhsNumber, survivor, retired)
  await heedFormer(context, into)
}

/** In two steps: no two records have the same, not even for a moment. */
async function moveNhsNumber({ em }: Context, nhsNumber: string, from: Patient, to: Patient): Promise<void> {
  if (from.nhsNumber === nhsNumber) from.nhsNumber = null
  await em.flush()
  to.nhsNumber = nhsNumber
}

/** Has a record, and those it was merged into, heed what the records merged into it say: died, or kept out. */
async function heedFormer(context: Context, first: Patient): Promise<void> {
  const { em } = context
  // Always the last that is waited for, so that nobody waits in a circle.
  await serialise(em, 'what former records say')
  for (let record: Patient | null = first; record;) {
    await em.flush()
    const former = await em.find(Patient, { mergedIntoId: record.id })
    record.formerDeceased = former.some((it) => it.deceased)
    record.formerSensitive = former.some((it) => it.keptOut)
    if (record.deceased || record.keptOut) await endSessionsOf(context, record.id)
    record = record.mergedIntoId == null ? null : await em.findOneOrFail(Patient, record.mergedIntoId)
  }
}
