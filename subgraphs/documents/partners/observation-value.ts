import type { Observation, ObservationComponent, ObservationReferenceRange, Quantity, Range } from '@medplum/fhirtypes'
import { dayInWords, timeInWords } from '../../runtime/dates-in-words.ts'
import { type ReadRange, readRange } from '../results/range.ts'
import { readUnit } from '../results/unit.ts'
import { type ReadValue, readValue } from '../results/value.ts'
import { instantOf } from './fhir-date.ts'
import { nameOf } from './fhir-words.ts'
import { oneLine } from './plain-text.ts'

type Valued = Observation | ObservationComponent
type Said = Pick<ReadValue, 'number' | 'comparator'> & { readonly value: string; readonly unit: string | null }

const inWords = (value: string): Said => ({ value, unit: null, number: null, comparator: null })

/** What an observation found, in the form in which a patient reads it. Undefined when it says nothing at all. */
export function valueOf(it: Valued): Said | undefined {
  if (it.valueQuantity) return ofQuantity(it.valueQuantity)
  const words = wordsOf(it)
  if (words) return readWords(words)
  const absent = nameOf(it.dataAbsentReason)
  return absent ? inWords(`Not available: ${absent}`) : undefined
}

/** A number that was sent as text is one all the same. */
function readWords(words: string): Said {
  const { text, number, comparator } = readValue(words)
  return { value: text, unit: null, number, comparator }
}

function ofQuantity({ value, comparator, unit, code }: Quantity): Said | undefined {
  if (value === undefined) return undefined
  const read = readValue(`${comparator ?? ''}${value}`)
  return { value: read.text, number: read.number, comparator: read.comparator, unit: readUnit(oneLine(unit ?? code)) }
}

function wordsOf(it: Valued): string {
  const { valueRange, valueRatio, valuePeriod, valueSampledData, valueDateTime } = it
  if (it.valueString !== undefined) return oneLine(it.valueString)
  if (it.valueCodeableConcept) return nameOf(it.valueCodeableConcept)
  if (it.valueBoolean !== undefined) return it.valueBoolean ? 'Yes' : 'No'
  if (it.valueInteger !== undefined) return String(it.valueInteger)
  if (valueRange) return [inText(valueRange.low), inText(valueRange.high)].filter(Boolean).join(' to ')
  if (valueRatio) return [inText(valueRatio.numerator), inText(valueRatio.denominator)].join(':')
  if (valueDateTime) return momentInWords(valueDateTime)
  if (valuePeriod) return [valuePeriod.start, valuePeriod.end].filter(Boolean).map(momentInWords).join(' to ')
  if (it.valueTime) return oneLine(it.valueTime)
  return valueSampledData ? 'A recording, which cannot be shown here' : ''
}

const inText = (quantity: Quantity | undefined) =>
  quantity?.value === undefined
    ? ''
    : [`${quantity.comparator ?? ''}${quantity.value}`, readUnit(oneLine(quantity.unit ?? quantity.code))]
        .filter(Boolean)
        .join(' ')

function momentInWords(date: string | undefined): string {
  const at = instantOf(date)
  if (!at) return oneLine(date)
  return date?.includes('T')
    ? `${timeInWords(at)} on ${dayInWords(at)}`
    : /^\d{4}-\d\d-\d\d$/.test(date ?? '')
      ? dayInWords(at)
      : oneLine(date)
}

/**
 * The laboratory's own range, in its words before numbers. Of several, such as one for women and one for men, nobody here picks:
 * they are told as they are. So is one that is not of healthy people, such as what a treatment aims at.
 */
export function rangeOf(ranges: readonly ObservationReferenceRange[] = [], unit: string | null): ReadRange | null {
  const usual = ranges.filter(isOfHealthy)
  const [range, another] = usual
  if (range && !another && isIn(unit, range)) {
    const read = readRange(oneLine(range.text) || bounds(range))
    return read && { text: read.text, low: range.low?.value ?? read.low, high: range.high?.value ?? read.high }
  }
  const text = (range ? usual : ranges).map(withWhose).filter(Boolean).join('; ')
  return text ? { text, low: null, high: null } : null
}

const isOfHealthy = ({ type }: ObservationReferenceRange) => !type || type.coding?.some(({ code }) => code === 'normal')

/** Numbers of another unit than the value's would stand in the wrong place. */
const isIn = (unit: string | null, { low, high }: Range) =>
  [low, high].every((it) => it?.value === undefined || [null, unit].includes(readUnit(oneLine(it.unit ?? it.code))))

/** "Female: 115-165". */
function withWhose(range: ObservationReferenceRange): string {
  const ages = range.age && [inText(range.age.low), inText(range.age.high)].filter(Boolean).join(' to ')
  const type = isOfHealthy(range) ? '' : nameOf(range.type)
  const whose = [type, ...(range.appliesTo ?? []).map(nameOf), ages && `age ${ages}`].filter(Boolean).join(', ')
  const text = oneLine(range.text) || endsOf(range)
  return text && whose ? `${whose}: ${text}` : text
}

function endsOf({ low, high }: Range): string {
  const [from, to] = [inText(low), inText(high)]
  if (from && to) return `${from} to ${to}`
  return from ? `${from} or more` : to && `${to} or less`
}

/** In FHIR both ends belong to the range. */
function bounds({ low, high }: Range): string {
  if (low?.value !== undefined && high?.value !== undefined) return `${low.value}-${high.value}`
  if (high?.value !== undefined) return `≤${high.value}`
  return low?.value === undefined ? '' : `≥${low.value}`
}
