import type { Resource } from '@medplum/fhirtypes'
import { recordsOfAmal } from './amal.ts'
import { recordsOfBernard } from './bernard.ts'
import { bloodTest, panels } from './laboratory.ts'
import { patientOf, personThere } from './person.ts'
import { madeUp, recordsOfMadeUp } from './synthea.ts'

/** Those of the demonstration whom the Royal Free knows, by their numbers here. It has never heard of the others. */
const amal = personThere('rf-1001', 'W100001')
const bernard = personThere('rf-1002', 'W100002')
const chiamaka = personThere('rf-1003', 'W100004')
const luna = personThere('rf-1004', 'W100014')
/** Under the NHS number of one of our people, with another date of birth: somebody mistook them. None of it may be shown. */
const mistaken = { ...personThere('rf-1005', 'W100008'), bornOn: '1961-05-06' }

/** All that the Royal Free of the demonstration knows, as of today. */
export async function royalFree(): Promise<Resource[]> {
  return [
    patientOf(amal),
    ...(await recordsOfAmal(amal)),
    patientOf(bernard),
    ...recordsOfBernard(bernard),
    ...recordsOfMadeUp(madeUp.johnnie, chiamaka),
    ...recordsOfMadeUp(madeUp.luna, luna),
    patientOf(mistaken),
    ...bloodTest(mistaken, { id: 'rf-mistaken-1', panel: panels.bloodCount, days: 20, values: [151, 6.6, 210, 90] }),
  ]
}
