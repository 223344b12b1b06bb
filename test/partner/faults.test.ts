import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PartnerServer, startPartnerServer } from '../../scripts/demonstration/partner-server.ts'
import type { PartnerSource } from '../../subgraphs/documents/partners/partner-source.ts'
import { type Fault, type FaultProxy, faults, startFaultProxy } from './fault-proxy.ts'
import { client, portalWithPartners, type PortalWithPartners, sourceAt } from './portal-with-partners.ts'
import { recordsThere } from './records.ts'

const times = 50
/** A patient waits no longer for a page, whatever a partner does. */
const patienceMilliseconds = 2000
/** Never left alone: each of the fifty meets the fault itself. */
const untiring = { failuresToOpen: Number.MAX_SAFE_INTEGER }
/** Where only waiting ends it, a shorter wait than in earnest, so that fifty of them end today. */
const waits: Partial<Record<Fault, number>> = { SILENT: 120, DRIP: 120 }

let server: PartnerServer
let proxy: FaultProxy
beforeAll(async () => {
  server = await startPartnerServer({ port: 0, client, resources: recordsThere() })
  proxy = await startFaultProxy(server)
})
afterAll(async () => {
  await proxy.stop()
  await server.stop()
})

/** The fault is where the partner is said to be, or in what it answers. */
function sourceWith(fault: Fault): PartnerSource {
  proxy.fault = fault === 'REFUSED' || fault === 'BAD_TLS' ? undefined : fault
  if (fault === 'REFUSED') return sourceAt({ ...proxy, fhirUrl: proxy.refused })
  return sourceAt(fault === 'BAD_TLS' ? { ...proxy, fhirUrl: proxy.brokenTls } : proxy)
}

async function portalMeeting(fault: Fault): Promise<PortalWithPartners> {
  const wait = waits[fault]
  const limits = { ...untiring, ...(wait && { totalMilliseconds: wait }) }
  const portal = await portalWithPartners([sourceWith(fault)], limits)
  await portal.writeOwnLetter()
  // Once in a while, and not of the partner's making.
  await portal.partners.all[0]?.askSettings.validation.ready()
  return portal
}

const own = expect.objectContaining({
  trustCode: 'RWG',
  title: 'Your appointment on Tuesday 1 December 2026',
}) as object
const statusOf = (sources: { trustCode: string }[]) => sources.find(({ trustCode }) => trustCode === 'RAL')

describe.each(faults.filter((it) => it !== 'ANOTHER_PATIENT'))('a partner with the fault %s', (fault) => {
  let portal: PortalWithPartners
  beforeAll(async () => {
    portal = await portalMeeting(fault)
  })
  afterAll(() => portal.stop())

  it(`hides nothing of our own, and is said to be unavailable, ${times} times`, async () => {
    for (let time = 0; time < times; time += 1) {
      const began = performance.now()
      const { nodes, sources } = await portal.read()
      expect(performance.now() - began).toBeLessThan(patienceMilliseconds)
      expect(nodes).toEqual([own])
      expect(statusOf(sources)).toEqual({
        trustCode: 'RAL',
        status: 'UNAVAILABLE',
        asOf: null,
        setAside: 0,
        message: 'Royal Free records are temporarily unavailable. Try again in a few minutes.',
      })
    }
    expect(portal.lines.join()).toMatch(/a partner could not be asked/)
    expect(portal.lines.join()).not.toMatch(/9990041571|1984-03-09|Full blood/)
  })
})

const comesAndGoes = faults.filter((it) => !['REFUSED', 'BAD_TLS', 'ANOTHER_PATIENT'].includes(it))
describe.each(comesAndGoes)('a partner that gets the fault %s', (fault) => {
  let portal: PortalWithPartners
  beforeAll(async () => {
    proxy.fault = undefined
    const first = await portalWithPartners([sourceAt(proxy)], untiring)
    portal = first
    await portal.writeOwnLetter()
    // Learns the definitions, and what there is.
    expect((await portal.royalFree())?.status).toBe('AVAILABLE')
  })
  afterAll(() => portal.stop())

  it('is shown as it was, with the time of it, and as it is when it is well again', async () => {
    proxy.fault = fault
    portal.clock.pass(32 * 60)
    const { nodes, sources } = await portal.read()
    expect(nodes.map(({ trustCode }) => trustCode)).toEqual(['RWG', 'RAL', 'RAL', 'RAL'])
    expect(statusOf(sources)).toMatchObject({
      status: 'STALE',
      asOf: '2026-11-23T10:00:00.000Z',
      message: 'Royal Free records are temporarily unavailable. Last updated 10am.',
    })
    proxy.fault = undefined
    portal.clock.pass(61)
    // One who is silent is waited for to the end, while what is kept is shown.
    const status = async () => statusOf((await portal.read()).sources)
    await expect.poll(status, { timeout: 10_000 }).toMatchObject({ status: 'AVAILABLE', message: null })
  })
})

describe('a partner that answers with the records of somebody else', () => {
  it(`has none of them shown, and an alarm for each, ${times} times`, async () => {
    const portal = await portalMeeting('ANOTHER_PATIENT')
    for (let time = 0; time < times; time += 1) {
      const { nodes, sources } = await portal.read()
      expect(nodes).toEqual([own])
      expect(statusOf(sources)).toMatchObject({ status: 'AVAILABLE', setAside: 0, message: null })
      portal.clock.pass(61)
    }
    const alarms = portal.lines.map((line) => JSON.parse(line) as { alarm?: string }).filter(({ alarm }) => alarm)
    expect(alarms).toHaveLength(times * 5)
    expect(alarms[0]).toEqual({
      alarm: 'RECORD_OF_ANOTHER',
      source: 'RAL',
      type: 'DiagnosticReport',
      id: 'blood-count',
      message: 'a partner sent a record of somebody else',
    })
    await portal.stop()
  })
})
