import type { EntityManager } from '@mikro-orm/sql'
import { ExcludedClinic } from './excluded-clinic.entity.ts'
import { HospitalDocument } from './hospital-document.entity.ts'

/** The clinic a record is of, of those its sender named. */
export interface ClinicOfRecord {
  readonly clinicCode: string | null
  /** True when the portal has met it: it wrote another document, or is kept out. */
  readonly known: boolean
  readonly excluded: boolean
}

/**
 * A sender may name several clinics when it cannot tell which: the first that is known, else the first. One that is kept
 * out is enough to keep the record out: what must not be shown is not shown on a guess.
 */
export async function clinicOfRecord(em: EntityManager, codes: readonly string[]): Promise<ClinicOfRecord> {
  const [first = null] = codes
  if (first === null) return { clinicCode: null, known: true, excluded: false }
  const keptOut = await em.find(ExcludedClinic, { code: { $in: [...codes] } })
  const out = codes.find((code) => keptOut.some((clinic) => clinic.code === code))
  if (out !== undefined) return { clinicCode: out, known: true, excluded: true }
  for (const code of codes) {
    const met = await em.findOne(HospitalDocument as never, { clinicCode: code } as never, { fields: ['id'] as never })
    if (met) return { clinicCode: code, known: true, excluded: false }
  }
  return { clinicCode: first, known: false, excluded: false }
}
