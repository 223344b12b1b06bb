import { raw } from '@mikro-orm/core'
import { grantedIds } from '../runtime/grant.ts'
import { everything, own, type RowRule, rows } from '../runtime/rows.ts'
import { Role, type Viewer } from '../runtime/viewer.ts'
import { BookingLetter } from './booking-letters/booking-letter.entity.ts'
import { KnownClinic } from './known-clinic.entity.ts'
import { HospitalDocument } from './hospital-document.entity.ts'
import { HospitalLetter } from './letters/hospital-letter.entity.ts'
import { PartnerCopy } from './partners/partner-copy.entity.ts'
import { PartnerDocumentRead } from './partners/partner-document-read.entity.ts'
import { PdfFile } from './pdfs/pdf-file.entity.ts'
import { ReplacedDocument } from './replaced-document.entity.ts'
import { ReleaseStep } from './results/release-step.entity.ts'
import { resultScope } from './results/shown-of-result.ts'
import { TestObservation } from './results/test-observation.entity.ts'
import { TestResult } from './results/test-result.entity.ts'
import { documentScope } from './shown-of-document.ts'

const ownAndNotKeptOut: RowRule = ({ patientIds }) => ({ patientId: { $in: patientIds }, excluded: false })

/** Those who share letters, or results, with a partner that is registered to read them. */
const sharersOfLetters = (viewer: Viewer) => sharers(viewer, 'LETTERS', [documentScope])
const sharersOfResults = (viewer: Viewer) => sharers(viewer, 'RESULTS', [documentScope, resultScope])
const sharers = (viewer: Viewer, category: string, scopes: readonly string[]) =>
  scopes.every((scope) => viewer.scopes.includes(scope)) ? grantedIds(viewer, category) : []

const sharedLetters: RowRule = (viewer) => ({ patientId: { $in: sharersOfLetters(viewer) }, excluded: false })
const sharedResults: RowRule = (viewer) => ({ patientId: { $in: sharersOfResults(viewer) }, excluded: false })
const sharedValues: RowRule = (viewer) => ({ patientId: { $in: sharersOfResults(viewer) } })
/** Of a person who shares one and not the other, the one. */
const sharedDocuments: RowRule = (viewer) => ({
  excluded: false,
  $or: [
    { patientId: { $in: sharersOfLetters(viewer) }, form: { $ne: 'TEST_RESULT' } },
    { patientId: { $in: sharersOfResults(viewer) }, form: 'TEST_RESULT' },
  ],
})

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
  return { $and: [theirClinics(viewer), ofNoResult()] }
}
const ofResult = (file: string) =>
  `exists (select 1 from document where id = ${file}.document_id and form = 'TEST_RESULT')`
const ofNoResult = () => ({ [raw((file) => `not ${ofResult(file)}`)]: [] })

/** Files of letters that are shared, and of results that are. */
const sharedFiles: RowRule = (viewer) => ({
  $or: [
    { $and: [{ patientId: { $in: sharersOfLetters(viewer) } }, ofNoResult()] },
    { $and: [{ patientId: { $in: sharersOfResults(viewer) } }, { [raw(ofResult)]: [] }] },
  ],
})

/** Who sees which rows of `documents`. What is of a clinic the trust keeps out of the portal is not there for patients. */
export const policy = rows(
  [
    HospitalDocument as never,
    { [Role.PATIENT]: ownAndNotKeptOut, [Role.PARTNER]: sharedDocuments, [Role.SYSTEM]: everything },
  ],
  [BookingLetter, { [Role.PATIENT]: ownAndNotKeptOut, [Role.PARTNER]: sharedLetters, [Role.SYSTEM]: everything }],
  [HospitalLetter, { [Role.PATIENT]: ownAndNotKeptOut, [Role.PARTNER]: sharedLetters, [Role.SYSTEM]: everything }],
  [
    TestResult,
    {
      [Role.PATIENT]: ownAndNotKeptOut,
      [Role.PARTNER]: sharedResults,
      [Role.STAFF]: theirResults,
      [Role.SYSTEM]: everything,
    },
  ],
  [
    TestObservation,
    { [Role.PATIENT]: own, [Role.PARTNER]: sharedValues, [Role.STAFF]: theirResults, [Role.SYSTEM]: everything },
  ],
  [ReleaseStep, { [Role.STAFF]: theirResults, [Role.SYSTEM]: everything }],
  [PdfFile, { [Role.PATIENT]: own, [Role.PARTNER]: sharedFiles, [Role.STAFF]: theirFiles, [Role.SYSTEM]: everything }],
  [ReplacedDocument, { [Role.SYSTEM]: everything }],
  [KnownClinic, { [Role.SYSTEM]: everything }],
  [PartnerCopy, { [Role.PATIENT]: own, [Role.SYSTEM]: everything }],
  [PartnerDocumentRead, { [Role.PATIENT]: own, [Role.SYSTEM]: everything }],
)
