import { readableTime } from '../hl7/readable-time.ts'
import type { Repetition, Segment } from '../hl7/segment.ts'
import { readTimestamp } from '../hl7/timestamp.ts'
import { readCodedName } from './coded-name.ts'

/** Types of OBX-2 whose values are words without components; what is divided in them was not escaped. */
const words = ['NM', 'ST', 'TX', 'FT', 'IS', 'ID']
const coded = ['CE', 'CWE', 'CNE']
const times = ['DT', 'TS', 'DTM', 'TM']

/** Whether a value of this type can be shown as it is meant. Without a type it is text, unless it is divided. */
export function isReadable(obx: Segment): boolean {
  const type = typeOf(obx)
  if (type === '') return obx.repetitions(5).every((it) => it.text(2) === undefined)
  return [...words, ...coded, ...times, 'SN', 'ED'].includes(type)
}

/** OBX-2 in capitals; empty when it is left out. */
export const typeOf = (obx: Segment): string => obx.text(2)?.toUpperCase() ?? ''

/** OBX-11 in capitals; empty when it is left out. */
export const statusIn = (obx: Segment): string => obx.text(11)?.toUpperCase() ?? ''

/** Whether it must not be read: deleted, another patient's, not there or not yet. */
export const isTakenBack = (obx: Segment): boolean => ['D', 'W', 'X', 'I'].includes(statusIn(obx))

/** OBX-5 as a person reads it, with its sign: "135", "<5", "1:64", "Not detected". Empty when nothing is there. */
export function readValue(obx: Segment): string {
  const type = typeOf(obx)
  const values = obx.repetitions(5).map((it) => readOne(type, it))
  const separator = type === 'TX' || type === 'FT' ? '\n' : ', '
  return values.filter((value) => value !== undefined).join(separator)
}

function readOne(type: string, value: Repetition): string | undefined {
  if (type === 'SN') return readStructured(value)
  if (coded.includes(type)) return readCodedName(value)?.name
  if (times.includes(type)) return readTime(type, value)
  return value.words()
}

/** `<^5` is "<5", `=^5` is "5", `^1^:^128` is "1:128". A number that was sent as plain text is taken as it is. */
const readStructured = (value: Repetition) =>
  [1, 2, 3, 4]
    .map((component) => value.text(component) ?? '')
    .join('')
    .replace(/^=(?=[\d.+-])/, '')
    .trim() || undefined

const inWords = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric', ...options })
const [day, month] = [inWords({ day: 'numeric' }), inWords({})]

/** A day or a time as people write it: as it was sent, "202611021530" would pass for a number. */
function readTime(type: string, value: Repetition): string | undefined {
  const written = value.text()
  if (written === undefined) return undefined
  if (type === 'TM') return written.replace(/^(\d\d)(\d\d)/, '$1:$2')
  const time = readTimestamp(written)
  const from = time && new Date(`${time.date}T00:00:00Z`)
  if (time?.precision === 'MONTH') return month.format(from)
  if (time?.precision === 'DAY') return day.format(from)
  if (time?.precision === 'MINUTE' || time?.precision === 'SECOND') return readableTime(time.instant)
  return written
}
