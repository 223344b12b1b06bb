import type {
  ObservationFlag,
  ObservationFragment,
  ReferenceRangeFragment,
  TestResultStatus,
  ValueComparator,
} from '#lib/graph/index.ts'

/** What the laboratory said of a value, in words; nothing when it said nothing. */
export const flagWords: Record<ObservationFlag, string | undefined> = {
  NONE: undefined,
  NORMAL: 'In the usual range',
  LOW: 'Lower than usual',
  HIGH: 'Higher than usual',
  CRITICALLY_LOW: 'Much lower than usual',
  CRITICALLY_HIGH: 'Much higher than usual',
  ABNORMAL: 'Not as usual',
  CRITICALLY_ABNORMAL: 'Very different from usual',
}

/** Whether the laboratory marked a value as something to look at. */
export function isMarked(flag: ObservationFlag): boolean {
  return flag !== 'NONE' && flag !== 'NORMAL'
}

/**
 * Whether the range its own laboratory gave holds a value for certain. No mark is made of it: but of a value without a range, of words,
 * and of a mark that the portal may not have understood, nobody is told that the laboratory found nothing unusual.
 */
export function isSurelyUsual({
  number,
  comparator,
  range,
}: Pick<ObservationFragment, 'number' | 'comparator' | 'range'>): boolean {
  const { low = null, high = null } = range ?? {}
  if (number === null || (low === null && high === null)) return false
  if ((low !== null && number < low) || (high !== null && number > high)) return false
  // What is less than a number may be anything down to nothing.
  if (comparator === 'LESS_THAN' || comparator === 'AT_MOST') return low === null || low <= 0
  return comparator === null || high === null
}

/** How final a result is. */
export const statusWords: Record<TestResultStatus, string> = {
  PRELIMINARY: 'Not final: the laboratory may still change it',
  FINAL: 'Final',
  CORRECTED: 'Corrected by the laboratory',
  WITHDRAWN: 'Taken back by the laboratory',
}

/** Where a value lies that is not exact. */
export const comparatorWords: Record<ValueComparator, string> = {
  LESS_THAN: 'less than',
  AT_MOST: 'at most',
  AT_LEAST: 'at least',
  MORE_THAN: 'more than',
}

/** A value with its unit, as the laboratory wrote it: "135 g/L", "<5 mg/L". */
export function valueWords({ value, unit }: Pick<ObservationFragment, 'value' | 'unit'>): string {
  if (value === '') return 'No value given'
  return unit === null ? value : `${value} ${unit}`
}

/** A value as it is read aloud: "less than 5 mg/L". */
export function spokenValue({
  value,
  unit,
  comparator,
}: Pick<ObservationFragment, 'value' | 'unit' | 'comparator'>): string {
  if (comparator === null) return valueWords({ value, unit })
  return `${comparatorWords[comparator]} ${valueWords({ value: value.replace(/^[^\d.+-]+/, ''), unit })}`
}

/** The ends of a usual range with the digits the laboratory used: it writes 0.40, and a number would say 0.4. */
export function rangeEnds({ text, low, high }: ReferenceRangeFragment): { low?: string; high?: string } {
  const written = text.match(/\d+(?:[.,]\d+)*/g) ?? []
  const as = (end: number) => written.find((digits) => Number(digits.replaceAll(',', '')) === Math.abs(end))
  const spell = (end: number) => `${end < 0 ? '-' : ''}${as(end) ?? Math.abs(end)}`
  return { ...(low !== null && { low: spell(low) }), ...(high !== null && { high: spell(high) }) }
}

/** A usual range in words: "130 to 180 g/L", "less than 48 mmol/mol". */
export function rangeWords(range: ReferenceRangeFragment, unit: string | null): string {
  const { low, high } = rangeEnds(range)
  const included = /[=≤≥]|up to/i.test(range.text)
  const words = () => {
    if (low !== undefined && high !== undefined) return `${low} to ${high}`
    if (high !== undefined) return included ? `${high} or less` : `less than ${high}`
    if (low !== undefined) return included ? `${low} or more` : `more than ${low}`
    return undefined
  }
  const said = words()
  if (said === undefined) return range.text
  return unit === null ? said : `${said} ${unit}`
}
