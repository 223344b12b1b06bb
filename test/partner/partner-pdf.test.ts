import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type PartnerServer, startPartnerServer } from '../../scripts/demonstration/partner-server.ts'
import type { DocumentsContext } from '../../subgraphs/documents/context.ts'
import { hasPartnerPdf, partnerPdf } from '../../subgraphs/documents/partners/partner-pdf.ts'
import { aPdf } from '../../subgraphs/documents/pdfs/testing/a-pdf.ts'
import { patient } from '../alone.ts'
import { client, portalWithPartners, type PortalWithPartners, sourceAt } from './portal-with-partners.ts'
import { aLetter, aPatient, aReport, recordsThere } from './records.ts'
import { answering, type Scripted, type ScriptedPartner, startScriptedPartner } from './scripted-partner.ts'

const letterId = 'RAL.DocumentReference.letter'

/** As a resolver has it. */
const contextOf = (portal: PortalWithPartners) => {
  const write = (facts: object, message: string) => void portal.lines.push(JSON.stringify({ ...facts, message }))
  return {
    viewer: patient('p-1'),
    em: portal.fork(),
    clock: portal.clock,
    trust: portal.trust,
    log: { info: write, warn: write, error: write },
    graph: { ask: () => Promise.resolve({ patient: { id: 'p-1', ...portal.identity } }) },
    partners: portal.partners,
  } as unknown as DocumentsContext
}
const pdfOf = (portal: PortalWithPartners, id = letterId) => partnerPdf(contextOf(portal), id)

describe('the PDF of a partner', () => {
  let partner: ScriptedPartner
  let portal: PortalWithPartners
  let file: Scripted
  let letter = aLetter()
  beforeEach(async () => {
    partner = await startScriptedPartner()
    letter = aLetter()
    file = { headers: { 'content-type': 'application/pdf' }, body: aPdf() }
    partner.answer = (question) => {
      if (question.startsWith('Binary/')) return file
      if (question === 'DocumentReference/letter') return { body: letter }
      return answering([aPatient(), letter, aReport({ id: 'without', result: [] })])(question)
    }
    portal = await portalWithPartners([sourceAt(partner)])
  })
  afterEach(async () => {
    await portal.stop()
    await partner.stop()
  })
  const binariesAsked = () => partner.asked.filter((it) => it.startsWith('Binary')).length

  it('is fetched when somebody opens it, and not before', async () => {
    await portal.read()
    expect(binariesAsked()).toBe(0)
    expect(await pdfOf(portal)).toEqual(aPdf())
    expect(binariesAsked()).toBe(1)
  })

  it('is there as FHIR has it too, and in the resource itself', async () => {
    const data = aPdf().toString('base64')
    file = { body: { resourceType: 'Binary', contentType: 'application/pdf', data } }
    expect(await pdfOf(portal)).toEqual(aPdf())
    letter = aLetter({ content: [{ attachment: { contentType: 'application/pdf', data } }] })
    expect(await pdfOf(portal)).toEqual(aPdf())
  })

  it('is not there where there is none', async () => {
    expect(await hasPartnerPdf(contextOf(portal), letterId)).toBe(true)
    for (const id of [
      'RAL.DiagnosticReport.without',
      'RAL.DocumentReference.unknown',
      'RHM.DocumentReference.letter',
    ]) {
      expect(await hasPartnerPdf(contextOf(portal), id)).toBe(false)
      await expect(pdfOf(portal, id)).rejects.toThrow('not there any more')
    }
    expect(binariesAsked()).toBe(0)
  })

  it.each<[string, () => void, words?: string]>([
    ['is somebody else’s by now', () => (letter = aLetter({ subject: { reference: 'Patient/bernard' } }))],
    ['was taken back meanwhile', () => (letter = aLetter({ status: 'entered-in-error' }))],
    [
      'is kept like the record of somebody else',
      () => {
        const data = aPdf().toString('base64')
        file = {
          body: {
            resourceType: 'Binary',
            contentType: 'application/pdf',
            data,
            securityContext: { reference: 'Patient/bernard' },
          },
        }
      },
    ],
    [
      'is no PDF',
      () => (file = { headers: { 'content-type': 'application/pdf' }, body: '<h1>Please log in</h1>' }),
      'did not pass our safety checks',
    ],
    [
      'holds a script',
      () => {
        const body = aPdf()
          .toString('latin1')
          .replace('/Type /Catalog', '/Type /Catalog /OpenAction << /S /JavaScript /JS (app.alert(1)) >>')
        file = { headers: { 'content-type': 'application/pdf' }, body: Buffer.from(body, 'latin1') }
      },
      'did not pass our safety checks',
    ],
    ['may not be read', () => (file = { status: 403 })],
  ])('that %s is not handed out', async (_, happen, words = 'has this file no more') => {
    await portal.read()
    happen()
    await expect(pdfOf(portal)).rejects.toThrow(words)
  })

  it.each<[string, () => void, string]>([
    [
      'is at another host',
      () =>
        (letter = aLetter({
          content: [{ attachment: { contentType: 'application/pdf', url: 'https://elsewhere.example/x' } }],
        })),
      'temporarily unavailable',
    ],
    ['cannot be fetched', () => (file = { status: 500 }), 'temporarily unavailable'],
    [
      'is too large',
      () => (file = { headers: { 'content-type': 'application/pdf' }, body: Buffer.alloc(29 * 1024 * 1024) }),
      'too large to be shown',
    ],
  ])('that %s is said to be so', async (_, happen, words) => {
    await portal.read()
    happen()
    await expect(pdfOf(portal)).rejects.toThrow(words)
  })
})

it('comes from a FHIR server that no one here wrote', async () => {
  const binary = {
    resourceType: 'Binary' as const,
    id: 'letter-pdf',
    contentType: 'application/pdf',
    data: aPdf().toString('base64'),
  }
  const server: PartnerServer = await startPartnerServer({ port: 0, client, resources: [...recordsThere(), binary] })
  const portal = await portalWithPartners([sourceAt(server)])
  expect(await pdfOf(portal)).toEqual(aPdf())
  await portal.stop()
  await server.stop()
})
