import type { Owned } from '../../runtime/auth.ts'
import type { ObservationFlag, ValueComparator } from './observation-words.ts'
import type { TestResultStatus } from './test-result-status.ts'

/** A range, and whose value it is the range of. */
export type ShownRange = NonNullable<ShownObservation['range']> & Owned

/** One of several values of the same test of the same laboratory. */
export interface ShownTrendPoint extends Owned {
  readonly resultId: string
  readonly measuredAt: Date
  readonly value: string
  readonly number: number
  readonly comparator: ValueComparator | null
  readonly unit: string | null
  readonly range: ShownRange | null
  readonly flag: ObservationFlag
}

/** One value of a result as the API shows it: a row of ours is one as it is, a partner's is made into one. */
export interface ShownObservation extends Owned {
  readonly id: string
  readonly name: string
  readonly code: string | null
  readonly codeSystem: string | null
  readonly laboratory: string
  readonly value: string
  readonly number: number | null
  readonly comparator: ValueComparator | null
  readonly unit: string | null
  readonly range: { readonly text: string; readonly low: number | null; readonly high: number | null } | null
  readonly flag: ObservationFlag
  readonly status: TestResultStatus
  readonly comments: string[]
  readonly measuredAt: Date | null
  /** Of a partner's value, which brings its trend along; ours is read when asked for. */
  readonly trend?: readonly ShownTrendPoint[]
}
