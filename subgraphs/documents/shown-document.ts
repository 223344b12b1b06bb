import type { Owned } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { londonDate } from '../runtime/london.ts'
import { Role } from '../runtime/viewer.ts'
import { AppointmentStub } from './appointment.stub.ts'
import { BookingLetter } from './booking-letters/booking-letter.entity.ts'
import type { LetterAddressee, LetterSection } from './booking-letters/letter-content.ts'
import { DocumentKind } from './document-kind.ts'
import type { DocumentProvenance } from './document-provenance.type.ts'
import { DocumentState } from './document-state.ts'
import type { HospitalDocument } from './hospital-document.entity.ts'
import { HospitalLetter } from './letters/hospital-letter.entity.ts'
import { noticeOf } from './notice.ts'
import type { ShownObservation } from './results/shown-observation.ts'
import { TestResult } from './results/test-result.entity.ts'
import type { TestResultStatus } from './results/test-result-status.ts'

/** A document as this viewer may see it, own or a partner's. What it holds may be handed out as it is. */
export interface ShownDocument extends Owned {
  readonly id: string
  readonly kind: DocumentKind
  readonly title: string
  readonly writtenOn: string
  readonly writtenAt: Date
  readonly trustCode: string
  readonly trustName: string
  readonly state: DocumentState
  readonly opensAt: Date | null
  readonly unread: boolean
  /** Another one whenever it says something else. */
  readonly version: string
  readonly correctedAt: Date | null
  readonly notice: string | null
  readonly appointment: AppointmentStub | null
  readonly provenance: DocumentProvenance
  /** What it was made of, for what is read only when asked for: see `whole` before. Null for a partner's. */
  readonly row: HospitalDocument | null
  /** True when this viewer may see all of it, lazy parts too. */
  readonly whole: boolean
}

export type ShownSection = LetterSection & Owned & { readonly code: string | null }

export interface ShownLetter extends ShownDocument {
  readonly sections: ShownSection[]
  readonly textFromPdf: boolean
  readonly author: string | null
}

export interface ShownBookingLetter extends ShownLetter {
  readonly addressee: LetterAddressee & Owned
  readonly startsAt: Date
  /** When the appointment is by now: the gateway brings it along when `showsOldTime` is asked. */
  readonly startsAtNow?: Date
}

export interface ShownResult extends ShownDocument {
  readonly panel: string | null
  readonly status: TestResultStatus | null
  readonly requestedBy: string | null
  readonly laboratory: string | null
  readonly specimen: string | null
  readonly collectedAt: Date | null
  readonly reportedAt: Date | null
  readonly comments: string[]
  readonly report: ShownSection[]
  /** The values of a partner's result; null for this hospital's, which are read when asked for. */
  readonly values: readonly ShownObservation[] | null
}

/** The one place that decides what is seen of a row while it waits, or after it was withdrawn. */
export function shown(context: Context, row: BookingLetter): ShownBookingLetter
export function shown(context: Context, row: TestResult): ShownResult
export function shown(context: Context, row: HospitalDocument): ShownLetter | ShownResult
export function shown(context: Context, row: HospitalDocument): ShownLetter | ShownResult {
  if (row instanceof BookingLetter) return shownBookingLetter(context, row)
  if (row instanceof TestResult) return shownResult(context, row)
  if (row instanceof HospitalLetter) return shownLetter(context, row)
  throw new Error(`no form to show a document as: ${row.form}`)
}

/** Patients, and whom they share with, see what is open by now. Staff who release results, and our own systems, see what is theirs whole. */
const seesWhole = ({ viewer, clock }: Context, row: HospitalDocument) =>
  viewer.role === Role.STAFF || viewer.role === Role.SYSTEM || row.isOpen(clock.now())

function shownDocument(context: Context, row: HospitalDocument): ShownDocument {
  const { trust, clock } = context
  const { id, kind, ownerId, sharedAs, writtenAt, trustName, appointmentId } = row
  const state = stateOf(row, clock.now())
  const whole = seesWhole(context, row)
  return {
    id,
    kind,
    ownerId,
    sharedAs,
    writtenAt,
    trustName,
    state,
    row,
    whole,
    title: whole ? row.title : untold(kind),
    writtenOn: londonDate(writtenAt),
    trustCode: trust.odsCode,
    opensAt: (state === DocumentState.WAITING && row.opensAt) || null,
    unread: state === DocumentState.READY && !row.readAt,
    // What is sent again and says the same is not received anew.
    version: row.receivedAt.getTime().toString(36),
    correctedAt: (whole && row.correctedAt) || null,
    notice: noticeOf(row, state),
    appointment: appointmentId ? new AppointmentStub(appointmentId, ownerId) : null,
    provenance: {
      sourceCode: trust.odsCode,
      // What a laboratory calls a result names the test.
      sourceId: (whole && row.hospitalId) || null,
      version: null,
      receivedAt: row.receivedAt,
      ownerId,
    },
  }
}

function stateOf(row: HospitalDocument, now: Date): DocumentState {
  if (row.withdrawnAt) return DocumentState.WITHDRAWN
  return row.isOpen(now) ? DocumentState.READY : DocumentState.WAITING
}

/** What a document is called before anything of it may be said. */
export const untold = (kind: DocumentKind) => (kind === DocumentKind.TEST_RESULT ? 'Test result' : 'Letter')

export const ownedBy = (sections: readonly LetterSection[], ownerId: string): ShownSection[] =>
  sections.map((section) => ({ ...section, code: section.code ?? null, ownerId }))

function shownBookingLetter(context: Context, row: BookingLetter): ShownBookingLetter {
  const document = shownDocument(context, row)
  const { addressee, sections } = row.content
  return {
    ...document,
    sections: document.whole ? ownedBy(sections, row.ownerId) : [],
    textFromPdf: false,
    author: null,
    addressee: { ...addressee, ...notForPartners(context), ownerId: row.ownerId },
    startsAt: row.startsAt,
  }
}

/** Where somebody lives is not a partner's to know from us: in no form of the letter. */
const notForPartners = ({ viewer }: Context) => viewer.role === Role.PARTNER && { addressLines: [] }

function shownLetter(context: Context, row: HospitalLetter): ShownLetter {
  const document = shownDocument(context, row)
  if (!document.whole) return { ...document, sections: [], textFromPdf: false, author: null }
  const { letterSections, textFromPdf, author } = row
  return { ...document, sections: ownedBy(letterSections, row.ownerId), textFromPdf, author: author ?? null }
}

function shownResult(context: Context, row: TestResult): ShownResult {
  const document = shownDocument(context, row)
  if (!document.whole) return { ...document, ...nothingOfAResult }
  return {
    ...document,
    panel: row.panel,
    status: row.resultStatus,
    requestedBy: row.requestedBy ?? null,
    // A hospital that names no laboratory sends its own code: no word for patients.
    laboratory: row.laboratory === context.trust.odsCode ? row.trustName : row.laboratory,
    specimen: row.specimen ?? null,
    collectedAt: row.collectedAt ?? null,
    reportedAt: row.reportedAt ?? null,
    comments: row.comments,
    report: ownedBy(row.report, row.ownerId),
    values: null,
  }
}

const nothingOfAResult = {
  panel: null,
  status: null,
  requestedBy: null,
  laboratory: null,
  specimen: null,
  collectedAt: null,
  reportedAt: null,
  comments: [],
  report: [],
  values: null,
}
