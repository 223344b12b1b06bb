import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { patient, system } from '../../../test/alone.ts'
import type { Behind } from '../../../test/behind.ts'
import { documentsAlone, personCalled } from '../../../test/documents-alone.ts'
import { shared } from '../../../test/granted.ts'
import { aLetter, aResult } from '../../../test/hospital-documents.ts'
import { askOfPdf, fetchPdfTools, inUtf8 } from '../../../test/pdf-tools.ts'
import type { HospitalDocument } from '../hospital-document.entity.ts'
import { aPdf } from './testing/a-pdf.ts'
import { PdfFile } from './pdf-file.entity.ts'

beforeAll(fetchPdfTools, 180_000)

let hospital: Behind
const asked: string[] = []
/** What the rest of the graph answers, for a patient's id. */
let answer = (id: string): object => personCalled(id)
beforeAll(async () => {
  const graph = {
    ask: (_: unknown, variables: object) => {
      const { patientId } = variables as { patientId: string }
      asked.push(patientId)
      return new Promise((resolve) => resolve(answer(patientId))) as never
    },
  }
  hospital = await documentsAlone({ graph })
})
beforeEach(async () => {
  asked.length = 0
  answer = (id) => personCalled(id)
  for (const table of ['document', 'pdf_file']) await hospital.sql(`delete from ${table}`)
})
afterAll(() => hospital.stop())

const add = async (make: (em: ReturnType<Behind['fork']>) => HospitalDocument) => {
  const em = hospital.fork()
  const { id } = make(em)
  await em.flush()
  return id
}
const query =
  'query P($id: ID!, $large: Boolean!) { document(id: $id) { title pdf(largePrint: $large) { origin base64 } } }'
const asking = (id: string, viewer = patient('amal'), large = false) => hospital.ask(viewer, query, { id, large })
const textOf = async (base64: string) =>
  inUtf8(await askOfPdf(Buffer.from(base64, 'base64'), 'pdftotext', ['-raw', 'FILE', '-'])).replaceAll(/\s+/g, ' ')
async function textFor(...args: Parameters<typeof asking>) {
  const { data, errors } = await asking(...args)
  if (errors) throw new Error(errors.map(({ message }) => message).join())
  return textOf((data?.document as unknown as { pdf: { base64: string } }).pdf.base64)
}
const whose = (id: string) =>
  `Patient: Ms ${id} Date of birth: 14 March 1956 NHS number: 999 004 1571 Hospital number: N-${id}`

const makers: [string, (em: ReturnType<Behind['fork']>, patientId: string) => HospitalDocument][] = [
  ['letter of the hospital', (em, patientId) => aLetter(em, { patientId })],
  ['test result', (em, patientId) => aResult(em, { patientId })],
]

it.each(makers)('names the person of a %s, in usual and in large print, and no other', async (_, make) => {
  const [amals, bens] = [await add((em) => make(em, 'amal')), await add((em) => make(em, 'ben'))]
  for (const large of [false, true]) {
    expect(await textFor(amals, patient('amal'), large)).toContain(whose('amal'))
    expect(await textFor(bens, patient('ben'), large)).toContain(whose('ben'))
    expect(await textFor(amals, system, large)).not.toContain('Ms ben')
  }
})

it('names each their own when one request asks for the documents of two people', async () => {
  const [amals, bens] = [await add((em) => aLetter(em)), await add((em) => aResult(em, { patientId: 'ben' }))]
  const both =
    'query B($a: ID!, $b: ID!) { a: document(id: $a) { pdf { base64 } } b: document(id: $b) { pdf { base64 } } }'
  const { data } = await hospital.ask(system, both, { a: amals, b: bens })
  const { a, b } = data as unknown as Record<'a' | 'b', { pdf: { base64: string } }>
  expect(await textOf(a.pdf.base64)).toContain(whose('amal'))
  expect(await textOf(b.pdf.base64)).toContain(whose('ben'))
})

it('names the record that stands for the person by now, and asks again for each file', async () => {
  const id = await add((em) => aLetter(em))
  expect(await textFor(id)).toContain(whose('amal'))
  answer = () => personCalled('amal-survives')
  expect(await textFor(id)).toContain(whose('amal-survives'))
  expect(asked).toEqual(['amal', 'amal'])
})

it('names the person to a partner they share with', async () => {
  await add((em) => aLetter(em))
  type Person = { documents: { nodes: { pdf: { base64: string } }[] } }
  const [person] = await shared<Person>(
    hospital,
    [{ patientIds: ['amal'] }],
    'documents(first: 5) { nodes { pdf { base64 } } }',
  )
  expect(await textOf(person?.documents.nodes[0]?.pdf.base64 ?? '')).toContain(whose('amal'))
})

it.each<[string, () => object]>([
  [
    'the graph is away',
    () => {
      throw new Error('away')
    },
  ],
  ['the record is not there', () => ({ patient: null })],
  ['the record has no name', () => personCalled('amal', { name: { full: ' ' } })],
])('makes no PDF when %s, and says so', async (_, says) => {
  answer = says
  const rows = [await add((em) => aLetter(em)), await add((em) => aResult(em))]
  for (const id of rows)
    for (const large of [false, true]) {
      const { data, errors } = await asking(id, patient('amal'), large)
      expect(data?.document).toMatchObject({ pdf: null })
      expect(errors?.[0]).toMatchObject({
        message: expect.stringContaining('the name that must stand on it could not be found') as string,
        extensions: { code: 'UNAVAILABLE' },
      })
    }
})

it("leaves the hospital's own file as it came, and asks nobody about it", async () => {
  const content = aPdf({ text: 'From the hospital' })
  const id = await add((em) => {
    const letter = aLetter(em)
    const facts = { documentId: letter.id, patientId: 'amal', hospitalId: 'H1', size: content.length, sha256: '' }
    em.create(PdfFile, { ...facts, content, receivedAt: hospital.clock.now() })
    return letter
  })
  const { data } = await asking(id)
  const { pdf } = data?.document as unknown as { pdf: { base64: string } }
  expect(Buffer.from(pdf.base64, 'base64').equals(content)).toBe(true)
  expect(asked).toEqual([])
})
