import type { ShownObservation } from '../results/shown-observation.ts'
import { trendAmong, type ValueOfResult } from '../results/trend.ts'
import type { ShownOfPartner } from './show-partner-document.ts'

/** Gives each value of a partner's results its trend among all that are shown of this partner: worked out when asked for. */
export function withTrends(documents: readonly ShownOfPartner[]): ShownOfPartner[] {
  let all: ValueOfResult[] | undefined
  const others = () => (all ??= eachOnce(documents.flatMap(valuesIn)))
  return documents.map((it) =>
    'values' in it && it.values ? { ...it, values: valuesIn(it).map((value) => trending(value, others)) } : it,
  )
}

const valuesIn = (document: ShownOfPartner): ValueOfResult[] =>
  'values' in document ? (document.values ?? []).map((it) => ({ ...it, resultId: document.id })) : []

/** Two reports may name the same value. */
const eachOnce = (values: readonly ValueOfResult[]) => [...new Map(values.map((it) => [it.id, it])).values()]

const trending = (value: ValueOfResult, others: () => ValueOfResult[]): ShownObservation => ({
  ...value,
  get trend() {
    return trendAmong(value, others())
  },
})
