import type { ResultQuery } from '#lib/graph/index.ts'

/** A test result as its page shows it. */
export type ShownResult = Extract<NonNullable<ResultQuery['document']>, { __typename: 'TestResult' }>

/** One of its values. */
export type ResultObservation = ShownResult['observations'][number]
