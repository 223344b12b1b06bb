import { withoutEscapes } from './hl7-escapes.ts'
import { ValueComparator } from './observation-words.ts'

/** What a laboratory reported, and the number in it when it is one. */
export interface ReadValue {
  /** As reported, with its sign. */
  readonly text: string
  readonly number: number | null
  readonly comparator: ValueComparator | null
  /** False when it looks like a number and is none, or says nothing: it is shown as it was sent. */
  readonly isRead: boolean
}

const comparators: Readonly<Record<string, ValueComparator>> = {
  '<': ValueComparator.LESS_THAN,
  '<=': ValueComparator.AT_MOST,
  '=<': ValueComparator.AT_MOST,
  '≤': ValueComparator.AT_MOST,
  '>=': ValueComparator.AT_LEAST,
  '=>': ValueComparator.AT_LEAST,
  '≥': ValueComparator.AT_LEAST,
  '>': ValueComparator.MORE_THAN,
}
/** At most 15 digits: more are not kept by the numbers of a computer. */
const aNumber = /^([<>]=?|=[<>]|≤|≥)?\s*([+-]?(?=[\d.]{1,16}$)(?:\d+(?:\.\d+)?|\.\d+))$/
/** A titre ("1:64"), from and to ("3.5-5.3"), pluses ("2+", "+++") and days are words of their own. */
const knownForms = [/^\d+:\d+$/, /^\d+(\.\d+)?\s*[-–]\s*\d+(\.\d+)?$/, /^\d?\++$|^-$/, /^\d{4}-\d\d-\d\d$/]
const looksLikeANumber = /^[\s\d.,:<>=≤≥+–-]*$/

/** Reads "49", "<5", ">= 90", ".5". Anything else is words: never guessed at, never lost. */
export function readValue(reported: string): ReadValue {
  const text = withoutEscapes(reported).trim()
  const [, sign, digits] = aNumber.exec(text) ?? []
  if (digits !== undefined)
    return { text, number: Number(digits), comparator: (sign && comparators[sign]) || null, isRead: true }
  const isRead = !looksLikeANumber.test(text) || knownForms.some((form) => form.test(text))
  return { text, number: null, comparator: null, isRead }
}
