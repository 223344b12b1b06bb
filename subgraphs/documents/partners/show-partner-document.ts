import { createHash } from 'node:crypto'
import { londonDate } from '../../runtime/london.ts'
import type { Trust } from '../../runtime/trust.ts'
import { DocumentKind } from '../document-kind.ts'
import { DocumentState } from '../document-state.ts'
import { isClinicianOnly } from '../results/release-classes.ts'
import { ownedBy, type ShownDocument, type ShownLetter, type ShownResult, untold } from '../shown-document.ts'
import type { PartnerDocument, PartnerLetter, PartnerResult } from './partner-document.ts'
import { noticeOfPartner } from './partner-notice.ts'
import type { PartnerSource } from './partner-source.ts'

/** For whom, and of whom, a partner's document is shown. */
export interface Showing {
  readonly source: PartnerSource
  readonly ownerId: string
  readonly fetchedAt: Date
  readonly trust: Trust
  /** The versions of it that were read here, by document. */
  readonly read: ReadonlyMap<string, string>
}

/** A partner's document as the patient may see it, and in which version. */
export type ShownOfPartner = (ShownLetter | ShownResult) & { readonly versions: string }

/** Of a partner's document: its trust, its type there and its id there. */
export const partnerDocumentId = ({ code }: PartnerSource, { type, id }: Pick<PartnerDocument, 'type' | 'id'>) =>
  [code, type, id].join('.')

/** The one place that decides what is seen of a partner's document while it waits here or there, or after it was withdrawn. */
export const showPartnerDocument = (document: PartnerDocument, showing: Showing): ShownOfPartner => ({
  ...(document.kind === DocumentKind.TEST_RESULT ? shownResult(document, showing) : shownLetter(document, showing)),
  versions: document.versions,
})

/** What the partner released is released; but what a clinician has to explain first waits for one here too. */
export function stateOf(document: PartnerDocument, { resultClasses }: Pick<Trust, 'resultClasses'>): DocumentState {
  if (document.isWithdrawn) return DocumentState.WITHDRAWN
  const isHeld = isClinicianOnly(document.codes, resultClasses)
  return document.isAnnounced || isHeld ? DocumentState.WAITING : DocumentState.READY
}

function shownDocument(document: PartnerDocument, showing: Showing): ShownDocument {
  const { source, ownerId, fetchedAt, trust, read } = showing
  const { kind, versions, correctedAt } = document
  const id = partnerDocumentId(source, document)
  const writtenAt = new Date(document.writtenAt)
  const state = stateOf(document, trust)
  const whole = state === DocumentState.READY
  return {
    id,
    kind,
    ownerId,
    writtenAt,
    state,
    whole,
    title: whole ? document.title : untold(kind),
    writtenOn: londonDate(writtenAt),
    trustCode: source.code,
    trustName: source.name,
    opensAt: null,
    unread: whole && read.get(id) !== versions,
    version: createHash('sha256').update(versions).digest('base64url'),
    correctedAt: whole && correctedAt !== null ? new Date(correctedAt) : null,
    notice: noticeOfPartner(document, state, source.shortName),
    appointment: null,
    provenance: {
      sourceCode: source.code,
      sourceId: whole ? document.id : null,
      version: whole ? document.version : null,
      receivedAt: fetchedAt,
      ownerId,
    },
    row: null,
  }
}

function shownLetter(letter: PartnerLetter, showing: Showing): ShownLetter {
  const document = shownDocument(letter, showing)
  const { sections, author } = letter
  return document.whole
    ? { ...document, sections: ownedBy(sections, showing.ownerId), textFromPdf: false, author }
    : { ...document, sections: [], textFromPdf: false, author: null }
}

function shownResult(result: PartnerResult, showing: Showing): ShownResult {
  const document = shownDocument(result, showing)
  if (!document.whole) return { ...document, ...nothing }
  const { panel, status, requestedBy, laboratory, specimen, comments, report, values } = result
  const { ownerId } = showing
  return {
    ...document,
    panel,
    status,
    requestedBy,
    laboratory,
    specimen,
    collectedAt: instant(result.collectedAt),
    reportedAt: instant(result.reportedAt),
    comments: [...comments],
    report: ownedBy(report, ownerId),
    values: values.map((it) => ({ ...it, ownerId, measuredAt: instant(it.measuredAt) })),
  }
}

const instant = (text: string | null) => (text === null ? null : new Date(text))

const nothing = {
  panel: null,
  status: null,
  requestedBy: null,
  laboratory: null,
  specimen: null,
  collectedAt: null,
  reportedAt: null,
  comments: [],
  report: [],
  values: [],
}
