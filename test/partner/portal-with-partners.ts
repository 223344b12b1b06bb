import { randomBytes, randomUUID } from 'node:crypto'
import type { DocumentNode } from 'graphql'
import { PersonForPartnersDocument } from '../../subgraphs/documents/graph/index.ts'
import { Partners } from '../../subgraphs/documents/partners/partners.ts'
import type { PartnerLimits } from '../../subgraphs/documents/partners/partner-limits.ts'
import type { PartnerSource } from '../../subgraphs/documents/partners/partner-source.ts'
import { recordTypes } from '../../subgraphs/documents/partners/partner-source.ts'
import { documents } from '../../subgraphs/documents/main.ts'
import type { Graph } from '../../subgraphs/runtime/reaction.ts'
import { type AloneSettings, patient, system } from '../alone.ts'
import { type Behind, behind } from '../behind.ts'
import { aBooking } from '../letter-facts.ts'
import { amal } from './records.ts'

export const client = { id: 'portal', secret: 'a secret between two hospitals' }

/** The Royal Free, wherever it answers in this test. */
export const sourceAt = (
  server: { fhirUrl: string; tokenUrl: string },
  more: Partial<PartnerSource> = {},
): PartnerSource => ({
  code: 'RAL',
  name: 'Royal Free London NHS Foundation Trust',
  shortName: 'Royal Free',
  fhirUrl: new URL(server.fhirUrl),
  tokenUrl: new URL(server.tokenUrl),
  clientId: client.id,
  clientSecret: client.secret,
  scope: 'system/*.read',
  asks: [...recordTypes],
  ...more,
})

export interface Source {
  trustCode: string
  status: string
  asOf: string | null
  setAside: number
  message: string | null
}

export interface ListedDocument {
  __typename: string
  id: string
  kind: string
  title: string
  state: string
  unread: boolean
  notice: string | null
  trustCode: string
}

/** The documents of one person, with partners beside. */
export interface PortalWithPartners extends Behind {
  readonly partners: Partners
  /** How often the graph was asked who the person is. */
  readonly asksForIdentity: () => number
  /** By what the person is known now; null: the record has no NHS number. */
  identity: { nhsNumber: string | null; bornOn: string }
  read(more?: string, filter?: object): Promise<{ nodes: ListedDocument[]; sources: Source[] }>
  royalFree(): Promise<Source | undefined>
  /** A letter of our own, as it comes of a booking. */
  writeOwnLetter(): Promise<void>
}

const list = (more: string) => `query ($filter: DocumentFilter) {
  documents(filter: $filter, first: 50) {
    nodes { __typename id kind title state unread notice trustCode ${more} }
    sources { trustCode status asOf setAside message }
  }
}`

export async function portalWithPartners(
  sources: readonly PartnerSource[],
  limits: Partial<PartnerLimits> = {},
  settings: AloneSettings = {},
): Promise<PortalWithPartners> {
  const partners = new Partners({ documentsKey: randomBytes(32), partners: sources }, 'RWG', limits)
  const who = { identity: { ...amal } as PortalWithPartners['identity'] }
  const person = () => ({ ...aBooking.patient, id: 'p-1', ...who.identity })
  let asked = 0
  const graph = {
    ask: (document: DocumentNode) => {
      asked += Number(document === PersonForPartnersDocument)
      return Promise.resolve({ appointment: { ...aBooking, patient: person() }, patient: person() })
    },
  } as unknown as Graph
  const portal = await behind(documents, { graph, extra: { partners }, ...settings })
  const read: PortalWithPartners['read'] = async (more = '', filter) => {
    const { data, errors } = await portal.ask(patient('p-1'), list(more), { filter })
    if (errors) throw new Error([JSON.stringify(errors), portal.lines.at(-1)].join(' '))
    return data?.documents as never
  }
  return Object.assign(who, portal, {
    partners,
    asksForIdentity: () => asked,
    read,
    writeOwnLetter: async () => {
      const ids = [{ name: 'appointmentId', id: aBooking.id }]
      const input = { id: randomUUID(), kind: 'appointment.booked', ids }
      await portal.ask(system, `mutation ($input: ReceiveEventInput!) { receiveEvent(input: $input) { __typename } }`, {
        input,
      })
    },
    royalFree: async () => (await read()).sources.find(({ trustCode }) => trustCode === 'RAL'),
  })
}
