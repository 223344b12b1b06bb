import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines, patient } from '../../test/alone.ts'
import type { Behind } from '../../test/behind.ts'
import { documentsAlone } from '../../test/documents-alone.ts'
import { everyScope, royalFree, shared, type Sharer } from '../../test/granted.ts'
import { aBookingLetter, aLetter, aResult } from '../../test/hospital-documents.ts'
import { aBloodCount, haemoglobin, recorded } from '../../test/laboratory.ts'
import { askOfPdf, fetchPdfTools, inUtf8 } from '../../test/pdf-tools.ts'
import type { HospitalDocument } from './hospital-document.entity.ts'
import { PdfFile } from './pdfs/pdf-file.entity.ts'
import { aPdf } from './pdfs/testing/a-pdf.ts'

interface Node {
  readonly title: string
  readonly pdf: { readonly origin: string; readonly base64: string } | null
  readonly observations?: { readonly trend: { readonly value: string }[] }[]
}
type Person = { documents: { nodes: Node[] } } | null

beforeAll(fetchPdfTools, 180_000)

describe.each(engines)('what hangs on documents that are shared with a partner, on %s', (engine) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await documentsAlone({ engine })
  })
  beforeEach(async () => {
    for (const table of ['document', 'test_observation', 'pdf_file']) await hospital.sql(`delete from ${table}`)
  })
  afterAll(() => hospital.stop())

  const seen = async (nodes: string, sharers: readonly Sharer[] = [{ patientIds: ['amal'] }], viewer = royalFree()) => {
    const people = await shared<Person>(hospital, sharers, `documents(first: 50) { nodes { ${nodes} } }`, viewer)
    return people.map((it) => it?.documents.nodes ?? [])
  }
  const textOf = async ({ pdf }: Node) =>
    inUtf8(await askOfPdf(Buffer.from(pdf?.base64 ?? '', 'base64'), 'pdftotext', ['-raw', 'FILE', '-']))

  const measured = (patientId: string, value: string) =>
    recorded(hospital, aBloodCount({ patientId, observations: [haemoglobin(value)] }))

  it('is a value over time of all ids of the person, and of nobody else who shares theirs', async () => {
    await measured('amal', '120')
    await measured('amals-former', '121')
    await measured('bea', '140')
    const nodes = '... on TestResult { observations { trend { value } } }'
    const sharers = [{ patientIds: ['amal', 'amals-former'] }, { patientIds: ['bea'] }]
    const trends = (await seen(nodes, sharers)).map((documents) =>
      documents.map((it) => it.observations?.[0]?.trend.map(({ value }) => value).sort()),
    )
    const amals = ['120', '121']
    expect(trends).toEqual([[amals, amals], [['140']]])
  })

  it('is nothing of a value whose results the patient does not share', async () => {
    await measured('amal', '120')
    const sharers = [{ patientIds: ['amal'], categories: ['LETTERS'] }]
    expect(await seen('... on TestResult { observations { value } }', sharers)).toEqual([[]])
  })

  describe('as a file', () => {
    const add = async <Row extends HospitalDocument>(make: (em: ReturnType<Behind['fork']>) => Row) => {
      const em = hospital.fork()
      const { id: documentId, patientId, title } = make(em)
      const content = aPdf({ text: `From the hospital: ${title}` })
      const facts = { documentId, patientId, hospitalId: `H-${documentId}`, size: content.length, sha256: '', content }
      em.create(PdfFile, { ...facts, receivedAt: hospital.clock.now() })
      await em.flush()
      return documentId
    }

    it.each([
      ['letters', ['LETTERS'], 'Clinic letter'],
      ['results', ['RESULTS'], 'Full blood count'],
    ])('is what the hospital sent with %s that are shared', async (_, categories, title) => {
      await add((em) => aLetter(em, { title: 'Clinic letter' }))
      await add((em) => aResult(em, { title: 'Full blood count' }))
      const [[node, ...more] = []] = await seen('title pdf { origin base64 }', [{ patientIds: ['amal'], categories }])
      expect(more).toEqual([])
      expect(node).toMatchObject({ title, pdf: { origin: 'HOSPITAL' } })
      expect(node && (await textOf(node))).toContain(`From the hospital: ${title}`)
    })

    it('is shared and kept with its document, whatever leads to it', async () => {
      const [letter, result] = [await add((em) => aLetter(em)), await add((em) => aResult(em))]
      const filesOf = async (categories: string[], scopes = everyScope) => {
        const viewer = { ...royalFree(scopes), grants: [{ patientIds: ['amal'], categories }] }
        const em = hospital.fork()
        em.setFilterParams('viewer', { viewer })
        return (await em.find(PdfFile, {})).map((it) => it.documentId)
      }
      expect(await filesOf(['LETTERS'])).toEqual([letter])
      expect(await filesOf(['RESULTS'])).toEqual([result])
      expect(await filesOf(['APPOINTMENTS'])).toEqual([])
      expect(await filesOf(['RESULTS'], ['documents.read'])).toEqual([])
      expect(await filesOf(['LETTERS'], ['results.read'])).toEqual([])
    })

    it('is made of a letter about a booking without saying where its reader lives', async () => {
      const em = hospital.fork()
      const letter = aBookingLetter(em)
      const addressee = {
        name: 'Ms Siân Ŵyn',
        addressLines: ['1 Acacia Avenue'],
        nhsNumber: null,
        hospitalNumber: 'W1',
      }
      letter.content = {
        ...letter.content,
        addressee,
        sections: [{ heading: 'Where', paragraphs: ['Here'], items: [] }],
      }
      await em.flush()
      const [[node] = []] = await seen('title pdf { origin base64 }')
      const text = node && (await textOf(node))
      expect(text).toContain('Ms Siân Ŵyn')
      expect(text).not.toContain('Acacia')
      const query = `query ($id: ID!) { document(id: $id) { title pdf { base64 } } }`
      const { data } = await hospital.ask(patient('amal'), query, { id: letter.id })
      expect(await textOf(data?.document as unknown as Node)).toContain('1 Acacia Avenue')
    })
  })
})
