import type { EntityManager } from '@mikro-orm/sql'
import type { ClinicOfRecord } from './clinic-of-record.ts'
import type { HospitalDocument } from './hospital-document.entity.ts'
import { PdfFile } from './pdfs/pdf-file.entity.ts'

/** The clinic of a document may be another by now: whoever sees the document sees its PDF. True when it is. */
export async function moveToClinic(
  em: EntityManager,
  document: HospitalDocument,
  { clinicCode, excluded }: ClinicOfRecord,
): Promise<boolean> {
  document.excluded = excluded
  if (document.clinicCode === clinicCode) return false
  document.clinicCode = clinicCode
  await em.nativeUpdate(PdfFile, { documentId: document.id }, { clinicCode })
  return true
}
