import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines, staff, system } from '../../../test/alone.ts'
import type { Behind } from '../../../test/behind.ts'
import { documentsAlone } from '../../../test/documents-alone.ts'
import { anXRay, record, recorded } from '../../../test/laboratory.ts'

const notAPdf = { base64: Buffer.from('MZ this is a program').toString('base64'), fileName: 'report.pdf' }

describe.each(engines)('how many PDFs are withheld, on %s', (engine) => {
  let hospital: Behind
  let clinicCode: string
  beforeAll(async () => {
    hospital = await documentsAlone({ engine })
  })
  beforeEach(() => {
    hospital.clock.set('2026-11-23T10:00:00Z')
    clinicCode = `C${randomUUID()}`
  })
  afterAll(() => hospital.stop())

  const list = async (first = 20, viewer = { ...staff, scopes: ['results', `clinic:${clinicCode}`] }) => {
    const query = 'query ($first: Int!) { withheldPdfs(first: $first) { totalCount nodes { hospitalId } } }'
    const { data, errors } = await hospital.ask(viewer, query, { first })
    if (errors) throw new Error(JSON.stringify(errors))
    return data?.withheldPdfs as unknown as { totalCount: number; nodes: { hospitalId: string }[] }
  }
  const withFile = () => anXRay({ clinicCodes: [clinicCode], pdf: notAPdf })
  const withdraw = (hospitalId: unknown) =>
    hospital.ask(
      system,
      'mutation ($input: WithdrawDocumentInput!) { withdrawDocument(input: $input) { __typename } }',
      { input: { idempotencyKey: randomUUID(), eventAt: '2026-11-23T09:58:00Z', hospitalId, patientId: 'amal' } },
    )

  it('is counted on all pages, of the clinics of who asks', async () => {
    for (let n = 0; n < 3; n++) await recorded(hospital, withFile())
    const page = await list(2)
    expect(page.nodes).toHaveLength(2)
    expect(page.totalCount).toBe(3)
    expect(await list(20, { ...staff, scopes: ['results', 'clinic:ELSEWHERE'] })).toEqual({ totalCount: 0, nodes: [] })
  })

  it('is without those of what the hospital took back, until it sends it again', async () => {
    const [one, other] = [withFile(), withFile()]
    for (const sent of [one, other]) await recorded(hospital, sent)
    expect((await list()).totalCount).toBe(2)
    expect((await withdraw(one.hospitalId)).data).toEqual({ withdrawDocument: { __typename: 'DocumentWithdrawn' } })
    expect(await list()).toEqual({ totalCount: 1, nodes: [{ hospitalId: other.hospitalId }] })
    await record(hospital, { ...other, eventAt: '2026-11-23T09:58:00Z', status: 'X' })
    expect(await list()).toEqual({ totalCount: 0, nodes: [] })
    await record(hospital, { ...one, eventAt: '2026-11-23T09:59:00Z', status: 'C' })
    expect(await list()).toEqual({ totalCount: 1, nodes: [{ hospitalId: one.hospitalId }] })
  })
})
