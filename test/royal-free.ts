import { randomUUID } from 'node:crypto'
import type { Resource } from '@medplum/fhirtypes'
import type { GraphSettings } from '../scripts/graph.ts'

type PartnerSource = NonNullable<GraphSettings['partners']>[number]

/** A partner hospital that runs until it is stopped, and how the portal reaches it. */
export interface RoyalFree {
  readonly source: PartnerSource
  stop(): Promise<void>
}

/** The Royal Free, with what it knows in a test. Its packages are only loaded here: most tests have no partner. */
export async function aRoyalFree(resources: readonly Resource[]): Promise<RoyalFree> {
  const { startPartnerServer } = await import('../scripts/demonstration/partner-server.ts')
  const client = { id: 'portal', secret: randomUUID() }
  const { fhirUrl, tokenUrl, stop } = await startPartnerServer({ port: 0, client, resources })
  const source: PartnerSource = {
    code: 'RAL',
    name: 'Royal Free London NHS Foundation Trust',
    shortName: 'Royal Free',
    fhirUrl: new URL(fhirUrl),
    tokenUrl: new URL(tokenUrl),
    clientId: client.id,
    clientSecret: client.secret,
    scope: 'system/*.read',
    asks: ['DiagnosticReport', 'Observation', 'DocumentReference', 'Composition'],
  }
  return { source, stop }
}
