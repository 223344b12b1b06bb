import type { EntityManager } from '@mikro-orm/sql'
import { serialise } from '../runtime/serialise.ts'
import { nameOfClinic } from './clinic-of-record.ts'
import { AnyDocument } from './hospital-document.entity.ts'
import { KnownClinic } from './known-clinic.entity.ts'

/** What a clinic wrote comes and goes with it. */
export async function showOrHide(em: EntityManager, { code, excluded }: KnownClinic): Promise<void> {
  await serialise(em, nameOfClinic(code))
  await em.upsert(KnownClinic, { code, excluded })
  await em.nativeUpdate(AnyDocument, { clinicCode: code }, { excluded })
}
