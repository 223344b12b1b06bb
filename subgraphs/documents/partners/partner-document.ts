import type { LetterSection } from '../booking-letters/letter-content.ts'
import type { DocumentKind } from '../document-kind.ts'
import type { Coded } from '../results/code-system.ts'
import type { ShownObservation } from '../results/shown-observation.ts'
import type { TestResultStatus } from '../results/test-result-status.ts'
import type { RecordType } from './partner-source.ts'

/** What a partner's document says, as it is kept: plain values only. Who may see how much of it is decided when it is shown. */
interface OfPartner {
  readonly type: RecordType
  /** The partner's own. */
  readonly id: string
  readonly title: string
  readonly writtenAt: string
  readonly version: string | null
  /** Of it and of all it was made of: when any of that changes it has not been read. */
  readonly versions: string
  readonly correctedAt: string | null
  readonly isWithdrawn: boolean
  readonly isPreliminary: boolean
  /** The partner says that there is something, and does not say it yet. */
  readonly isAnnounced: boolean
  /** Where its PDF is; null when it has none. */
  readonly pdf: PartnerFile | null
  /** How many of its parts could not be read. */
  readonly missing: number
  /** Of what it is, its categories and all its values: they decide whether a clinician has to open it here too. */
  readonly codes: readonly Coded[]
}

/** A file at the partner: fetched when somebody opens it, and never kept. */
export interface PartnerFile {
  /** The resource that says where the file is, such as "DocumentReference/d-17": read again when somebody opens it. */
  readonly in: string
}

export interface PartnerLetter extends OfPartner {
  readonly kind: Exclude<DocumentKind, DocumentKind.TEST_RESULT>
  readonly author: string | null
  readonly sections: readonly LetterSection[]
  /** By this another resource may name the same letter. */
  readonly names: readonly string[]
}

export interface PartnerResult extends OfPartner {
  readonly kind: DocumentKind.TEST_RESULT
  readonly panel: string
  readonly status: TestResultStatus
  readonly requestedBy: string | null
  readonly laboratory: string
  readonly specimen: string | null
  readonly collectedAt: string | null
  readonly reportedAt: string | null
  readonly comments: readonly string[]
  readonly report: readonly LetterSection[]
  readonly values: readonly PartnerValue[]
}

/** One value. Whose it is and when it was measured is put in when it is shown. */
export type PartnerValue = Omit<ShownObservation, 'ownerId' | 'measuredAt'> & { readonly measuredAt: string | null }

export type PartnerDocument = PartnerLetter | PartnerResult
