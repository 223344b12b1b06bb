import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PartnerServer, startPartnerServer } from '../../scripts/demonstration/partner-server.ts'
import { client, portalWithPartners, type PortalWithPartners, sourceAt } from './portal-with-partners.ts'
import { bernard, recordsThere } from './records.ts'

let server: PartnerServer
let portal: PortalWithPartners
beforeAll(async () => {
  server = await startPartnerServer({ port: 0, client, resources: recordsThere() })
  portal = await portalWithPartners([sourceAt(server)])
})
afterAll(async () => {
  await portal.stop()
  await server.stop()
})

const sections = '... on Letter { author sections { heading code paragraphs items } }'

describe('the records of a partner', () => {
  it('stand in the list, each as what it is', async () => {
    const { nodes, sources } = await portal.read(sections)
    expect(portal.lines).toEqual([])
    expect(sources).toEqual([
      { trustCode: 'RWG', status: 'AVAILABLE', asOf: null, setAside: 0, message: null },
      { trustCode: 'RAL', status: 'AVAILABLE', asOf: '2026-11-23T10:00:00.000Z', setAside: 0, message: null },
    ])
    expect(nodes).toMatchObject([
      { __typename: 'TestResult', id: 'RAL.DiagnosticReport.blood-count', title: 'Full blood count', unread: true },
      { __typename: 'OutcomeLetter', id: 'RAL.DocumentReference.letter', title: 'Letter from the eye clinic' },
      {
        __typename: 'DischargeSummary',
        id: 'RAL.Composition.summary',
        author: 'Dr Ruth Okafor',
        sections: [
          {
            heading: 'Diagnoses',
            code: '887161000000102',
            paragraphs: ['Cataract <left>'],
            items: ['Operated', 'Healing'],
          },
        ],
      },
    ])
  })

  it('are nobody else’s', async () => {
    const other = await portalWithPartners([sourceAt(server)])
    other.identity = bernard
    expect((await other.read()).nodes.map(({ id }) => id)).toEqual(['RAL.DiagnosticReport.of-bernard'])
    await other.stop()
  })
})
