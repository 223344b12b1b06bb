import type { DocumentKind, DocumentState } from '#lib/graph/index.ts'
import { dayAndDate } from './dates.ts'

/** What each kind of document is called. */
export const kindWords: Record<DocumentKind, string> = {
  APPOINTMENT_LETTER: 'Appointment letter',
  ADMISSION_LETTER: 'Admission letter',
  OUTCOME_LETTER: 'Clinic letter',
  DISCHARGE_SUMMARY: 'Discharge summary',
  LETTER: 'Letter',
  TEST_RESULT: 'Test result',
}

/** What stands above the title of a document: what it is, unless the title says so, and whose. */
export function captionOf({
  kind,
  title,
  trustName,
}: {
  kind: DocumentKind
  title: string
  trustName: string
}): string {
  return title === kindWords[kind] ? trustName : `${kindWords[kind]}, ${trustName}`
}

/** The page of a document. */
export function documentPath({ id, kind }: { id: string; kind: DocumentKind }): string {
  return `/${kind === 'TEST_RESULT' ? 'results' : 'letters'}/${encodeURIComponent(id)}`
}

/** By when a document that waits can be read. */
export function opensWords(opensAt: string): string {
  return `You can read it by ${dayAndDate(opensAt)}`
}

/** How many were found. */
export function matchWords(count: number): string {
  return count === 1 ? '1 letter or result matches' : `${count.toLocaleString('en-GB')} letters and results match`
}

/** How things stand with a document, in a word; none when there is nothing to say. */
export type DocumentStanding =
  'Unread' | 'Not open yet' | 'Withdrawn' | 'Corrected' | 'Not final' | 'Shows the old time'

/** What decides how things stand with a document. */
export interface DocumentStandingFacts {
  state: DocumentState
  unread: boolean
  correctedAt: string | null
  showsOldTime?: boolean
  status?: string | null
}

/** The words on the tags of a document, what matters most first. */
export function documentStandings(facts: DocumentStandingFacts): DocumentStanding[] {
  if (facts.state === 'WITHDRAWN') return ['Withdrawn']
  if (facts.state === 'WAITING') return ['Not open yet']
  return [
    ...(facts.unread ? (['Unread'] as const) : []),
    ...(facts.correctedAt !== null ? (['Corrected'] as const) : []),
    ...(facts.status === 'PRELIMINARY' ? (['Not final'] as const) : []),
    ...(facts.showsOldTime ? (['Shows the old time'] as const) : []),
  ]
}
