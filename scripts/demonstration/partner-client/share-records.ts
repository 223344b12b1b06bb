import { randomUUID } from 'node:crypto'
import {
  createGraphClient,
  type GraphClient,
  PatientByHospitalNumberDocument,
  RecordSharingDocument,
  type SharingCategory,
} from '../../../client/main.ts'
import { operate } from '../operate.ts'
import { royalFree } from './open-client.ts'

/** What the hospital shares with the Royal Free, and of whom. */
const sharedForCare: readonly { hospitalNumber: string; categories: SharingCategory[] }[] = [
  { hospitalNumber: 'W100001', categories: ['APPOINTMENTS', 'LETTERS', 'RESULTS'] },
  { hospitalNumber: 'W100002', categories: ['APPOINTMENTS'] },
  { hospitalNumber: 'W100004', categories: ['APPOINTMENTS', 'LETTERS', 'RESULTS'] },
]
/** Who wants none of it. Logs in at every first start anyway. */
const objects = 'W100004'

const object = 'mutation StopSharing($input: StopSharingInput!) { stopSharing(input: $input) { __typename } }'

interface Sharing {
  readonly graphUrl: string
  readonly systemSecret: string
  /** Logs one of the people in. */
  readonly tokenOf: (hospitalNumber: string) => Promise<string>
}

/** The hospital shares some records for direct care; one of the patients stops all sharing. */
export async function shareRecords({ graphUrl, systemSecret, tokenOf }: Sharing): Promise<void> {
  const graph = createGraphClient({ url: graphUrl, bearer: `system.feeds.${systemSecret}` })
  for (const { hospitalNumber, categories } of sharedForCare) await share(graph, hospitalNumber, categories)
  await operate(graphUrl, await tokenOf(objects), object, { input: { idempotencyKey: randomUUID() } })
}

async function share(graph: GraphClient, hospitalNumber: string, categories: SharingCategory[]): Promise<void> {
  const { patientByHospitalNumber: patient } = await graph.read(PatientByHospitalNumberDocument, { hospitalNumber })
  if (!patient) throw new Error(`The demonstration has nobody with the number ${hospitalNumber}.`)
  const input = {
    idempotencyKey: randomUUID(),
    eventAt: new Date().toISOString(),
    patientId: patient.id,
    organisationCode: royalFree.code,
    categories,
  }
  const { recordSharing: outcome } = await graph.write(RecordSharingDocument, { input })
  // A patient's own word from an earlier start stays.
  if (outcome.__typename === 'SharingNotRecorded' && hospitalNumber !== objects) throw new Error(outcome.message)
}
