/** What a letter says: kept as it was written, as text, never markup. */
export interface LetterContent {
  readonly title: string
  readonly addressee: LetterAddressee
  readonly sections: LetterSection[]
}

export interface LetterAddressee {
  readonly name: string
  readonly addressLines: string[]
  readonly nhsNumber: string | null
  readonly hospitalNumber: string | null
}

export interface LetterSection {
  readonly heading: string
  /** SNOMED CT code of the PRSB heading. */
  readonly code?: string | null
  readonly paragraphs: string[]
  readonly items: string[]
}

/** A part of a letter. What does not apply is left out by saying `false` or nothing. */
export const section = (
  heading: string,
  paragraphs: (string | false | null | undefined)[],
  items: (string | false | null | undefined)[] = [],
): LetterSection => ({ heading, paragraphs: paragraphs.filter(isSaid), items: items.filter(isSaid) })

const isSaid = (line: string | false | null | undefined): line is string => Boolean(line)

/** Every line of a letter, for the search. */
export const wordsOf = (sections: readonly LetterSection[]): string[] =>
  sections.flatMap(({ heading, paragraphs, items }) => [heading, ...paragraphs, ...items])
