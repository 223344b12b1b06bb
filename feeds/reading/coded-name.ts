import type { CodedNameInput } from '../../client/main.ts'
import type { Repetition } from '../hl7/segment.ts'

const snomed = ['SCT', 'SNOMED', 'SNOMED-CT', 'SNOMED CT', 'SNM3', 'HTTP://SNOMED.INFO/SCT', '2.16.840.1.113883.6.96']
const loinc = ['LN', 'LOINC', 'HTTP://LOINC.ORG', '2.16.840.1.113883.6.1']

/** Whether a code system is SNOMED CT, whatever the sender calls it. */
export const isSnomed = (system: string | undefined): boolean =>
  system !== undefined && snomed.includes(system.toUpperCase())

const isStandard = (system: string | undefined) =>
  isSnomed(system) || (system !== undefined && loinc.includes(system.toUpperCase()))

/** A field of type CE or CWE: a code, its name and whose code it is. Of two codes for the same, the one that the world knows. */
export function readCodedName(field: Repetition | undefined): CodedNameInput | undefined {
  const [first, second] = [1, 4].map((at) => ({
    code: field?.text(at),
    name: field?.words(at + 1),
    system: field?.text(at + 2),
  }))
  const usesSecond = second?.code !== undefined && (first?.code === undefined || isBetter(second.system, first.system))
  const { code, system } = (usesSecond ? second : first) ?? {}
  const name = first?.name ?? second?.name ?? field?.words(9) ?? first?.code ?? code
  if (name === undefined) return undefined
  return { name, ...(code !== undefined && { code }), ...(code !== undefined && system !== undefined && { system }) }
}

const isBetter = (one: string | undefined, other: string | undefined) => isStandard(one) && !isStandard(other)
