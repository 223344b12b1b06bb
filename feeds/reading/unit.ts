import type { Repetition } from '../hl7/segment.ts'

/**
 * A unit (OBX-6) as the laboratory writes it: "x10^9/L". Some do not escape the sign that divides the field, and the power stands in
 * the next component; some send a code whose name is the unit.
 */
export function readUnit(field: Repetition | undefined): string | undefined {
  const [first, second, system] = [field?.text(1), field?.text(2), field?.text(3)]
  if (first === undefined) return second
  if (second === undefined) return first
  if (system === undefined && /^-?\d{1,2}(?:\/\S*)?$/.test(second)) return `${first}^${second}`
  return /^\d+$/.test(first) ? second : first
}
