import type { LetterQuery } from '#lib/graph/index.ts'

/** A letter as its page shows it. */
export type ShownLetter = Exclude<NonNullable<LetterQuery['document']>, { __typename: 'TestResult' }>
