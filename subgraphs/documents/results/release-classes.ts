import type { Trust } from '../../runtime/trust.ts'
import { type Coded, codeSystemOf, LOINC, SECTION, SNOMED_CT } from './code-system.ts'
import { ReleaseClass } from './release-words.ts'
import { clinicianOnlyInLoinc, numericInLoinc, reportsInLoinc } from './release-table/loinc.ts'
import { clinicianOnlySections, reportSections } from './release-table/sections.ts'
import { clinicianOnlyInSnomedCt, numericInSnomedCt, reportsInSnomedCt } from './release-table/snomed-ct.ts'

/** What a trust says of codes of its own laboratories. */
export type ResultClasses = Trust['resultClasses']

const { NUMERIC, REPORT, CLINICIAN_ONLY } = ReleaseClass
const strictness = [NUMERIC, REPORT, CLINICIAN_ONLY]

/** True when the first lets a patient wait for more than the second. */
export const isStricter = (one: ReleaseClass, other: ReleaseClass): boolean =>
  strictness.indexOf(one) > strictness.indexOf(other)

/** The strictest of several; undefined of none. */
export const strictest = (classes: readonly (ReleaseClass | undefined)[]): ReleaseClass | undefined =>
  strictness.findLast((it) => classes.includes(it))

const keyOf = (system: string, code: string) => `${system} ${code.toUpperCase()}`
/** In the order of strictness: a code that stands twice is of the stricter class. */
const shipped = new Map(
  [
    [LOINC, NUMERIC, numericInLoinc] as const,
    [SNOMED_CT, NUMERIC, numericInSnomedCt] as const,
    [LOINC, REPORT, reportsInLoinc] as const,
    [SNOMED_CT, REPORT, reportsInSnomedCt] as const,
    [SECTION, REPORT, reportSections] as const,
    [LOINC, CLINICIAN_ONLY, clinicianOnlyInLoinc] as const,
    [SNOMED_CT, CLINICIAN_ONLY, clinicianOnlyInSnomedCt] as const,
    [SECTION, CLINICIAN_ONLY, clinicianOnlySections] as const,
  ].flatMap(([system, releaseClass, codes]) => codes.map((code) => [keyOf(system, code), releaseClass] as const)),
)

/**
 * How results with this code come to be open: by a table of code systems and codes, never by words. What the trust adds
 * cannot loosen what is shipped. Undefined for a code nobody has put into the table.
 */
export function classOfCode({ code, system }: Coded, own: ResultClasses): ReleaseClass | undefined {
  if (!code?.trim()) return undefined
  const key = keyOf(codeSystemOf(system), code.trim())
  const added = own.filter((it) => it.codes.some((of) => keyOf(codeSystemOf(it.system), of) === key))
  return strictest([shipped.get(key), ...added.map((it) => ReleaseClass[it.class])])
}

/** True when any of the codes is of a kind that only a clinician opens, of whichever hospital the result is. */
export const isClinicianOnly = (codes: readonly Coded[], own: ResultClasses): boolean =>
  codes.some((it) => classOfCode(it, own) === CLINICIAN_ONLY)
