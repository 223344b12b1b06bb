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
import { moveToClinic } from '../move-to-clinic.ts'
import { type CheckedPdf, checkPdf } from '../pdfs/check-pdf.ts'
import { flagsOfPdf } from '../pdfs/keep-pdf.ts'
import { HospitalLetter } from './hospital-letter.entity.ts'
import { incompleteLetter } from './incomplete-letter.ts'
import { LetterRecorded } from './letter-recorded.ts'
import { RecordLetterInput } from './record-letter.input.ts'
import { replaceLetter, writeLetter } from './write-letter.ts'

type RecordLetterResult = LetterRecorded | DocumentPatientMismatch | DocumentIncomplete
const RecordLetterResult = outcomes('RecordLetterResult', "What the hospital's word on a letter can come to.", [
  LetterRecorded,
  DocumentPatientMismatch,
  DocumentIncomplete,
])

/** Its PDF is looked into first: that may take seconds, which no transaction should. */
export async function recordLetter(context: Context, input: RecordLetterInput): Promise<RecordLetterResult> {
  const incomplete = incompleteLetter(input)
  const pdf = incomplete ?? (await checkPdf(input.pdf))
  return idempotent(context, input, async function recordLetter(inTransaction, said) {
    return pdf instanceof DocumentIncomplete ? pdf : recordChecked(inTransaction, said, pdf)
  })
}

async function recordChecked(
  context: Context,
  input: RecordLetterInput,
  pdf: CheckedPdf | null,
): Promise<RecordLetterResult> {
  const { em } = context
  const known = await documentHeardOf(em, input.hospitalId)
  if (known && !isOf(known, input)) return new DocumentPatientMismatch()
  if (known && !(known instanceof HospitalLetter))
    return new DocumentIncomplete('hospitalId', 'is that of a test result. Send a letter under an id of its own.')
  if (known?.eventAt && input.eventAt < known.eventAt)
    return new LetterRecorded(known, false, [DocumentRecordFlag.OUT_OF_ORDER])
  const codes = input.clinicCodes ?? []
  const clinic = await (known ? clinicOfKnown(em, known, codes) : clinicOfRecord(em, codes))
  const flags = [...flagsOfPdf(pdf), ...flagsOfClinic(clinic)]
  if (!known) return new LetterRecorded(await writeLetter(context, input, pdf, clinic), true, flags)
  known.eventAt = input.eventAt
  await moveToClinic(em, known, clinic)
  await replaceLetter(context, known, input, pdf)
  return new LetterRecorded(known, false, flags)
}

const flagsOfClinic = ({ known, excluded }: ClinicOfRecord): DocumentRecordFlag[] => [
  ...(known ? [] : [DocumentRecordFlag.CLINIC_UNKNOWN]),
  ...(excluded ? [DocumentRecordFlag.EXCLUDED] : []),
]

@Resolver()
export class RecordLetter {
  @Auth({ roles: [Role.SYSTEM] })
  @Mutation(() => RecordLetterResult, {
    description:
      'Records a letter as the hospital sent it. The same hospitalId replaces the whole letter; an older word changes nothing.',
  })
  recordLetter(
    @Arg('input', () => RecordLetterInput, { description: "The hospital's word." }) input: RecordLetterInput,
    @Ctx() context: Context,
  ) {
    return recordLetter(context, input)
  }
}
