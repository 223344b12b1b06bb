import type { Hl7Message } from '../hl7/message.ts'

/** Codes of PV1 that may be the clinic's: the place, then the service. */
export function clinicCodesOfVisit(message: Hl7Message): string[] {
  const pv1 = message.segment('PV1')
  return [...new Set([pv1?.text(3), pv1?.text(10)])].filter((code) => code !== undefined)
}
