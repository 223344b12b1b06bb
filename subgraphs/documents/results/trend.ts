import type { Context } from '../../runtime/context.ts'
import { asKey, readableValues } from './readable-values.ts'
import type { ShownObservation, ShownTrendPoint } from './shown-observation.ts'
import { TestObservation } from './test-observation.entity.ts'
import { TestResultStatus } from './test-result-status.ts'

const most = 50

/** A value, and the result it is part of. */
export type ValueOfResult = ShownObservation & { readonly resultId: string }

/** The values of one test over time, among those that the patient can read; a partner brings its own. */
export async function trendOf(context: Context, value: ShownObservation): Promise<readonly ShownTrendPoint[]> {
  if (value.trend) return value.trend
  if (!(value instanceof TestObservation) || !isMeasured(value) || !value.code) return []
  return trendAmong(value, (await readableValues(context, asKey(context.viewer, value))) ?? [])
}

/**
 * The same test of the same laboratory in the same unit, oldest first: what two laboratories measure is not compared. The
 * value that is asked about is always among them, and of the others the newest.
 */
export function trendAmong(value: ValueOfResult, others: readonly ValueOfResult[]): ShownTrendPoint[] {
  if (!isMeasured(value) || !value.code) return []
  const alike = others.filter((it) => it.id !== value.id && isMeasured(it) && isAlike(it, value))
  return [...alike.sort(newestFirst).slice(0, most - 1), value].sort(newestFirst).reverse().flatMap(asPoint)
}

const isMeasured = ({ number, measuredAt, status }: ShownObservation) =>
  number !== null && measuredAt !== null && status !== TestResultStatus.WITHDRAWN

const isAlike = (one: ShownObservation, other: ShownObservation) =>
  keyOf(one) === keyOf(other) && one.unit === other.unit

const keyOf = ({ code, codeSystem, laboratory }: ShownObservation) => JSON.stringify([code, codeSystem, laboratory])

const newestFirst = (one: ValueOfResult, other: ValueOfResult) =>
  Number(other.measuredAt) - Number(one.measuredAt) || (one.id < other.id ? 1 : -1)

function asPoint(it: ValueOfResult): ShownTrendPoint[] {
  // Each by its name: what an entity works out, such as its owner, is not among its own properties.
  const { number, measuredAt, range, resultId, value: text, comparator, unit, flag, ownerId } = it
  if (number === null || measuredAt === null) return []
  const owned = range && { ...range, ownerId }
  return [{ resultId, measuredAt, value: text, number, comparator, unit, range: owned, flag, ownerId }]
}
