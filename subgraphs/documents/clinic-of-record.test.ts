import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines, system } from '../../test/alone.ts'
import type { Behind } from '../../test/behind.ts'
import { documentsAlone } from '../../test/documents-alone.ts'
import { aLetter } from '../../test/hospital-documents.ts'
import { clinicOfRecord } from './clinic-of-record.ts'

describe.each(engines)('the clinic of a record, on %s', (engine) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await documentsAlone({ engine })
    for (const [kind, clinicCode] of [
      ['included', 'EYES'],
      ['included', 'SKIN'],
      ['excluded', 'KEPT'],
    ] as const)
      await hear(kind, clinicCode)
  })
  afterAll(() => hospital.stop())

  const hear = async (kind: 'included' | 'excluded', clinicCode: string) => {
    const text = `mutation ($input: ReceiveEventInput!) { receiveEvent(input: $input) { __typename } }`
    const input = { id: randomUUID(), kind: `clinic.${kind}`, ids: [{ name: 'clinicCode', id: clinicCode }] }
    expect((await hospital.ask(system, text, { input })).errors).toBeUndefined()
  }

  it.each([
    [[], { clinicCode: null, known: true, excluded: false }],
    [['EYES'], { clinicCode: 'EYES', known: true, excluded: false }],
    [['NONE', 'SKIN', 'EYES'], { clinicCode: 'SKIN', known: true, excluded: false }],
    [['NONE', 'NEITHER'], { clinicCode: 'NONE', known: false, excluded: false }],
    [['EYES', 'KEPT'], { clinicCode: 'KEPT', known: true, excluded: true }],
  ])('of %j is the first that is known, or one that is kept out', async (codes, clinic) => {
    expect(await hospital.fork().transactional((em) => clinicOfRecord(em, codes))).toEqual(clinic)
  })

  it('takes a record with it that arrives while it is being kept out, also when nobody had heard of it', async () => {
    for (let round = 0; round < 20; round++) {
      const code = `C${round}`
      if (round % 2) await hear('included', code)
      const recorded = hospital.fork().transactional(async (em) => {
        const { clinicCode, excluded } = await clinicOfRecord(em, [code])
        // Somewhere between, the other one comes.
        await new Promise((resolve) => setTimeout(resolve, round))
        aLetter(em, { clinicCode, excluded })
      })
      await Promise.all([recorded, hear('excluded', code)])
    }
    expect(
      await hospital.sql(`select clinic_code from document where excluded = ${engine === 'sqlite' ? 0 : 'false'}`),
    ).toEqual([])
  })
})
