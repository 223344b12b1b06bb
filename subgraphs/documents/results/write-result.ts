import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Context } from '../../runtime/context.ts'
import { wordsOf } from '../booking-letters/letter-content.ts'
import type { ClinicOfRecord } from '../clinic-of-record.ts'
import { DocumentKind } from '../document-kind.ts'
import { moveToClinic } from '../move-to-clinic.ts'
import { keepPdf, pdfToKeep } from '../pdfs/keep-pdf.ts'
import { ReplacedDocument } from '../replaced-document.entity.ts'
import { searchable } from '../searchable.ts'
import type { ReadResult } from './read-result.ts'
import type { RecordTestResultInput } from './record-test-result.input.ts'
import { releaseAfterCorrection } from './release-after-correction.ts'
import { rulingOn, settleRelease } from './release-of-record.ts'
import { ReleaseStep } from './release-step.entity.ts'
import { ReleaseAct } from './release-words.ts'
import { saidByResult } from './said-by-result.ts'
import { TestObservation } from './test-observation.entity.ts'
import { TestResult } from './test-result.entity.ts'
import { TestResultStatus } from './test-result-status.ts'

type Sent = Pick<RecordTestResultInput, 'hospitalId' | 'patientId' | 'eventAt' | 'notBefore'>

/** Writes a result that nobody here had heard of. */
export async function writeResult(
  context: Context,
  sent: Sent,
  read: ReadResult,
  clinic: ClinicOfRecord,
): Promise<TestResult> {
  const { em, clock, trust } = context
  const { verdict, opensAt, clinicianOpens } = rulingOn(context, read, sent.notBefore)
  const result = em.create(TestResult, {
    id: randomUUID(),
    kind: DocumentKind.TEST_RESULT,
    patientId: sent.patientId,
    hospitalId: sent.hospitalId,
    trustName: trust.name,
    clinicCode: clinic.clinicCode,
    excluded: clinic.excluded,
    eventAt: sent.eventAt,
    receivedAt: clock.now(),
    ...read.said,
    searchText: wordsToFind(read),
    releaseClass: verdict.class,
    releaseReason: verdict.reason,
    opensAt,
    clinicianOpens,
    releaseSteps: 0,
  })
  writeValues(context, result, read)
  await keepPdf(context, result, read.pdf)
  settleRelease(context, result, ReleaseAct.RECEIVED, false)
  return result
}

/** Takes what the laboratory says now of a result that is known. What it said before is kept. */
export async function replaceResult(context: Context, result: TestResult, sent: Sent, read: ReadResult): Promise<void> {
  const { em, clock } = context
  // Sent without its visit, it still belongs to that.
  const says = { ...read.said, appointmentId: read.said.appointmentId ?? result.appointmentId ?? null }
  const now = clock.now()
  const values = await em.find(TestObservation, { resultId: result.id }, { orderBy: { position: 'asc' } })
  const before = saidByResult(result, values)
  const pdf = await pdfToKeep(context, result)
  const isSame = isDeepStrictEqual(before, { ...says, observations: read.observations })
  if (isSame && (pdf?.sha256 ?? null) === (read.pdf?.sha256 ?? null)) {
    if (sent.notBefore) result.delay(sent.notBefore, now)
    return
  }
  const { id, patientId, opensAt, readAt, releaseReason } = result
  const said = { ...before, opensAt, readAt, releaseReason, pdf }
  em.create(ReplacedDocument, { id: randomUUID(), documentId: id, patientId, said, replacedAt: now })
  const wasOpen = result.isOpen(now)
  if (wasFinal(result) || read.said.resultStatus === TestResultStatus.CORRECTED) result.correctedAt = now
  ruleAgain(context, result, sent, read)
  Object.assign(result, says, { withdrawnAt: null, receivedAt: now, searchText: wordsToFind(read) })
  result.beUnread()
  await em.nativeDelete(TestObservation, { resultId: id })
  writeValues(context, result, read)
  await keepPdf(context, result, read.pdf)
  settleRelease(context, result, ReleaseAct.CORRECTED, wasOpen)
}

const wasFinal = (result: TestResult) => result.isFinished() || result.resultStatus === TestResultStatus.WITHDRAWN

/** A result that had been taken back starts anew: what was decided of it was not decided of this. */
function ruleAgain(context: Context, result: TestResult, { notBefore }: Sent, read: ReadResult): void {
  const { verdict, opensAt, clinicianOpens } = rulingOn(context, read, notBefore)
  const ruled = { releaseClass: verdict.class, releaseReason: verdict.reason, opensAt }
  const { releaseClass, releaseReason } = result
  const before = { releaseClass, releaseReason, opensAt: result.opensAt ?? null, heldUntil: result.heldUntil ?? null }
  const release = result.withdrawnAt ? ruled : releaseAfterCorrection(before, verdict, opensAt, context.clock.now())
  Object.assign(result, { clinicianOpens }, release)
  if (notBefore) result.delay(notBefore, context.clock.now())
}

/** Who sees the result sees what belongs to it, of whichever clinic it is by now. */
export async function moveResult({ em }: Context, result: TestResult, clinic: ClinicOfRecord): Promise<void> {
  if (!(await moveToClinic(em, result, clinic))) return
  const { clinicCode } = clinic
  await em.nativeUpdate(TestObservation, { resultId: result.id }, { clinicCode })
  await em.nativeUpdate(ReleaseStep, { resultId: result.id }, { clinicCode })
}

function writeValues({ em }: Context, { id: resultId, patientId, clinicCode }: TestResult, read: ReadResult): void {
  for (const value of read.observations)
    em.create(TestObservation, { id: randomUUID(), resultId, patientId, clinicCode, ...value })
}

const wordsToFind = ({ said, observations, pdf }: ReadResult) => {
  const names = observations.map(({ name }) => name)
  return searchable(said.title, ...names, ...said.comments, ...wordsOf(said.report), ...wordsOf(pdf?.sections ?? []))
}
