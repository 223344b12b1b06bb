import type { LetterSection } from '../../booking-letters/letter-content.ts'

/** What a PDF made here shows, whatever it was made of. */
export interface Printable extends PrintableContent {
  readonly person: PersonOnPaper
}

/** Whose a document is, as every page of it says. */
export interface PersonOnPaper {
  readonly name: string
  /** "1956-03-14". */
  readonly bornOn: string
  readonly nhsNumber: string | null
  readonly hospitalNumber: string | null
}

/** What a document says, whosever it is. */
export interface PrintableContent {
  readonly title: string
  /** Whom it is addressed to, line by line. */
  readonly addressLines: readonly string[]
  /** Short facts about it: what, and which. */
  readonly facts: readonly (readonly [name: string, value: string])[]
  /** What the reader must know before they read it. */
  readonly notices: readonly string[]
  readonly table: PrintableTable | null
  readonly sections: readonly LetterSection[]
  /** When it was written: the file's own date, so that the same document is the same file. */
  readonly writtenAt: Date
  readonly trustName: string
}

export interface PrintableTable {
  readonly heading: string
  readonly columns: readonly string[]
  /** The first cell of a row says what the row is about. */
  readonly rows: readonly (readonly string[])[]
}
