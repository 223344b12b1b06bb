import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { idempotent } from '../../runtime/idempotency.ts'
import { outcomes } from '../../runtime/outcome.ts'
import { Role } from '../../runtime/viewer.ts'
import { clinicOfKnown, type ClinicOfRecord, clinicOfRecord } from '../clinic-of-record.ts'
import { documentHeardOf, isOf } from '../document-heard-of.ts'
import { DocumentIncomplete } from '../document-incomplete.ts'
import { DocumentPatientMismatch } from '../document-patient-mismatch.ts'
import { DocumentRecordFlag } from '../document-record-flag.ts'
import { type CheckedPdf, checkPdf } from '../pdfs/check-pdf.ts'
import { flagsOfPdf } from '../pdfs/keep-pdf.ts'
import { incompleteResult } from './incomplete-result.ts'
import { finality } from './read-status.ts'
import { type ReadResult, readResult } from './read-result.ts'
import { RecordTestResultInput } from './record-test-result.input.ts'
import { TestResult } from './test-result.entity.ts'
import { TestResultRecorded } from './test-result-recorded.ts'
import { TestResultStatus } from './test-result-status.ts'
import { withdrawResult } from './withdraw-result.ts'
import { moveResult, replaceResult, writeResult } from './write-result.ts'

export const RecordTestResultResult = outcomes(
  'RecordTestResultResult',
  "What the laboratory's word on a result can come to.",
  [TestResultRecorded, DocumentPatientMismatch, DocumentIncomplete],
)

/** Its PDF is looked into first: that may take seconds, which no transaction should. */
export async function recordTestResult(
  context: Context,
  input: RecordTestResultInput,
): Promise<typeof RecordTestResultResult> {
  const incomplete = incompleteResult(input)
  const pdf = incomplete ?? (await checkPdf(input.pdf))
  return idempotent(context, input, async function recordTestResult(inTransaction, said) {
    return pdf instanceof DocumentIncomplete ? pdf : recordChecked(inTransaction, said, pdf)
  })
}

async function recordChecked(
  context: Context,
  input: RecordTestResultInput,
  pdf: CheckedPdf | null,
): Promise<typeof RecordTestResultResult> {
  const { em } = context
  const read = readResult(input, pdf)
  const known = await documentHeardOf(em, input.hospitalId)
  if (!known) {
    const clinic = await clinicOfRecord(em, input.clinicCodes ?? [])
    return new TestResultRecorded(await writeResult(context, input, read, clinic), true, flagsOf(read, clinic))
  }
  if (!isOf(known, input)) return new DocumentPatientMismatch()
  if (!(known instanceof TestResult))
    return new DocumentIncomplete('hospitalId', 'is that of a letter. Send a result under an id of its own.')
  if (isOlder(input.eventAt, read, known))
    return new TestResultRecorded(known, false, [DocumentRecordFlag.OUT_OF_ORDER])
  const clinic = await clinicOfKnown(em, known, input.clinicCodes ?? [])
  known.eventAt = input.eventAt
  await moveResult(context, known, clinic)
  if (read.said.resultStatus === TestResultStatus.WITHDRAWN) withdrawResult(context, known)
  else await replaceResult(context, known, input, read)
  return new TestResultRecorded(known, false, flagsOf(read, clinic))
}

/** Of two words of one instant the more final one is the later: clocks of hospitals know minutes. */
function isOlder(eventAt: Date, { said }: ReadResult, known: TestResult): boolean {
  const heard = known.eventAt?.getTime() ?? 0
  if (eventAt.getTime() !== heard) return eventAt.getTime() < heard
  return finality(said.resultStatus) < finality(known.resultStatus)
}

const flagsOf = ({ isRead, pdf }: ReadResult, { known, excluded }: ClinicOfRecord): DocumentRecordFlag[] => [
  ...flagsOfPdf(pdf),
  ...(isRead ? [] : [DocumentRecordFlag.VALUES_UNREAD]),
  ...(known ? [] : [DocumentRecordFlag.CLINIC_UNKNOWN]),
  ...(excluded ? [DocumentRecordFlag.EXCLUDED] : []),
]

@Resolver()
export class RecordTestResult {
  @Auth({ roles: [Role.SYSTEM] })
  @Mutation(() => RecordTestResultResult, {
    description:
      'Records a test result as the laboratory sent it. The same hospitalId replaces the whole; an older word changes nothing.',
  })
  recordTestResult(
    @Arg('input', () => RecordTestResultInput, { description: "The laboratory's word." }) input: RecordTestResultInput,
    @Ctx() context: Context,
  ) {
    return recordTestResult(context, input)
  }
}
