import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines, patient, staff, system } from '../../../test/alone.ts'
import type { Behind } from '../../../test/behind.ts'
import { documentsAlone } from '../../../test/documents-alone.ts'
import { aBookingLetter, aLetter, aResult } from '../../../test/hospital-documents.ts'
import { askOfPdf, fetchPdfTools, inUtf8 } from '../../../test/pdf-tools.ts'
import type { HospitalDocument } from '../hospital-document.entity.ts'
import { ObservationFlag, ValueComparator } from '../results/observation-words.ts'
import { TestObservation } from '../results/test-observation.entity.ts'
import { TestResultStatus } from '../results/test-result-status.ts'
import { PdfFault } from './pdf-fault.ts'
import { PdfFile } from './pdf-file.entity.ts'
import { aPdf } from './testing/a-pdf.ts'

interface Pdf {
  origin: string
  fileName: string
  bytes: number | null
  base64: string
}

beforeAll(fetchPdfTools, 180_000)

describe.each(engines)('a document as a PDF, on %s', (engine) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await documentsAlone({ engine })
  })
  beforeEach(async () => {
    for (const table of ['document', 'pdf_file', 'test_observation']) await hospital.sql(`delete from ${table}`)
  })
  afterAll(() => hospital.stop())

  async function add<Row extends HospitalDocument>(make: (em: ReturnType<Behind['fork']>) => Row): Promise<Row> {
    const em = hospital.fork()
    const row = make(em)
    await em.flush()
    return row
  }
  const addFile = ({ id, patientId }: HospitalDocument, more: Partial<PdfFile> = {}) =>
    add((em) => {
      const content = aPdf({ text: 'From the hospital' })
      const facts = { documentId: id, patientId, hospitalId: `H-${id}`, size: content.length, sha256: '', content }
      return em.create(PdfFile, { ...facts, receivedAt: hospital.clock.now(), ...more }) as never
    })
  const pdfOf = async (id: string, largePrint = false, viewer = patient('amal')): Promise<Pdf | null> => {
    const query =
      'query P($id: ID!, $large: Boolean!) { document(id: $id) { pdf(largePrint: $large) { origin fileName bytes base64 } } }'
    const { data, errors } = await hospital.ask(viewer, query, { id, large: largePrint })
    if (errors) throw new Error(errors.map(({ message }) => message).join())
    return (data?.document as unknown as { pdf: Pdf | null } | null)?.pdf ?? null
  }
  const textOf = async ({ base64 }: Pdf) =>
    inUtf8(await askOfPdf(Buffer.from(base64, 'base64'), 'pdftotext', ['-raw', 'FILE', '-'])).replaceAll(/\s+/g, ' ')

  it('is made of what a letter says, in usual and in large print', async () => {
    const { id } = await add((em) => aLetter(em, { title: 'Your clinic letter' }))
    for (const large of [false, true]) {
      const pdf = await pdfOf(id, large)
      expect(pdf).toMatchObject({ origin: 'PORTAL', fileName: `letter-2026-11-20${large ? '-large-print' : ''}.pdf` })
      const file = Buffer.from(pdf?.base64 ?? '', 'base64')
      expect(pdf?.bytes).toBeNull()
      expect(await askOfPdf(file, 'pdfinfo', ['FILE'])).toMatch(/Tagged: +yes/)
      expect(pdf && (await textOf(pdf))).toContain('Your clinic letter')
      expect(pdf && (await textOf(pdf))).toContain('Come again in spring.')
      expect(pdf && (await textOf(pdf))).toContain('In an emergency, call 999.')
    }
  })

  it('is addressed as a letter about a booking is', async () => {
    const sections = [{ heading: 'Where to come', paragraphs: ['Follow the blue signs.'], items: ['Outpatients 2'] }]
    const { id } = await add((em) => {
      const letter = aBookingLetter(em)
      const addressee = {
        name: 'Ms Siân Ŵyn',
        addressLines: ['1 Acacia Avenue'],
        nhsNumber: null,
        hospitalNumber: 'W-then',
      }
      letter.content = { ...letter.content, addressee, sections }
      return letter
    })
    const pdf = await pdfOf(id)
    expect(pdf?.fileName).toBe('appointment-letter-2026-11-20.pdf')
    const text = pdf && (await textOf(pdf))
    for (const words of [
      'Ms Siân Ŵyn 1 Acacia Avenue',
      'Patient: Ms amal Date of birth: 14 March 1956 NHS number: 999 004 1571 Hospital number: N-amal',
      'Follow the blue signs.',
      'Outpatients 2',
    ])
      expect(text).toContain(words)
    // Two numbers on one sheet of paper would leave open which is theirs.
    expect(text).not.toContain('W-then')
  })

  it('shows every value of a result with its unit, range and flag', async () => {
    const { id } = await add((em) => {
      const result = aResult(em)
      const value = {
        resultId: result.id,
        patientId: 'amal',
        laboratory: 'Watford Pathology',
        status: TestResultStatus.FINAL,
        comments: [],
      }
      em.create(TestObservation, {
        ...value,
        id: randomUUID(),
        position: 1,
        name: 'Haemoglobin',
        value: '119',
        number: 119,
        unit: 'g/L',
        range: { text: '130-180', low: 130, high: 180 },
        flag: ObservationFlag.LOW,
      })
      em.create(TestObservation, {
        ...value,
        id: randomUUID(),
        position: 2,
        name: 'CRP',
        value: '<5',
        number: 5,
        comparator: ValueComparator.LESS_THAN,
        unit: 'mg/L',
        flag: ObservationFlag.NONE,
        comments: ['Repeat in a month.'],
      })
      const noNumber = { ...value, value: '', flag: ObservationFlag.NONE, unit: 'mmol/L' }
      const [corrected, takenBack] = [TestResultStatus.CORRECTED, TestResultStatus.WITHDRAWN]
      em.create(TestObservation, { ...noNumber, id: randomUUID(), position: 3, name: 'Urea' })
      em.create(TestObservation, { ...noNumber, id: randomUUID(), position: 4, name: 'Sodium', status: takenBack })
      em.create(TestObservation, {
        ...noNumber,
        id: randomUUID(),
        position: 5,
        name: 'Potassium',
        value: '4.5',
        status: corrected,
      })
      return result
    })
    const pdf = await pdfOf(id)
    const text = pdf && (await textOf(pdf))
    expect(text).toContain('Haemoglobin 119 g/L 130 to 180 g/L Lower than usual CRP <5 mg/L')
    expect(text).toContain('Urea No value given')
    expect(text).toContain('Sodium Taken back by the laboratory')
    expect(text).toContain('Potassium 4.5 mmol/L (Corrected by the laboratory)')
    expect(text).toContain('CRP: Repeat in a month.')
    expect(text).toContain('In an emergency, call 999.')
    expect(text).toContain('19 of 20 healthy people')
  })

  it("is the hospital's own file, and in large print one made here", async () => {
    const letter = await add((em) => aLetter(em))
    await addFile(letter)
    const pdf = await pdfOf(letter.id)
    expect(pdf?.origin).toBe('HOSPITAL')
    expect(pdf && (await textOf(pdf))).toContain('From the hospital')
    expect((await pdfOf(letter.id, true))?.origin).toBe('PORTAL')
    const scan = await add((em) => aLetter(em, { letterSections: [] }))
    await addFile(scan)
    expect((await pdfOf(scan.id, true))?.origin).toBe('HOSPITAL')
  })

  it('is never a file that did not pass the checks, to anybody', async () => {
    const letter = await add((em) => aLetter(em, { letterSections: [] }))
    await addFile(letter, { fault: PdfFault.ACTIVE_CONTENT })
    for (const viewer of [patient('amal'), system]) expect(await pdfOf(letter.id, false, viewer)).toBeNull()
  })

  it('is not there while the document waits, when it was withdrawn, or for somebody else', async () => {
    const tomorrow = new Date(hospital.clock.now().getTime() + 86_400_000)
    const waiting = await add((em) => aLetter(em, { opensAt: tomorrow }))
    const withdrawn = await add((em) => aLetter(em, { withdrawnAt: hospital.clock.now() }))
    const open = await add((em) => aLetter(em))
    for (const letter of [waiting, withdrawn, open]) await addFile(letter)
    expect(await pdfOf(waiting.id)).toBeNull()
    expect(await pdfOf(withdrawn.id)).toBeNull()
    expect(await pdfOf(open.id, false, patient('ben'))).toBeNull()
    const pdf = await pdfOf(open.id)
    expect(pdf).toMatchObject({ origin: 'HOSPITAL', bytes: Buffer.from(pdf?.base64 ?? '', 'base64').length })
  })

  it('is told of in a list, as many as there are, with the size of what the hospital sent', async () => {
    for (let count = 0; count < 4; count += 1) await addFile(await add((em) => aLetter(em)))
    await add((em) => aLetter(em))
    const { data, errors } = await hospital.ask(patient('amal'), '{ documents { nodes { pdf { bytes } } } }')
    expect(errors).toBeUndefined()
    const { nodes } = data?.documents as unknown as { nodes: { pdf: { bytes: number | null } | null }[] }
    const size = aPdf({ text: 'From the hospital' }).length
    expect(nodes.map(({ pdf }) => pdf?.bytes).sort()).toEqual([null, size, size, size, size].sort())
  })

  it('is not handed out for a whole list at once, which no memory would hold', async () => {
    for (let count = 0; count < 4; count += 1) await addFile(await add((em) => aLetter(em)))
    const { data, errors } = await hospital.ask(patient('amal'), '{ documents { nodes { pdf { base64 } } } }')
    const { nodes } = data?.documents as unknown as { nodes: { pdf: object | null }[] }
    expect(nodes.filter(({ pdf }) => pdf)).toHaveLength(2)
    expect(errors?.map(({ message, extensions }) => [extensions?.code, message])).toEqual(
      Array(2).fill(['BAD_USER_INPUT', 'pdf: ask for at most 2 at once.']),
    )
  })

  describe('that is withheld', () => {
    const list = (viewer: typeof staff, variables: object = {}) =>
      hospital.ask(
        viewer,
        'query W($first: Int! = 20, $after: String) { withheldPdfs(first: $first, after: $after) { nodes { id reason message patient { id } } pageInfo { hasNextPage endCursor } } }',
        { ...variables },
      )
    type Page = {
      nodes: { id: string; reason: string; message: string; patient: { id: string } }[]
      pageInfo: { hasNextPage: boolean; endCursor: string }
    }
    const pageOf = async (viewer = staff, variables = {}) =>
      (await list(viewer, variables)).data?.withheldPdfs as unknown as Page

    it('stands on the desk of its clinic, the oldest first, with what to do', async () => {
      const faults = [PdfFault.ENCRYPTED, PdfFault.ACTIVE_CONTENT, null]
      const ids: string[] = []
      for (const [at, fault] of faults.entries()) {
        const letter = await add((em) => aLetter(em))
        ids.push(letter.id)
        await addFile(letter, { fault, clinicCode: 'DERM', receivedAt: new Date(Date.UTC(2026, 10, 20 - at)) })
      }
      const { nodes } = await pageOf()
      expect(nodes.map(({ id, reason, patient: { id: whose } }) => [id, reason, whose])).toEqual([
        [ids[1], 'ACTIVE_CONTENT', 'amal'],
        [ids[0], 'ENCRYPTED', 'amal'],
      ])
      expect(nodes[0]?.message).toContain('Do not open it.')
      const first = await pageOf(staff, { first: 1 })
      expect(first.pageInfo.hasNextPage).toBe(true)
      const second = await pageOf(staff, { first: 1, after: first.pageInfo.endCursor })
      expect([...first.nodes, ...second.nodes].map(({ id }) => id)).toEqual([ids[1], ids[0]])
      expect((await pageOf({ ...staff, scopes: ['clinic:DERM'] })).nodes).toHaveLength(2)
      expect((await pageOf({ ...staff, scopes: ['clinic:CARD'] })).nodes).toEqual([])
    })

    it('stands, when it came with a result, on the desk of those alone who release results: its id names the test', async () => {
      const [letter, result] = [await add((em) => aLetter(em)), await add((em) => aResult(em))]
      for (const document of [letter, result])
        await addFile(document, { fault: PdfFault.ENCRYPTED, clinicCode: 'DERM' })
      const ids = async (...scopes: string[]) => (await pageOf({ ...staff, scopes })).nodes.map(({ id }) => id).sort()
      for (const clinics of ['clinics:*', 'clinic:DERM']) {
        expect(await ids(clinics)).toEqual([letter.id])
        expect(await ids(clinics, 'results')).toEqual([letter.id, result.id].sort())
      }
    })

    it.each([patient('amal'), system])('is listed for staff alone, not for $role', async (viewer) => {
      expect((await list(viewer)).errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
    })
  })
})
