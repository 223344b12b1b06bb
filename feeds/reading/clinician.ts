import type { Hl7Message } from '../hl7/message.ts'
import type { Repetition } from '../hl7/segment.ts'
import { activeResources } from './active-resources.ts'

/** The clinician as the patient reads it, "Dr Priya Shah": from AIP-3, else the doctor of the visit. Null clears. */
export function readClinician(message: Hl7Message): string | null | undefined {
  const booked = activeResources(message, 'AIP').flatMap((it) => it.repetitions(3))
  if (booked[0]?.isCleared) return null
  const pv1 = message.segment('PV1')
  for (const person of [...booked, ...(pv1?.repetitions(7) ?? []), ...(pv1?.repetitions(9) ?? [])]) {
    const name = clinicianName(person)
    if (name !== undefined) return name
  }
  return undefined
}

/** The first of these people who has a name: "Dr Priya Shah". */
export const readClinicians = (fields: readonly (Repetition[] | undefined)[]): string | undefined =>
  fields.flatMap((people) => people?.map(clinicianName) ?? []).find((name) => name !== undefined)

/** A person of the hospital as the patient reads them; undefined when only a number is given. */
function clinicianName(person: Repetition): string | undefined {
  const [title, given, family] = [person.text(6), person.text(3), person.text(2)]
  if (family === undefined) return undefined
  return [title?.replace(/\.$/, ''), given, family]
    .filter((part) => part !== undefined)
    .map(readable)
    .join(' ')
}

/** "SHAH" and "DR" as a letter would write them; a name with small letters is left alone. */
function readable(name: string): string {
  if (name !== name.toUpperCase() || name.length < 2) return name
  return name
    .toLowerCase()
    .replace(/(^|[\s'’-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
    .replace(/\bMc(\p{Ll})(?=\p{Ll}{2})/gu, (_, letter: string) => `Mc${letter.toUpperCase()}`)
}
