import { raw } from '@mikro-orm/core'
import { everything, own, type RowRule, rows } from '../runtime/rows.ts'
import { Role } from '../runtime/viewer.ts'
import { BookingLetter } from './booking-letters/booking-letter.entity.ts'
import { KnownClinic } from './known-clinic.entity.ts'
import { HospitalDocument } from './hospital-document.entity.ts'
import { HospitalLetter } from './letters/hospital-letter.entity.ts'
import { PartnerCopy } from './partners/partner-copy.entity.ts'
import { PartnerDocumentRead } from './partners/partner-document-read.entity.ts'
import { PdfFile } from './pdfs/pdf-file.entity.ts'
import { ReplacedDocument } from './replaced-document.entity.ts'
import { ReleaseStep } from './results/release-step.entity.ts'
import { TestObservation } from './results/test-observation.entity.ts'
import { TestResult } from './results/test-result.entity.ts'

const ownAndNotKeptOut: RowRule = ({ patientIds }) => ({ patientId: { $in: patientIds }, excluded: false })

/** Results, for those who release them: of the clinics they work for, and of no clinic for those who work for all. */
const theirResults: RowRule = ({ scopes }) => {
  if (!scopes.includes('results')) return { id: { $in: [] } }
  return scopes.includes('clinics:*') ? {} : { clinicCode: { $in: codesIn(scopes) } }
}
const codesIn = (scopes: readonly string[]) =>
  scopes.filter((scope) => scope.startsWith('clinic:')).map((scope) => scope.slice('clinic:'.length))
const theirClinics: RowRule = ({ scopes }) =>
  scopes.includes('clinics:*') ? {} : { clinicCode: { $in: codesIn(scopes) } }

/** Files of their clinics; those of results, whose ids name the test, for those who release results. */
const theirFiles: RowRule = (viewer) => {
  if (viewer.scopes.includes('results')) return theirClinics(viewer)
  const ofNoResult = raw(
    (file) => `not exists (select 1 from document where id = ${file}.document_id and form = 'TEST_RESULT')`,
  )
  return { $and: [theirClinics(viewer), { [ofNoResult]: [] }] }
}

/** Who sees which rows of `documents`. What is of a clinic the trust keeps out of the portal is not there for patients. */
export const policy = rows(
  [HospitalDocument as never, { [Role.PATIENT]: ownAndNotKeptOut, [Role.SYSTEM]: everything }],
  [BookingLetter, { [Role.PATIENT]: ownAndNotKeptOut, [Role.SYSTEM]: everything }],
  [HospitalLetter, { [Role.PATIENT]: ownAndNotKeptOut, [Role.SYSTEM]: everything }],
  [TestResult, { [Role.PATIENT]: ownAndNotKeptOut, [Role.STAFF]: theirResults, [Role.SYSTEM]: everything }],
  [TestObservation, { [Role.PATIENT]: own, [Role.STAFF]: theirResults, [Role.SYSTEM]: everything }],
  [ReleaseStep, { [Role.STAFF]: theirResults, [Role.SYSTEM]: everything }],
  [PdfFile, { [Role.PATIENT]: own, [Role.STAFF]: theirFiles, [Role.SYSTEM]: everything }],
  [ReplacedDocument, { [Role.SYSTEM]: everything }],
  [KnownClinic, { [Role.SYSTEM]: everything }],
  [PartnerCopy, { [Role.PATIENT]: own, [Role.SYSTEM]: everything }],
  [PartnerDocumentRead, { [Role.PATIENT]: own, [Role.SYSTEM]: everything }],
)
