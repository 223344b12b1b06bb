import { randomUUID } from 'node:crypto'
import type { EntityManager } from '@mikro-orm/sql'
import { BookingLetter } from '../subgraphs/documents/booking-letters/booking-letter.entity.ts'
import { wordsOf } from '../subgraphs/documents/booking-letters/letter-content.ts'
import { DocumentKind } from '../subgraphs/documents/document-kind.ts'
import type { HospitalDocument } from '../subgraphs/documents/hospital-document.entity.ts'
import { HospitalLetter } from '../subgraphs/documents/letters/hospital-letter.entity.ts'
import { ReleaseClass, ReleaseReason } from '../subgraphs/documents/results/release-words.ts'
import { TestResult } from '../subgraphs/documents/results/test-result.entity.ts'
import { TestResultStatus } from '../subgraphs/documents/results/test-result-status.ts'
import { searchable } from '../subgraphs/documents/searchable.ts'

type DocumentKeys =
  | 'id'
  | 'patientId'
  | 'kind'
  | 'title'
  | 'writtenAt'
  | 'opensAt'
  | 'toldAt'
  | 'readAt'
  | 'correctedAt'
  | 'withdrawnAt'
  | 'clinicCode'
  | 'excluded'
  | 'pdfWithheld'
  | 'hospitalId'
  | 'searchText'
type Facts<Row, More extends keyof Row = never> = Partial<Pick<Row, Extract<DocumentKeys, keyof Row> | More>>

const written = new Date('2026-11-20T09:30:00Z')

/** What every row needs: a document of Amal's that she can read, and has not. */
const document = (facts: Facts<HospitalDocument>) => ({
  id: randomUUID(),
  patientId: 'amal',
  title: 'A letter',
  trustName: 'West Hertfordshire Teaching Hospitals NHS Trust',
  writtenAt: written,
  receivedAt: facts.writtenAt ?? written,
  opensAt: facts.writtenAt ?? written,
  toldAt: facts.writtenAt ?? written,
  ...facts,
})

/** A letter of the hospital's own system, written by nobody's mutation. */
export function aLetter(
  em: EntityManager,
  facts: Facts<HospitalLetter, 'letterSections' | 'appointmentId'> = {},
): HospitalLetter {
  const letterSections = facts.letterSections ?? [{ heading: 'Plan', paragraphs: ['Come again in spring.'], items: [] }]
  const all = { kind: DocumentKind.LETTER, ...document(facts), letterSections }
  return em.create(HospitalLetter, { searchText: searchable(all.title, ...wordsOf(letterSections)), ...all })
}

export function aResult(
  em: EntityManager,
  facts: Facts<TestResult, 'resultStatus' | 'releaseClass' | 'releaseReason' | 'comments' | 'appointmentId'> = {},
): TestResult {
  const all = {
    panel: 'Full blood count',
    kind: DocumentKind.TEST_RESULT,
    resultStatus: TestResultStatus.FINAL,
    releaseClass: ReleaseClass.NUMERIC,
    releaseReason: ReleaseReason.AT_ONCE,
    laboratory: 'Watford Pathology',
    comments: ['Sample haemolysed'],
    report: [],
    ...document({ title: 'Full blood count', ...facts }),
  }
  return em.create(TestResult, { searchText: searchable(all.title, ...all.comments), ...all })
}

export function aBookingLetter(
  em: EntityManager,
  facts: Facts<BookingLetter, 'appointmentId' | 'number'> = {},
): BookingLetter {
  const title = facts.title ?? 'Your appointment on Tuesday 1 December 2026'
  const addressee = { name: 'Ms Amal Haddad', addressLines: [], nhsNumber: null, hospitalNumber: null }
  return em.create(BookingLetter, {
    kind: DocumentKind.APPOINTMENT_LETTER,
    number: 1,
    startsAt: new Date('2026-12-01T17:30:00Z'),
    content: { title, addressee, sections: [] },
    searchText: searchable(title),
    ...document({ ...facts, title }),
    appointmentId: facts.appointmentId ?? randomUUID(),
  })
}
