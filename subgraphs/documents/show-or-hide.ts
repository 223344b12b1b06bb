import type { EntityManager } from '@mikro-orm/sql'
import { HospitalDocument } from './hospital-document.entity.ts'
import { KnownClinic } from './known-clinic.entity.ts'

/** What a clinic wrote comes and goes with it. */
export async function showOrHide(em: EntityManager, { code, excluded }: KnownClinic): Promise<void> {
  await em.upsert(KnownClinic, { code, excluded })
  await em.nativeUpdate(HospitalDocument as never, { clinicCode: code }, { excluded } as never)
}
