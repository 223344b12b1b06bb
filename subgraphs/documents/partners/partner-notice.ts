import { dayInWords } from '../../runtime/dates-in-words.ts'
import { DocumentKind } from '../document-kind.ts'
import { DocumentState } from '../document-state.ts'
import type { PartnerDocument } from './partner-document.ts'

/** What a patient is told about a partner's document beside what it says; null when there is nothing to say. */
export function noticeOfPartner(document: PartnerDocument, state: DocumentState, shortName: string): string | null {
  const isResult = document.kind === DocumentKind.TEST_RESULT
  switch (state) {
    case DocumentState.WITHDRAWN:
      return `${shortName} has taken this ${isResult ? 'result' : 'letter'} back. If you have a question about it, contact ${shortName}.`
    case DocumentState.WAITING:
      return document.isAnnounced
        ? `${shortName} has not finished this test. You can read the result when it has.`
        : `A clinician at ${shortName} goes through this ${isResult ? 'result' : 'letter'} with you. Contact them if you have not heard.`
    case DocumentState.READY:
      return [...aboutWhatItSays(document, shortName)].join(' ') || null
    default:
      return state satisfies never
  }
}

function* aboutWhatItSays(document: PartnerDocument, shortName: string): Generator<string> {
  const { correctedAt, isPreliminary, missing } = document
  const isResult = document.kind === DocumentKind.TEST_RESULT
  if (correctedAt)
    yield `${shortName} corrected this on ${dayInWords(new Date(correctedAt))}. It replaces what it said before.`
  if (isPreliminary)
    yield isResult
      ? `${shortName} has not finished this test: the result may change.`
      : `${shortName} has not finished this letter: it may change.`
  if (missing)
    yield `${missing === 1 ? '1 value' : `${missing} values`} of this result could not be read and ${missing === 1 ? 'is' : 'are'} not shown.`
  if (saysNothing(document)) yield `What it says cannot be shown here. Ask ${shortName} for a copy.`
}

const saysNothing = (it: PartnerDocument) =>
  !it.pdf && (it.kind === DocumentKind.TEST_RESULT ? !it.values.length && !it.report.length : !it.sections.length)
