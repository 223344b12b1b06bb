import { batched } from '../../runtime/batch.ts'
import type { Context } from '../../runtime/context.ts'
import { Patient } from '../patient.entity.ts'
import { PatientMerge } from './patient-merge.entity.ts'

/** More than any person has records. What refuses circles is the merge; this keeps a mistake there from going on for ever. */
const longestChain = 50

/** The record that stands for this one: itself, or the last of those it was merged into. */
export async function survivorOf({ em }: Pick<Context, 'em'>, patient: Patient): Promise<Patient> {
  let survivor = patient
  for (let step = 0; survivor.mergedIntoId != null; step += 1) {
    if (step === longestChain) throw new Error('patients: records are merged in a circle')
    survivor = await em.findOneOrFail(Patient, survivor.mergedIntoId)
  }
  return survivor
}

/** A person by any id their record has had. Asked for one by one, read together. */
export const personById = batched(async (context, ids) => {
  const records = await context.em.find(Patient, { id: { $in: [...ids] } })
  const found = new Map<string, Patient>()
  for (const record of records) found.set(record.id, await survivorOf(context, record))
  return found
})

/** A person by any hospital number their record has had, also one that was merged before it was ever seen here. */
export async function personByHospitalNumber({ em }: Context, hospitalNumber: string): Promise<Patient | null> {
  let number = hospitalNumber
  for (let step = 0; step <= longestChain; step += 1) {
    const record = await em.findOne(Patient, { hospitalNumber: number })
    if (record && record.mergedIntoId == null) return record
    const merge = await em.findOne(PatientMerge, { retiredHospitalNumber: number, merged: true })
    if (!merge) return record
    number = merge.survivingHospitalNumber
  }
  throw new Error('patients: hospital numbers are merged in a circle')
}

/** The ids of the records that were merged into each of these, however many steps away. */
export async function formerIdsOf({ em }: Pick<Context, 'em'>, ids: readonly string[]): Promise<Map<string, string[]>> {
  const survivorOfId = new Map(ids.map((id) => [id, id]))
  const former = new Map<string, string[]>(ids.map((id) => [id, []]))
  for (let newest = [...ids], step = 0; newest.length && step < longestChain; step += 1) {
    const records = await em.find(Patient, { mergedIntoId: { $in: newest } }, { orderBy: { id: 'asc' } })
    for (const { id, mergedIntoId } of records) {
      const survivorId = survivorOfId.get(mergedIntoId ?? '') ?? ''
      survivorOfId.set(id, survivorId)
      former.get(survivorId)?.push(id)
    }
    newest = records.map(({ id }) => id)
  }
  return former
}
export const formerIds = batched<string[]>(formerIdsOf)
