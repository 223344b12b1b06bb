import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DocumentsContext } from '../../subgraphs/documents/context.ts'
import { partnerPdf } from '../../subgraphs/documents/partners/partner-pdf.ts'
import { aPdf } from '../../subgraphs/documents/pdfs/testing/a-pdf.ts'
import { patient } from '../alone.ts'
import { portalWithPartners, type PortalWithPartners, sourceAt } from './portal-with-partners.ts'
import { aLetter, anObservation, aPatient, aReport, aSummary, recordsThere } from './records.ts'
import { answering, type Scripted, type ScriptedPartner, startScriptedPartner } from './scripted-partner.ts'

/** What is wrong with one patient's records must not take the partner's from all others. */
let partner: ScriptedPartner
let portal: PortalWithPartners
beforeEach(async () => {
  partner = await startScriptedPartner()
  portal = await portalWithPartners([sourceAt(partner)])
})
afterEach(async () => {
  await portal.stop()
  await partner.stop()
})

const patientsAsked = () => partner.asked.filter((it) => it.startsWith('Patient')).length

describe('the record of a person at a partner that cannot be read', () => {
  const broken = { ...aPatient(), telecom: 'none' }

  it('is a fault, and never said to be that there is nothing', async () => {
    partner.answer = answering([...recordsThere().filter(({ id }) => id !== 'amal'), broken])
    const source = await portal.royalFree()
    expect(source).toMatchObject({ status: 'UNAVAILABLE' })
    expect(source?.message).not.toContain('no records')
    expect(portal.lines.join()).toContain('UNREADABLE_PERSON')
    expect(portal.lines.join()).not.toContain('9990041571')
  })

  it('leaves what was kept of them, with its time', async () => {
    partner.answer = answering(recordsThere())
    expect((await portal.royalFree())?.status).toBe('AVAILABLE')
    partner.answer = answering([broken])
    portal.clock.pass(120)
    expect(await portal.royalFree()).toMatchObject({ status: 'STALE', asOf: '2026-11-23T10:00:00.000Z' })
  })

  it('is asked for again each time: others are served meanwhile', async () => {
    partner.answer = answering([broken])
    for (let time = 0; time < 7; time += 1) await portal.royalFree()
    expect(patientsAsked()).toBe(7)
  })
})

describe('a file of one patient that cannot be had', () => {
  const pdf = () => {
    const context = {
      viewer: patient('p-1'),
      em: portal.fork(),
      clock: portal.clock,
      trust: portal.trust,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      graph: { ask: () => Promise.resolve({ patient: { id: 'p-1', ...portal.identity } }) },
      partners: portal.partners,
    }
    return partnerPdf(context as unknown as DocumentsContext, 'RAL.DocumentReference.letter')
  }

  it.each<[string, Scripted, string]>([
    ['is gone', { status: 404 }, 'Binary/letter-pdf'],
    ['is at another host', { body: aPdf() }, 'https://elsewhere.example/x'],
    ['is something else', { body: { resourceType: 'OperationOutcome' } }, 'Binary/letter-pdf'],
  ])('because it %s takes the partner from nobody', async (_, file, url) => {
    const letter = aLetter({ content: [{ attachment: { contentType: 'application/pdf', url } }] })
    partner.answer = (question) => {
      if (question.startsWith('Binary/')) return file
      return question === 'DocumentReference/letter' ? { body: letter } : answering([aPatient(), letter])(question)
    }
    await portal.read()
    for (let time = 0; time < 6; time += 1) await expect(pdf()).rejects.toThrow('Royal Free')
    portal.clock.pass(61)
    expect((await portal.royalFree())?.status).toBe('AVAILABLE')
  })
})

describe('a record that says it must not be read as it stands', () => {
  it.each<[string, object]>([
    [
      'something in it changes what the rest means',
      { modifierExtension: [{ url: 'https://partner.example/not-done', valueBoolean: true }] },
    ],
    ['it follows rules that nobody here knows', { implicitRules: 'https://partner.example/rules' }],
  ])('because %s is set aside and counted', async (_, more) => {
    partner.answer = answering([aPatient(), anObservation(more)])
    const { nodes, sources } = await portal.read()
    expect(nodes).toEqual([])
    expect(sources[1]).toMatchObject({ status: 'AVAILABLE', setAside: 1 })
  })
})

describe('a record that its hospital keeps from patients', () => {
  const confidentiality = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality'
  const labels = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'NOPAT' }]

  it.each<[string, unknown]>([
    ['a result, with all that it is made of', aReport({ meta: { security: labels } })],
    ['a letter with a label', aLetter({ securityLabel: [{ coding: [{ system: confidentiality, code: 'R' }] }] })],
    ['a text that is very restricted', aSummary({ confidentiality: 'V' })],
  ])('is not there: %s', async (_, record) => {
    const parts = JSON.stringify(record).includes('blood-count') ? [anObservation()] : []
    partner.answer = answering([aPatient(), record, ...parts])
    const { nodes, sources } = await portal.read()
    expect(nodes).toEqual([])
    expect(sources[1]).toMatchObject({ status: 'AVAILABLE', setAside: 0, message: null })
  })
})

describe('a letter that reports a test only a clinician explains', () => {
  const pathology = { coding: [{ system: 'http://loinc.org', code: '11526-1' }], text: 'Pathology study' }
  const laboratory = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'SP' }] }

  it.each<[string, unknown[]]>([
    ['by its type', [aLetter({ type: pathology })]],
    ['by its category', [aLetter({ category: [laboratory] })]],
    ['as text', [aSummary({ type: pathology })]],
    [
      'in its file',
      [aSummary(), aLetter({ type: pathology, context: { related: [{ reference: 'Composition/summary' }] } })],
    ],
  ])('waits for one as a result does: %s', async (_, records) => {
    partner.answer = answering([aPatient(), ...records])
    const { nodes } = await portal.read()
    expect(nodes).toMatchObject([{ title: 'Letter', state: 'WAITING' }])
    expect(nodes[0]?.notice).toBe(
      'A clinician at Royal Free goes through this letter with you. Contact them if you have not heard.',
    )
  })
})
