import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Context } from '../../runtime/context.ts'
import { type LetterSection, wordsOf } from '../booking-letters/letter-content.ts'
import type { ClinicOfRecord } from '../clinic-of-record.ts'
import type { CheckedPdf } from '../pdfs/check-pdf.ts'
import { keepPdf, pdfToKeep } from '../pdfs/keep-pdf.ts'
import { ReplacedDocument } from '../replaced-document.entity.ts'
import { searchable } from '../searchable.ts'
import { HospitalLetter } from './hospital-letter.entity.ts'
import type { RecordLetterInput } from './record-letter.input.ts'

/** What a letter says, of everything that was sent. */
function saidIn(input: RecordLetterInput, pdf: CheckedPdf | null) {
  const { kind, title, author = null, writtenAt, appointmentId = null } = input
  const sent: LetterSection[] = input.sections.map(({ heading, code = null, paragraphs, items }) => ({
    heading,
    code,
    paragraphs,
    items,
  }))
  const textFromPdf = sent.length === 0 && Boolean(pdf?.sections.length)
  return {
    kind,
    title,
    author,
    writtenAt,
    appointmentId,
    textFromPdf,
    letterSections: textFromPdf ? (pdf?.sections ?? []) : sent,
  }
}
type Said = ReturnType<typeof saidIn>

/** Writes a letter that nobody here had heard of. */
export async function writeLetter(
  context: Context,
  input: RecordLetterInput,
  pdf: CheckedPdf | null,
  { clinicCode, excluded }: ClinicOfRecord,
): Promise<HospitalLetter> {
  const { em, clock, trust } = context
  const said = saidIn(input, pdf)
  const letter = em.create(HospitalLetter, {
    id: randomUUID(),
    patientId: input.patientId,
    hospitalId: input.hospitalId,
    trustName: trust.name,
    clinicCode,
    excluded,
    eventAt: input.eventAt,
    receivedAt: clock.now(),
    opensAt: laterOf(clock.now(), input.notBefore),
    ...said,
    searchText: wordsToFind(said),
  })
  await keepPdf(context, letter, pdf)
  return letter
}

/** Takes what the hospital says now of a letter that is known. What it said before is kept; the same again is no news. */
export async function replaceLetter(
  context: Context,
  letter: HospitalLetter,
  input: RecordLetterInput,
  pdf: CheckedPdf | null,
): Promise<void> {
  const { em, clock } = context
  const now = clock.now()
  // Sent without its appointment, it still is about that.
  const said = saidIn({ ...input, appointmentId: input.appointmentId ?? letter.appointmentId ?? null }, pdf)
  const { kind, title, author, writtenAt, appointmentId, textFromPdf, letterSections } = letter
  const before = { kind, title, author, writtenAt, appointmentId, textFromPdf, letterSections }
  const file = await pdfToKeep(context, letter)
  const isSame = isDeepStrictEqual(before, said) && (file?.sha256 ?? null) === (pdf?.sha256 ?? null)
  if (isSame && !letter.withdrawnAt) {
    // Sent again with another delay: that alone changes nothing that was read.
    if (!letter.isOpen(now)) letter.opensAt = laterOf(now, input.notBefore)
    return
  }
  const { id, patientId, opensAt, readAt, withdrawnAt } = letter
  em.create(ReplacedDocument, {
    id: randomUUID(),
    documentId: id,
    patientId,
    said: { ...before, opensAt, readAt, withdrawnAt, pdf: file },
    replacedAt: now,
  })
  Object.assign(letter, said, { searchText: wordsToFind(said), receivedAt: now, correctedAt: now, withdrawnAt: null })
  letter.opensAt = opensAt && opensAt <= now && !input.notBefore ? opensAt : laterOf(now, input.notBefore)
  Object.assign(letter, { readAt: null, toldAt: null })
  await keepPdf(context, letter, pdf)
}

const laterOf = (now: Date, notBefore: Date | null | undefined) => (notBefore && notBefore > now ? notBefore : now)

const wordsToFind = ({ title, author, letterSections }: Said) =>
  searchable(title, author ?? '', ...wordsOf(letterSections))
