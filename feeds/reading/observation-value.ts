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

/** `<^5` is "<5", `^1^:^128` is "1:128". A number that was sent as plain text is taken as it is. */
const readStructured = (value: Repetition) =>
  [1, 2, 3, 4]
    .map((component) => value.text(component) ?? '')
    .join('')
    .trim() || undefined

const longDay = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})

/** A day as people write it; anything finer or vaguer as it was sent. */
function readTime(type: string, value: Repetition): string | undefined {
  const written = value.text()
  const time = written === undefined || type === 'TM' ? undefined : readTimestamp(written)
  return time?.precision === 'DAY' ? longDay.format(new Date(`${time.date}T00:00:00Z`)) : written
}
