import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines } from '../../../test/alone.ts'
import type { Behind } from '../../../test/behind.ts'
import { documentsAlone } from '../../../test/documents-alone.ts'
import { aBloodCount, act, asPatient, asStaff, clinician, record, recorded } from '../../../test/laboratory.ts'
import { aPdf } from '../pdfs/testing/a-pdf.ts'

const pdfOf = (text: string) => ({ base64: aPdf({ text }).toString('base64'), fileName: 'report.pdf' })
const withScript = { base64: aPdf({ catalog: '/OpenAction << /S /JavaScript /JS (x) >>' }).toString('base64') }
const later = { status: 'C', eventAt: '2026-11-23T09:59:00Z' }

describe.each(engines)('a test result that comes with a PDF, on %s', (engine) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await documentsAlone({ engine })
  })
  beforeEach(() => hospital.clock.set('2026-11-23T10:00:00Z'))
  afterAll(() => hospital.stop())

  it('waits as a report in words does, whatever its values are', async () => {
    const id = await recorded(hospital, aBloodCount({ pdf: pdfOf('All is well.') }))
    expect(await asPatient(hospital, id)).toMatchObject({ state: 'WAITING', opensAt: '2026-12-07T08:00:00.000Z' })
    expect(await asStaff(hospital, id)).toMatchObject({ release: { class: 'REPORT', reason: 'REPORT' } })
  })

  it('is taken without one that does not pass the checks, and says so', async () => {
    const answer = await record(hospital, aBloodCount({ pdf: withScript }))
    expect(answer).toMatchObject({ created: true, flags: ['PDF_WITHHELD'] })
    const { id } = answer.result as { id: string }
    await act(hospital, clinician('Peter'), 'release', id)
    const seen = await asPatient(hospital, id)
    expect(seen).toMatchObject({ state: 'READY', observations: [{ value: '135' }] })
    expect(seen?.notice).toMatch(/safety checks/)
  })

  it('is corrected by another PDF alone, and by none', async () => {
    const sent = aBloodCount({ pdf: pdfOf('All is well.') })
    const id = await recorded(hospital, sent)
    await record(hospital, { ...sent, eventAt: later.eventAt })
    expect(await asStaff(hospital, id)).toMatchObject({ correctedAt: null })
    await record(hospital, {
      ...sent,
      ...later,
      eventAt: '2026-11-23T09:59:30Z',
      status: 'F',
      pdf: pdfOf('Not so well.'),
    })
    expect(await asStaff(hospital, id)).toMatchObject({ correctedAt: '2026-11-23T10:00:00.000Z' })
    await record(hospital, { ...sent, ...later, eventAt: '2026-11-23T09:59:40Z', pdf: null })
    // Nothing but numbers is left, which can be read at once.
    expect(await asPatient(hospital, id)).toMatchObject({ state: 'READY', status: 'CORRECTED' })
    const files = await hospital.sql('select document_id from pdf_file where document_id = ?', id)
    expect(files).toEqual([])
  })

  it('is seen, file and all, by staff of the clinic that it moved to', async () => {
    const sent = aBloodCount({ pdf: pdfOf('All is well.'), clinicCodes: ['ONE'] })
    const id = await recorded(hospital, sent)
    await record(hospital, { ...sent, eventAt: later.eventAt, clinicCodes: ['TWO'] })
    expect(await asStaff(hospital, id, clinician('Edith', 'ONE'))).toBeNull()
    const seen = await asStaff(hospital, id, clinician('Ada', 'TWO'))
    expect(seen).toMatchObject({ observations: [{ value: '135' }], release: { steps: [{ act: 'RECEIVED' }] } })
    const files = await hospital.sql('select clinic_code from pdf_file where document_id = ?', id)
    expect(files).toEqual([{ clinic_code: 'TWO' }])
  })
})
