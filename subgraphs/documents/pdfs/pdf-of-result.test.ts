import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines, patient, staff, system } from '../../../test/alone.ts'
import type { Behind } from '../../../test/behind.ts'
import { documentsAlone } from '../../../test/documents-alone.ts'
import { aBloodCount, act, anXRay, clinician, record, recorded } from '../../../test/laboratory.ts'
import { aPdf } from './testing/a-pdf.ts'

const sentFile = aPdf({ text: 'The lungs are clear.' }).toString('base64')
const withScript = aPdf({ catalog: '/OpenAction << /S /JavaScript /JS (x) >>' }).toString('base64')
const withPdf = (base64: string, more: object = {}) => anXRay({ pdf: { base64, fileName: 'report.pdf' }, ...more })

describe.each(engines)('the PDF of a result, for who decides on it, on %s', (engine) => {
  let hospital: Behind
  const peter = clinician('Peter', 'CHEST')
  beforeAll(async () => {
    hospital = await documentsAlone({ engine })
  })
  beforeEach(() => hospital.clock.set('2026-11-23T10:00:00Z'))
  afterAll(() => hospital.stop())

  const asking = (id: string, viewer = peter, largePrint = false) =>
    hospital.ask(
      viewer,
      `query ($id: ID!, $largePrint: Boolean!) {
        it: testResult(id: $id) { pdf(largePrint: $largePrint) { origin fileName bytes base64 } }
      }`,
      { id, largePrint },
    )
  const pdfOf = async (...asked: Parameters<typeof asking>) => {
    const { data, errors } = await asking(...asked)
    if (errors) throw new Error(JSON.stringify(errors))
    return (data?.it as unknown as { pdf: unknown } | null)?.pdf
  }
  const comes = (base64: string, more: object = {}) =>
    recorded(hospital, withPdf(base64, { clinicCodes: ['CHEST'], ...more }))
  const asSent = { origin: 'HOSPITAL', base64: sentFile, fileName: 'test-result-2026-11-23.pdf' }

  it('is there while the result waits, and its patient has none yet', async () => {
    const id = await comes(sentFile)
    for (const large of [false, true]) expect(await pdfOf(id, peter, large)).toMatchObject(asSent)
    const asPatient = () =>
      hospital.ask(patient('amal'), 'query ($id: ID!) { document(id: $id) { pdf { origin } } }', { id })
    expect((await asPatient()).data).toEqual({ document: { pdf: null } })
    expect(await pdfOf(id, system as never)).toBeNull()
    await act(hospital, peter, 'release', id)
    expect(await pdfOf(id)).toMatchObject(asSent)
    expect((await asPatient()).data).toEqual({ document: { pdf: { origin: 'HOSPITAL' } } })
  })

  it('is none when it did not pass the checks, or none came', async () => {
    expect(await pdfOf(await comes(withScript))).toBeNull()
    const withoutFile = await recorded(hospital, aBloodCount({ clinicCodes: ['CHEST'] }))
    expect(await pdfOf(withoutFile)).toBeNull()
    expect(await pdfOf(withoutFile, system as never)).toMatchObject({ origin: 'PORTAL' })
  })

  it('is none when the laboratory took the result back', async () => {
    const sent = withPdf(sentFile, { clinicCodes: ['CHEST'] })
    const id = await recorded(hospital, sent)
    await record(hospital, { ...sent, eventAt: '2026-11-23T09:59:00Z', status: 'X' })
    expect(await hospital.sql('select document_id from pdf_file where document_id = ?', id)).toHaveLength(1)
    expect(await pdfOf(id)).toBeNull()
  })

  describe('that did not pass the checks', () => {
    const withheldOf = async (id: string, viewer = peter) => {
      const text = 'query ($id: ID!) { it: testResult(id: $id) { withheldPdf { id reason message patient { id } } } }'
      const { data, errors } = await hospital.ask(viewer, text, { id })
      if (errors) throw new Error(String(errors[0]?.extensions?.code))
      return (data?.it as unknown as { withheldPdf: unknown } | null)?.withheldPdf
    }
    const why = { reason: 'ACTIVE_CONTENT', message: expect.stringMatching(/Do not open it/) as string }

    it('is named, with what to do about it, to who decides on the result', async () => {
      const id = await comes(withScript)
      expect(await withheldOf(id)).toEqual({ id, ...why, patient: { id: 'amal' } })
      await act(hospital, peter, 'release', id)
      expect(await withheldOf(id)).toMatchObject(why)
    })

    it('is none when it passed, none came, another came since, or the result was taken back', async () => {
      for (const id of [await comes(sentFile), await recorded(hospital, aBloodCount({ clinicCodes: ['CHEST'] }))])
        expect(await withheldOf(id)).toBeNull()
      const sent = withPdf(withScript, { clinicCodes: ['CHEST'] })
      const id = await recorded(hospital, sent)
      const again = { base64: sentFile, fileName: 'report.pdf' }
      await record(hospital, { ...sent, eventAt: '2026-11-23T09:58:00Z', pdf: again })
      expect(await withheldOf(id)).toBeNull()
      await record(hospital, { ...sent, eventAt: '2026-11-23T09:59:00Z' })
      expect(await withheldOf(id)).toMatchObject(why)
      await record(hospital, { ...sent, eventAt: '2026-11-23T09:59:30Z', status: 'X' })
      expect(await withheldOf(id)).toBeNull()
    })

    it('is named in a list too, and to nobody but staff who release results of its clinic', async () => {
      const viewer = clinician('Peter', `C${randomUUID()}`)
      const clinicCodes = [viewer.scopes[1]?.slice('clinic:'.length)]
      const ids = [await comes(withScript, { clinicCodes }), await comes(sentFile, { clinicCodes })]
      const { data } = await hospital.ask(viewer, '{ it: resultsToRelease { nodes { id withheldPdf { id } } } }')
      expect(data?.it).toEqual({
        nodes: expect.arrayContaining([
          { id: ids[0], withheldPdf: { id: ids[0] } },
          { id: ids[1], withheldPdf: null },
        ]) as unknown,
      })
      expect(await withheldOf(ids[0] ?? '')).toBeUndefined()
      for (const other of [patient('amal'), system])
        await expect(withheldOf(ids[0] ?? '', other as never)).rejects.toThrow('FORBIDDEN')
    })
  })

  it('is nobody’s of another clinic, or who does not release results, and patients ask for it elsewhere', async () => {
    const id = await comes(sentFile)
    for (const viewer of [clinician('Edith', 'ELSEWHERE'), staff, { ...staff, scopes: ['clinic:CHEST'] }])
      expect(await pdfOf(id, viewer)).toBeUndefined()
    const { errors } = await asking(id, patient('amal') as never)
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
  })

  it('is not handed out for a whole list at once', async () => {
    const viewer = clinician('Peter', `C${randomUUID()}`)
    const clinicCodes = [viewer.scopes[1]?.slice('clinic:'.length)]
    for (let n = 0; n < 3; n++) await recorded(hospital, withPdf(sentFile, { clinicCodes }))
    const { errors } = await hospital.ask(viewer, '{ resultsToRelease { nodes { pdf { base64 } } } }')
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
  })

  it('is written into the audit of the patient when it is opened', async () => {
    const patientId = randomUUID()
    const id = await comes(sentFile, { patientId })
    await pdfOf(id)
    const rows = await hospital.sql(
      `select actor_id from audit_entry where patient_id = ? and role = 'STAFF'`,
      patientId,
    )
    expect(rows).toEqual([{ actor_id: 'staff:peter' }])
  })
})
