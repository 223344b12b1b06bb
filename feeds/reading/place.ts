import type { PlaceInput } from '../../client/main.ts'
import type { Hl7Message } from '../hl7/message.ts'
import { activeResources } from './active-resources.ts'
import { ukPostcode } from './postal-address.ts'

/**
 * Where to go, when the message describes it in words (component 9 of AIL-3 or PV1-3):
 * "Watford General Hospital, Outpatients 2, Vicarage Road, WD18 0HB". Codes alone are not shown to patients: the clinic knows its place.
 */
export function readPlace(message: Hl7Message): PlaceInput | undefined {
  const locations = [activeResources(message, 'AIL')[0]?.repetitions(3)[0], message.segment('PV1')?.repetitions(3)[0]]
  const description = locations.map((it) => it?.text(9)).find((text) => text !== undefined)
  const parts = description
    ?.split(/[,\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const last = parts?.at(-1)
  const postcode = last === undefined ? undefined : ukPostcode(last)
  const [site, department, ...addressLines] = (postcode === undefined ? parts : parts?.slice(0, -1)) ?? []
  if (site === undefined) return undefined
  return {
    site,
    addressLines,
    ...(department !== undefined && { department }),
    ...(postcode !== undefined && { postcode }),
  }
}
