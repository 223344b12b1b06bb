import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { askOfPdf, fetchPdfTools, inUtf8 } from './pdf-tools.ts'
import { aPerson, logIn, type PersonInWorld, type World, world } from './world.ts'

let portal: World
beforeAll(fetchPdfTools, 180_000)
beforeAll(async () => {
  portal = await world()
})
afterAll(() => portal.stop())

const record =
  'mutation R($input: RecordLetterInput!) { recordLetter(input: $input) { ... on LetterRecorded { letter { id } } } }'
const merge = 'mutation M($input: MergePatientsInput!) { mergePatients(input: $input) { __typename } }'
const read = 'query P($id: ID!) { document(id: $id) { pdf { origin base64 } } }'

async function letterOf(patientId: string): Promise<string> {
  const now = portal.clock.now().toISOString()
  const sections = [{ heading: 'Plan', paragraphs: ['Come again in spring.'], items: [] }]
  const input = { patientId, kind: 'LETTER', title: 'Your letter', writtenAt: now, eventAt: now, sections }
  const keys = { idempotencyKey: randomUUID(), hospitalId: randomUUID() }
  const { recordLetter } = await portal.system(record, { input: { ...input, ...keys } })
  return (recordLetter as unknown as { letter: { id: string } }).letter.id
}

async function textFor(reader: PersonInWorld, id: string): Promise<string> {
  const { data } = await portal.ask(await logIn(portal, reader), read, { id })
  const { pdf } = data?.document as unknown as { pdf: { origin: string; base64: string } }
  expect(pdf.origin).toBe('PORTAL')
  const text = inUtf8(await askOfPdf(Buffer.from(pdf.base64, 'base64'), 'pdftotext', ['-raw', 'FILE', '-']))
  return text.replaceAll(/\s+/g, ' ')
}

it('names on the PDF of a letter whose it is, and of a merged record the one that stands for the person by now', async () => {
  const retired = await aPerson(portal, { hospitalNumber: 'OLD-1' })
  const survivor = await aPerson(portal, { hospitalNumber: 'NEW-1' })
  const id = await letterOf(retired.id)
  expect(await textFor(retired, id)).toMatch(/Patient: .+ Date of birth: .+ NHS number: .+ Hospital number: OLD-1 /)
  const numbers = { retiredHospitalNumber: 'OLD-1', survivingHospitalNumber: 'NEW-1' }
  const eventAt = portal.clock.now().toISOString()
  await portal.system(merge, { input: { idempotencyKey: randomUUID(), eventAt, ...numbers } })
  const text = await textFor(survivor, id)
  expect(text).toMatch(/Patient: .+ Date of birth: .+ NHS number: .+ Hospital number: NEW-1 /)
  expect(text).not.toContain('OLD-1')
})
