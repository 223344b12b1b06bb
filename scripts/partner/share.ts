import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import {
  type GraphClient,
  PatientByHospitalNumberDocument,
  RecordSharingDocument,
  type SharingCategory,
} from '../../client/main.ts'
import { londonInstant, plusDays } from '../../subgraphs/runtime/london.ts'
import { NotDone } from './not-done.ts'
import { NotUnderstoodOrder, type Order } from './order.ts'

const categoryNames: readonly string[] = ['APPOINTMENTS', 'LETTERS', 'RESULTS'] satisfies SharingCategory[]
const isCategory = (name: string): name is SharingCategory => categoryNames.includes(name)

/** Shares a person's record with an organisation, as the hospital's word: everything named, and nothing else of it. */
export async function share(
  { hospitalNumber, organisationCode, categories, until }: Extract<Order, { act: 'share' }>,
  { graph, now }: { graph: GraphClient; now: () => Date },
): Promise<string> {
  if (!categories.every(isCategory))
    throw new NotUnderstoodOrder(`--categories: choose among ${categoryNames.join(', ').toLowerCase()}.`)
  const end = endOfDay(until)
  const { patientByHospitalNumber: patient } = await graph.read(PatientByHospitalNumberDocument, { hospitalNumber })
  if (!patient) throw new NotDone(`Nobody here has the hospital number ${hospitalNumber}.`)
  const input = {
    idempotencyKey: randomUUID(),
    eventAt: now().toISOString(),
    patientId: patient.id,
    organisationCode: organisationCode.toUpperCase(),
    categories,
    ...(end !== undefined && { until: end }),
  }
  const { recordSharing: outcome } = await graph.write(RecordSharingDocument, { input })
  if (outcome.__typename === 'SharingNotRecorded') throw new NotDone(outcome.message)
  const what = categories.length ? categories.join(', ').toLowerCase() : 'nothing'
  const term = until === undefined ? '' : ` until ${until}`
  return `The hospital shares ${what} of ${hospitalNumber} with ${input.organisationCode}${term}. What the patient chose goes before it.\n`
}

/** A day that is named is shared to its end, by the clocks of London. */
function endOfDay(day: string | undefined): string | undefined {
  if (day === undefined) return undefined
  if (!z.iso.date().safeParse(day).success) throw new NotUnderstoodOrder('--until: write a day as 2027-03-31.')
  return londonInstant(plusDays(day, 1), '00:00').toISOString()
}
