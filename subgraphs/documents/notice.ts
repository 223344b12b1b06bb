import { dayInWords, timeInWords } from '../runtime/dates-in-words.ts'
import { DocumentState } from './document-state.ts'
import type { HospitalDocument } from './hospital-document.entity.ts'
import { ReleaseReason } from './results/release-words.ts'
import { TestResult } from './results/test-result.entity.ts'
import { TestResultStatus } from './results/test-result-status.ts'

/** What a patient is told about a document beside what it says; null when there is nothing to say. */
export function noticeOf(row: HospitalDocument, state: DocumentState): string | null {
  switch (state) {
    case DocumentState.WITHDRAWN:
      return row instanceof TestResult
        ? 'The laboratory has taken this result back. If you have a question about it, contact the team that asked for the test.'
        : 'The hospital has taken this letter back. If you have a question about it, contact the team that wrote to you.'
    case DocumentState.WAITING:
      return row instanceof TestResult ? whyResultWaits(row) : letterWaits(row.opensAt)
    case DocumentState.READY:
      return [...aboutWhatItSays(row), ...aboutItsPdf(row)].join(' ') || null
    default:
      return state satisfies never
  }
}

const letterWaits = (opensAt: Date | null | undefined) =>
  opensAt ? `You can read this letter from ${whenInWords(opensAt)}.` : 'The hospital has not opened this letter yet.'

/**
 * That there is a result, and when it opens: never what it is of. A critical value, an unknown test and a hold sound like any
 * other wait.
 */
function whyResultWaits({ releaseReason, opensAt }: TestResult): string {
  if (opensAt)
    return `You have a test result. You can read it here from ${whenInWords(opensAt)}, or sooner if your care team opens it.`
  if (releaseReason === ReleaseReason.PRELIMINARY)
    return 'The laboratory has not finished one of your tests. When it has, we say here when you can read the result.'
  if (releaseReason === ReleaseReason.RETRACTED)
    return 'Your care team is looking at this test result again. You can read it here when they open it.'
  return 'You have a test result. Your care team looks at it first. You can read it here when they open it, or they will tell you about it.'
}

function* aboutWhatItSays(row: HospitalDocument): Generator<string> {
  if (row.correctedAt)
    yield `The hospital corrected this on ${dayInWords(row.correctedAt)}. It replaces what it said before.`
  if (row instanceof TestResult && row.resultStatus === TestResultStatus.PRELIMINARY)
    yield 'The laboratory has not finished this test: the result may change.'
}

function* aboutItsPdf({ pdfWithheld }: HospitalDocument): Generator<string> {
  if (pdfWithheld)
    yield 'The hospital sent a file with this that did not pass our safety checks, so we do not show it. Staff have been told.'
}

const whenInWords = (at: Date) => `${timeInWords(at)} on ${dayInWords(at)}`
