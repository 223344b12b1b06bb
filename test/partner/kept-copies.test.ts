import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engines, patient } from '../alone.ts'
import { portalWithPartners, type PortalWithPartners, sourceAt } from './portal-with-partners.ts'
import { anObservation, aReport, recordsThere } from './records.ts'
import { answering, type ScriptedPartner, startScriptedPartner } from './scripted-partner.ts'

describe.each(engines)('what is kept of a partner, on %s', (engine) => {
  let partner: ScriptedPartner
  let portal: PortalWithPartners
  beforeEach(async () => {
    partner = await startScriptedPartner()
    partner.answer = answering(recordsThere())
    portal = await portalWithPartners([sourceAt(partner)], {}, { engine })
    await portal.read()
  })
  afterEach(async () => {
    await portal.stop()
    await partner.stop()
  })
  const fails = () => (partner.answer = () => ({ status: 400 }))
  const copies = () => portal.sql<{ sealed: string; identity: string }>('select * from partner_copy')

  it('can be read by nobody who has only the database', async () => {
    const [copy, ...others] = await copies()
    expect(others).toEqual([])
    const bytes = Buffer.from(copy?.sealed ?? '', 'base64url').toString('latin1')
    expect(JSON.stringify(copy) + bytes).not.toMatch(/blood|Haemoglobin|9990041571|1984-03-09/i)
  })

  it('is shown for a day, with the day it is of, and then gone', async () => {
    fails()
    portal.clock.set('2026-11-24T09:59:00Z')
    expect(await portal.royalFree()).toMatchObject({
      status: 'STALE',
      message: 'Royal Free records are temporarily unavailable. Last updated 10am on Monday 23 November 2026.',
    })
    portal.clock.set('2026-11-24T10:00:01Z')
    expect((await portal.royalFree())?.status).toBe('UNAVAILABLE')
    await portal.subgraph.settle()
    expect(await copies()).toEqual([])
  })

  it('is shown while the partner takes its time, and what it says then is there the next time', async () => {
    const slow = await portalWithPartners([sourceAt(partner)], { totalMilliseconds: 60_000 }, { engine })
    await slow.read()
    const late = Promise.withResolvers<void>()
    partner.answer = async (question) => {
      await late.promise
      return answering(recordsThere().filter(({ resourceType }) => resourceType !== 'Composition'))(question)
    }
    slow.clock.pass(32 * 60)
    // Nothing has come from there when this is shown.
    const { nodes, sources } = await slow.read()
    expect([nodes.length, sources[1]?.status]).toEqual([3, 'STALE'])
    late.resolve()
    await expect.poll(async () => (await slow.royalFree())?.status).toBe('AVAILABLE')
    expect((await slow.read()).nodes).toHaveLength(2)
    await slow.stop()
  })

  it('is shown to nobody under another identity, nor when a byte of it is another', async () => {
    fails()
    portal.identity = { nhsNumber: '9990041571', bornOn: '1984-03-10' }
    expect((await portal.royalFree())?.status).toBe('UNAVAILABLE')
    portal.identity = { nhsNumber: '9990041571', bornOn: '1984-03-09' }
    portal.clock.pass(61)
    expect((await portal.royalFree())?.status).toBe('STALE')
    const [copy] = await copies()
    const sealed = `${copy?.sealed.slice(0, 60)}${copy?.sealed[60] === 'A' ? 'B' : 'A'}${copy?.sealed.slice(61)}`
    await portal.sql('update partner_copy set sealed = ?', sealed)
    expect((await portal.royalFree())?.status).toBe('UNAVAILABLE')
  })

  it('is nobody else’s here', async () => {
    const { data } = await portal.ask(patient('p-2'), '{ documents { nodes { id } } }')
    expect(await portal.sql('select patient_id from partner_copy order by patient_id')).toHaveLength(2)
    expect(data).not.toBeNull()
  })

  it('is not there or cannot be asked: a document of a partner says which', async () => {
    const query = '{ document(id: "RAL.DiagnosticReport.blood-count") { title } }'
    const missing = '{ document(id: "RAL.DiagnosticReport.of-bernard") { title } }'
    expect((await portal.ask(patient('p-1'), query)).data).toEqual({ document: { title: 'Full blood count' } })
    expect((await portal.ask(patient('p-1'), missing)).data).toEqual({ document: null })
    fails()
    portal.clock.pass(25 * 3600)
    const { errors } = await portal.ask(patient('p-1'), query)
    expect(errors?.[0]).toMatchObject({
      message: 'Royal Free records are temporarily unavailable. Try again in a few minutes.',
      extensions: { code: 'UNAVAILABLE' },
    })
  })

  it('is read, and unread again when the partner corrects it', async () => {
    const isUnread = async () => (await portal.read()).nodes.find(({ kind }) => kind === 'TEST_RESULT')?.unread
    expect(await isUnread()).toBe(true)
    const mutation = `mutation ($input: MarkDocumentReadInput!) { markDocumentRead(input: $input) { __typename } }`
    const input = { idempotencyKey: randomUUID(), documentId: 'RAL.DiagnosticReport.blood-count' }
    const shown = await portal.ask(patient('p-1'), `{ document(id: "${input.documentId}") { version } }`)
    const { version: before } = shown.data?.document as unknown as { version: string }
    const { data } = await portal.ask(patient('p-1'), mutation, { input: { ...input, version: before } })
    expect(data).toEqual({ markDocumentRead: { __typename: 'DocumentMarkedRead' } })
    portal.clock.pass(61)
    expect(await isUnread()).toBe(false)
    // The report is as it was: one of its values is not.
    const corrected = anObservation({ status: 'corrected', valueQuantity: { value: 153, unit: 'g/L' } })
    partner.answer = answering([...recordsThere().filter(({ id }) => id !== 'haemoglobin'), corrected])
    portal.clock.pass(61)
    expect(await isUnread()).toBe(true)
    // Opened before the correction came, it was the older one that was read.
    const again = { ...input, idempotencyKey: randomUUID(), version: before }
    const late = await portal.ask(patient('p-1'), mutation, { input: again })
    expect(late.data).toEqual({ markDocumentRead: { __typename: 'DocumentHasChanged' } })
    expect(await isUnread()).toBe(true)
  })

  it('shows how a value went, among what is shown of the same laboratory', async () => {
    const earlier = { effectiveDateTime: '2026-05-20T09:00:00Z', issued: '2026-05-20T12:00:00Z' }
    partner.answer = answering([
      ...recordsThere(),
      aReport({ id: 'earlier', ...earlier, result: [{ reference: 'Observation/before' }] }),
      anObservation({
        id: 'before',
        effectiveDateTime: earlier.effectiveDateTime,
        valueQuantity: { value: 121, unit: 'g/L' },
      }),
      anObservation({ id: 'taken-back', status: 'entered-in-error', valueQuantity: { value: 2, unit: 'g/L' } }),
    ])
    portal.clock.pass(61)
    const { nodes } = await portal.read(
      '... on TestResult { observations { value trend { resultId value measuredAt } } }',
    )
    const trend = [
      { resultId: 'RAL.DiagnosticReport.earlier', value: '121', measuredAt: '2026-05-20T09:00:00.000Z' },
      { resultId: 'RAL.DiagnosticReport.blood-count', value: '135', measuredAt: '2026-11-20T09:30:00.000Z' },
    ]
    expect(nodes.find(({ id }) => id.endsWith('blood-count'))).toMatchObject({
      observations: [{ value: '135', trend }],
    })
    expect(nodes.find(({ id }) => id.endsWith('earlier'))).toMatchObject({ observations: [{ value: '121', trend }] })
  })
})
