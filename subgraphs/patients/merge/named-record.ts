import type { Context } from '../../runtime/context.ts'
import { Patient } from '../patient.entity.ts'
import { PatientMerge } from './patient-merge.entity.ts'

/** The record a message names, which need not be known yet; and when its number is retired, the merge that retired it. */
export interface NamedRecord {
  known: Patient | null
  merge: PatientMerge | null
  /** The record it was merged into. */
  into: Patient | null
}

/**
 * The record itself, also one that is retired: what is said under its number is said of it, for the day on which the merge turns
 * out to be a mistake. A message by NHS number alone names the record that has the number at that moment.
 */
export async function namedRecord(
  context: Context,
  hospitalNumber: string | undefined,
  nhsNumber: string | undefined,
): Promise<NamedRecord> {
  const { em } = context
  const known = await byNumbers(context, hospitalNumber, nhsNumber)
  const retiredHospitalNumber = hospitalNumber ?? known?.hospitalNumber
  const retired = retiredHospitalNumber != null && { retiredHospitalNumber, merged: true }
  const merge = retired ? await em.findOne(PatientMerge, retired) : null
  const into = merge && (await em.findOneOrFail(Patient, { hospitalNumber: merge.survivingHospitalNumber }))
  return { known, merge, into }
}

/** By the hospital number; else by an NHS number that no other hospital number has claimed. */
async function byNumbers(
  { em }: Context,
  hospitalNumber: string | undefined,
  nhsNumber: string | undefined,
): Promise<Patient | null> {
  const known = hospitalNumber === undefined ? null : await em.findOne(Patient, { hospitalNumber })
  if (known || nhsNumber === undefined) return known
  return em.findOne(Patient, hospitalNumber === undefined ? { nhsNumber } : { nhsNumber, hospitalNumber: null })
}
