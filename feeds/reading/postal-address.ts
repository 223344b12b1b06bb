import type { PostalAddressInput } from '../../client/main.ts'
import type { Repetition, Segment } from '../hl7/segment.ts'

/** Reads PID-11: the home address if the message marks one. Null clears it. */
export function readAddress(pid: Segment): PostalAddressInput | null | undefined {
  const addresses = pid.repetitions(11)
  const chosen = homeAddress(addresses)
  if (!chosen) return undefined
  if (chosen.isCleared) return null
  const country = chosen.text(6)
  const abroad = country !== undefined && !['GBR', 'GB', 'UK'].includes(country.toUpperCase())
  const lines = [1, 2, 8, 3, 4]
    .flatMap((component) => chosen.text(component)?.split('\n') ?? [])
    .concat(abroad ? country : [])
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const postcode = chosen.text(5)
  if (lines.length === 0 && postcode === undefined) return undefined
  return { lines, ...(postcode !== undefined && { postcode: ukPostcode(postcode) ?? postcode }) }
}

/** Types that say where someone lives, the surest first; never where they were born, worked or cannot be reached. */
const homeTypes = ['H', 'P', 'L', 'C', 'M', '']
function homeAddress(addresses: Repetition[]): Repetition | undefined {
  for (const type of homeTypes) {
    const address = addresses.find((it) => (it.text(7) ?? '') === type)
    if (address) return address
  }
  return undefined
}

/** A UK postcode in capitals with its one space: "wd18 0hb" is "WD18 0HB". */
export function ukPostcode(written: string): string | undefined {
  const plain = written.replace(/\s/g, '').toUpperCase()
  const [, outward, inward] = /^([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})$/.exec(plain) ?? []
  return outward && inward ? `${outward} ${inward}` : undefined
}
