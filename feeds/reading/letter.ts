import type { DocumentKind, RecordLetterInput } from '../../client/main.ts'
import type { Hl7Message } from '../hl7/message.ts'
import type { Segment } from '../hl7/segment.ts'
import { readClinicians } from './clinician.ts'
import { readCodedName } from './coded-name.ts'
import { defined } from './defined.ts'
import { readNotBefore } from './delay.ts'
import { readEmbeddedPdf } from './embedded-pdf.ts'
import type { Findings } from './findings.ts'
import { isTestReport, kindOfLetter } from './letter-kind.ts'
import { readMoment } from './moment.ts'
import { isTakenBack, typeOf } from './observation-value.ts'
import { readSections } from './text-sections.ts'

/** What a message says of a letter. */
export type LetterInMessage = Omit<
  RecordLetterInput,
  'idempotencyKey' | 'eventAt' | 'patientId' | 'formerPatientIds' | 'appointmentId' | 'clinicCodes'
>

/** Reads TXA-12: what names the document for good. */
export function readDocumentId(message: Hl7Message, { faults }: Pick<Findings, 'faults'>): string {
  const [txa, second] = message.all('TXA')
  const id = txa?.text(12)
  if (!txa) faults.push({ where: 'TXA', what: "the segment is missing. Send TXA with the document's id in TXA-12." })
  else if (id === undefined)
    faults.push({ where: 'TXA-12', what: 'the id of the document is missing. Send one that names it for good.' })
  if (second) faults.push({ where: 'TXA', what: 'there is more than one. Send one message for each document.' })
  return id ?? ''
}

/** Reads TXA and the OBX after it: a letter with its text, its PDF, or both. */
export function readLetter(message: Hl7Message, findings: Findings): LetterInMessage {
  const { faults, now } = findings
  const hospitalId = readDocumentId(message, findings)
  const txa = message.segment('TXA')
  refuseUnfinished(txa, findings)
  const { kind, title } = readType(txa, findings)
  const times = [6, 7, 8, 4].map((field) => ({ where: `TXA-${field}`, value: txa?.text(field) }))
  const written = readMoment(times, now, faults)
  const sentAt = readMoment([{ where: 'MSH-7', value: message.header.text(7) }], now, [])
  const delayFrom = readMoment(
    [8, 7, 6, 4].map((field) => ({ where: `TXA-${field}`, value: txa?.text(field) })),
    now,
    [],
  )
  return {
    hospitalId,
    kind,
    title,
    writtenAt: (written ?? sentAt ?? now).toISOString(),
    ...readContent(message, title, findings),
    ...defined({
      author: readClinicians([txa?.repetitions(9), txa?.repetitions(5)]),
      notBefore: readNotBefore(message.all('OBX'), delayFrom ?? sentAt ?? now, faults),
    }),
  }
}

const titles: Partial<Record<DocumentKind, string>> = {
  DISCHARGE_SUMMARY: 'Discharge summary',
  OUTCOME_LETTER: 'Clinic letter',
  LETTER: 'Letter',
}

/** TXA-2: the kind of document, and what its hospital calls it. */
function readType(txa: Segment | undefined, { faults }: Findings): { kind: DocumentKind; title: string } {
  const type = readCodedName(txa?.repetitions(2)[0])
  if (!type) {
    if (txa) faults.push({ where: 'TXA-2', what: 'the type of the document is missing. Send its code and name.' })
    return { kind: 'LETTER', title: '' }
  }
  if (isTestReport(type))
    faults.push({
      where: 'TXA-2',
      what: 'this is the report of a test. Send it as ORU R01, so that a clinician can release it.',
    })
  const kind = kindOfLetter(type)
  return { kind, title: type.name !== type.code ? type.name : (titles[kind] ?? 'Letter') }
}

/** Only what its author has signed is shown, and only while the hospital itself has it. */
function refuseUnfinished(txa: Segment | undefined, { faults }: Findings) {
  if (!txa) return
  if (txa.text(17)?.toUpperCase() !== 'AU')
    faults.push({
      where: 'TXA-17',
      what: 'the document is not authenticated, and only such are shown. Send it with AU once it is.',
    })
  if (isUnavailable(txa))
    faults.push({
      where: 'TXA-19',
      what: 'the document is said to be unavailable. Send it with AV, or cancel it (T11).',
    })
}

/** TXA-18: restricted, very restricted. Not what a patient reads by themselves, as of a partner's. */
export const isRestricted = (txa: Segment | undefined): boolean =>
  ['R', 'V'].includes(txa?.text(18)?.toUpperCase() ?? '')

/** TXA-19: deleted, obsolete, unavailable. */
export const isUnavailable = (txa: Segment | undefined): boolean =>
  ['CA', 'OB', 'UN'].includes(txa?.text(19)?.toUpperCase() ?? '')

function readContent(
  message: Hl7Message,
  title: string,
  { faults }: Findings,
): Pick<LetterInMessage, 'sections' | 'pdf'> {
  const observations = message.all('OBX')
  const embedded = observations.filter((obx) => typeOf(obx) === 'ED')
  const texts = observations.filter((obx) => ['TX', 'FT', 'ST'].includes(typeOf(obx)))
  if (embedded.length + texts.length < observations.length)
    faults.push({ where: 'OBX-2', what: 'only text (TX, FT, ST) and a PDF (ED) are taken in a letter.' })
  if (observations.some(isTakenBack))
    faults.push({
      where: 'OBX-11',
      what: 'a part of the document was taken back. Send what is left of it, or cancel it (T11).',
    })
  const sections = readSections(texts, title)
  const pdf = readEmbeddedPdf(embedded, faults)
  if (sections.length === 0 && embedded.length === 0)
    faults.push({ where: 'OBX-5', what: 'the document has no content. Send its text (TX), or its PDF (ED).' })
  const fileName = fileNameIn(message.segment('TXA')?.repetitions(16)[0]?.words())
  return { sections, ...(pdf && { pdf: { ...pdf, ...defined({ fileName }) } }) }
}

/** The name alone: where it lay at the hospital is nobody's business, and no path is ever followed. */
const fileNameIn = (path: string | undefined) =>
  path
    ?.split(/[/\\:]/)
    .at(-1)
    ?.trim()
    .slice(0, 100) || undefined
