import type { Owned } from '../../runtime/auth.ts'
import type { ObservationFlag, ValueComparator } from './observation-words.ts'
import type { TestResultStatus } from './test-result-status.ts'

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
}
