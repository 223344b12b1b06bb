import { LockMode } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/sql'
import { AnyDocument, type HospitalDocument } from './hospital-document.entity.ts'

/** What every word of the hospital on one document says: which, and whose. */
export interface WordOnDocument {
  readonly hospitalId: string
  readonly patientId: string
  readonly formerPatientIds?: string[] | null
}

/** The document that the hospital speaks of, locked until the transaction ends. Null when nobody here has heard of it. */
export async function documentHeardOf(em: EntityManager, hospitalId: string): Promise<HospitalDocument | null> {
  return em.findOne(AnyDocument, { hospitalId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
}

/** True when it is kept under the id of this person, or of a record that was merged into theirs. */
export const isOf = (document: HospitalDocument, { patientId, formerPatientIds }: WordOnDocument): boolean =>
  document.patientId === patientId || (formerPatientIds?.includes(document.patientId) ?? false)
