import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines, gateway, patient, staff, system } from '../../../test/alone.ts'
import type { Behind } from '../../../test/behind.ts'
import { documentsAlone } from '../../../test/documents-alone.ts'
import { FakeClock } from '../../../test/clock.ts'
import { aPdf } from '../pdfs/testing/a-pdf.ts'

const diagnoses = { heading: 'Diagnoses', code: '887161000000102', paragraphs: ['Pneumonia.'], items: ['Asthma'] }
const base64 = (pdf: Buffer) => pdf.toString('base64')
const good = { base64: base64(aPdf({ text: 'You had pneumonia.' })), fileName: '../../etc/Amal Haddad.pdf' }
const withScript = { base64: base64(aPdf({ catalog: '/OpenAction << /S /JavaScript /JS (x) >>' })) }

const record = `mutation Record($input: RecordLetterInput!) { recordLetter(input: $input) { __typename
  ... on LetterRecorded { created flags letter { ...It } }
  ... on DocumentPatientMismatch { message }
  ... on DocumentIncomplete { message field } } }`
const it_ = `fragment It on Letter { __typename id kind title state opensAt unread correctedAt notice textFromPdf author
  sections { heading code paragraphs items } provenance { sourceId } }`
const read = `query Read($id: ID!) { document(id: $id) { __typename ... on Letter { ...It } pdf { origin fileName bytes base64 } } } ${it_}`

interface Shown {
  id: string
  title: string
  unread: boolean
  notice: string | null
  correctedAt: string | null
  textFromPdf: boolean
  sections: object[]
  pdf: { origin: string; bytes: number; base64: string } | null
}
interface Outcome {
  __typename: string
  created: boolean
  flags: string[]
  letter: Shown
  message: string
}

describe.each(engines)("the hospital's word on a letter, on %s", (engine) => {
  let hospital: Behind
  const clock = new FakeClock('2026-11-23T10:00:00Z')
  beforeAll(async () => {
    hospital = await documentsAlone({ engine, clock })
  })
  afterAll(() => hospital.stop())

  const letter = (more: object = {}) => ({
    idempotencyKey: randomUUID(),
    eventAt: '2026-11-23T09:00:00Z',
    hospitalId: randomUUID(),
    patientId: 'amal',
    kind: 'DISCHARGE_SUMMARY',
    title: 'Discharge summary',
    author: 'Dr Priya Shah',
    writtenAt: '2026-11-22T15:00:00Z',
    sections: [diagnoses],
    ...more,
  })
  const send = async (input: object, viewer = system): Promise<Outcome> => {
    const { data, errors } = await hospital.ask(viewer, `${record} ${it_}`, { input })
    if (errors)
      throw new Error(errors.map(({ message, extensions }) => `${String(extensions?.code)}: ${message}`).join())
    return data?.recordLetter as unknown as Outcome
  }
  const open = async (id: string, viewer = patient('amal')): Promise<Shown | null> => {
    const { data, errors } = await hospital.ask(viewer, read, { id })
    if (errors) throw new Error(errors.map(({ message }) => message).join())
    return data?.document as unknown as Shown | null
  }
  const kept = async (id: string) =>
    hospital.sql<{ said: string | Record<string, unknown> }>(
      `select "said" from "replaced_document" where "document_id" = '${id}' order by "replaced_at"`,
    )

  it('is taken, and the patient can read it part by part', async () => {
    const outcome = await send(letter())
    expect(outcome).toMatchObject({ __typename: 'LetterRecorded', created: true, flags: [] })
    expect(await open(outcome.letter.id)).toMatchObject({
      __typename: 'DischargeSummary',
      title: 'Discharge summary',
      state: 'READY',
      unread: true,
      notice: null,
      author: 'Dr Priya Shah',
      textFromPdf: false,
      sections: [diagnoses],
      pdf: { origin: 'PORTAL', fileName: 'discharge-summary-2026-11-22.pdf' },
    })
    expect(await open(outcome.letter.id, patient('ben'))).toBeNull()
  })

  it.each([
    ['OUTCOME_LETTER', 'OutcomeLetter'],
    ['LETTER', 'OtherLetter'],
  ])('is a %s when it says so', async (kind, type) => {
    const { letter: taken } = await send(letter({ kind }))
    expect(taken).toMatchObject({ kind, __typename: type })
  })

  it('brings a PDF, whose own name is never used, and which is handed out as it came', async () => {
    const { letter: taken, flags } = await send(letter({ pdf: good }))
    const { pdf, sections, textFromPdf } = (await open(taken.id)) ?? taken
    expect(flags).toEqual([])
    expect(pdf).toEqual({
      origin: 'HOSPITAL',
      fileName: 'discharge-summary-2026-11-22.pdf',
      bytes: Buffer.from(good.base64, 'base64').length,
      base64: good.base64,
    })
    expect({ sections, textFromPdf }).toEqual({ sections: [diagnoses], textFromPdf: false })
  })

  it('is read out of its PDF when that is all there is', async () => {
    const { letter: taken } = await send(letter({ sections: [], pdf: good }))
    expect(taken).toMatchObject({
      textFromPdf: true,
      sections: [{ heading: 'Letter', code: null, paragraphs: ['You had pneumonia.'], items: [] }],
    })
    const { data } = await hospital.ask(
      patient('amal'),
      '{ documents(filter: {search: "pneumonia"}) { nodes { id } } }',
    )
    expect((data?.documents as unknown as { nodes: { id: string }[] }).nodes.map(({ id }) => id)).toContain(taken.id)
  })

  it('stands with an honest notice, when its PDF did not pass the checks', async () => {
    const { letter: taken, flags } = await send(letter({ pdf: withScript }))
    expect(flags).toEqual(['PDF_WITHHELD'])
    const shown = await open(taken.id)
    expect(shown?.notice).toContain('did not pass our safety checks')
    expect(shown?.sections).toEqual([diagnoses])
    expect(shown?.pdf?.origin).toBe('PORTAL')
    const alone = await send(letter({ sections: [], pdf: withScript }))
    expect(await open(alone.letter.id)).toMatchObject({ sections: [], pdf: null, textFromPdf: false })
  })

  it('is done once when it comes twice, and the second hears the same', async () => {
    const input = letter({ pdf: good })
    const first = await send(input)
    expect(await send(input)).toEqual(first)
    await expect(send({ ...input, title: 'Another' })).rejects.toThrow('BAD_USER_INPUT')
    expect(await kept(first.letter.id)).toEqual([])
  })

  it('replaces the whole letter that has its id, and keeps what it said', async () => {
    const input = letter({ pdf: good })
    const { letter: first } = await send(input)
    await hospital.ask(
      patient('amal'),
      `mutation { markDocumentRead(input: {idempotencyKey: "${randomUUID()}", documentId: "${first.id}"}) { __typename } }`,
    )
    expect((await open(first.id))?.unread).toBe(false)
    clock.pass(300)
    const again = {
      ...input,
      idempotencyKey: randomUUID(),
      eventAt: '2026-11-23T10:00:00Z',
      title: 'Corrected summary',
      pdf: null,
    }
    const { letter: second, created } = await send(again)
    expect({ id: second.id, created }).toEqual({ id: first.id, created: false })
    expect(await open(first.id))?.toMatchObject({ title: 'Corrected summary', unread: true, pdf: { origin: 'PORTAL' } })
    expect((await open(first.id))?.notice).toContain('The hospital corrected this on Monday 23 November 2026')
    const [before, ...others] = await kept(first.id)
    const said = (typeof before?.said === 'string' ? JSON.parse(before.said) : before?.said) as Record<string, unknown>
    expect(others).toEqual([])
    expect(said).toMatchObject({ title: 'Discharge summary', pdf: { base64: good.base64 } })
  })

  it('is no correction when it says the same again', async () => {
    const input = letter({ pdf: good })
    const { letter: first } = await send(input)
    const { letter: second } = await send({ ...input, idempotencyKey: randomUUID(), eventAt: '2026-11-23T09:30:00Z' })
    expect(second).toMatchObject({ id: first.id, correctedAt: null })
    expect(await kept(first.id)).toEqual([])
  })

  it('shows again a PDF that was withheld, once a sound one comes', async () => {
    const input = letter({ pdf: withScript })
    const { letter: first } = await send(input)
    const again = { ...input, idempotencyKey: randomUUID(), eventAt: '2026-11-23T09:30:00Z', pdf: good }
    expect((await send(again)).flags).toEqual([])
    const shown = await open(first.id)
    expect(shown?.notice).not.toContain('safety checks')
    expect(shown?.pdf?.origin).toBe('HOSPITAL')
  })

  it('changes nothing when it is older than what is known, in whatever order the two come', async () => {
    const input = letter({ title: 'Second', eventAt: '2026-11-23T09:10:00Z' })
    const { letter: first } = await send(input)
    const late = await send({ ...input, idempotencyKey: randomUUID(), title: 'First', eventAt: '2026-11-23T09:05:00Z' })
    expect(late).toMatchObject({ created: false, flags: ['OUT_OF_ORDER'], letter: { title: 'Second' } })
    expect((await open(first.id))?.title).toBe('Second')
  })

  it('waits as long as the hospital asks, and gives nothing away until then', async () => {
    const opensAt = new Date(clock.now().getTime() + 86_400_000).toISOString()
    const { letter: taken } = await send(letter({ notBefore: opensAt, pdf: good }))
    expect(await open(taken.id)).toMatchObject({
      title: 'Letter',
      state: 'WAITING',
      opensAt,
      unread: false,
      sections: [],
      author: null,
      pdf: null,
    })
    clock.pass(86_400)
    expect(await open(taken.id)).toMatchObject({
      title: 'Discharge summary',
      state: 'READY',
      pdf: { origin: 'HOSPITAL' },
    })
  })

  it('is refused when its id is of a letter of somebody else, unless the two are one person by now', async () => {
    const input = letter()
    const { letter: first } = await send(input)
    const ofBen = { ...input, idempotencyKey: randomUUID(), patientId: 'ben', title: 'Of Ben' }
    expect((await send(ofBen)).__typename).toBe('DocumentPatientMismatch')
    expect((await open(first.id))?.title).toBe('Discharge summary')
    const merged = { ...ofBen, idempotencyKey: randomUUID(), formerPatientIds: ['amal'] }
    expect((await send(merged)).letter.id).toBe(first.id)
  })

  it('says when it knows none of its clinics, and when its clinic is kept out', async () => {
    await hospital.sql(`insert into "known_clinic" ("code", "excluded") values ('DERM', false), ('GUM', true)`)
    expect((await send(letter({ clinicCodes: ['XX', 'DERM'] }))).flags).toEqual([])
    expect((await send(letter({ clinicCodes: ['XX'] }))).flags).toEqual(['CLINIC_UNKNOWN'])
    const { flags, letter: hidden } = await send(letter({ clinicCodes: ['GUM'] }))
    expect(flags).toEqual(['EXCLUDED'])
    expect(await open(hidden.id)).toBeNull()
  })

  it('stays with its appointment when it is sent again without it, and that is no news', async () => {
    const input = letter()
    const { letter: first } = await send({ ...input, appointmentId: 'visit' })
    const again = { ...input, idempotencyKey: randomUUID(), eventAt: '2026-11-23T09:30:00Z' }
    await send(again)
    const rows = await hospital.sql('select appointment_id, corrected_at from document where id = ?', first.id)
    expect(rows).toEqual([{ appointment_id: 'visit', corrected_at: null }])
  })

  it('stays kept out when the hospital sends it again without saying of which clinic it is', async () => {
    await hospital.sql(`insert into "known_clinic" ("code", "excluded") values ('SEX', true)`)
    const input = letter()
    const { letter: hidden } = await send({ ...input, clinicCodes: ['SEX'] })
    const again = { ...input, idempotencyKey: randomUUID(), title: 'Another title' }
    expect((await send(again)).flags).toEqual(['EXCLUDED'])
    expect(await open(hidden.id)).toBeNull()
  })

  it.each([
    ['kind', { kind: 'TEST_RESULT' }, 'must be one of'],
    ['title', { title: ' ' }, 'is empty'],
    ['title', { title: 'x'.repeat(301) }, 'longer than 300'],
    ['hospitalId', { hospitalId: '' }, 'is empty'],
    ['sections', { sections: [] }, 'Send what the letter says'],
    ['sections.1.heading', { sections: [diagnoses, { ...diagnoses, heading: '' }] }, 'is empty'],
    ['sections.0.code', { sections: [{ ...diagnoses, code: 'x' }] }, 'SNOMED'],
    ['sections', { sections: Array(201).fill(diagnoses) }, 'more than 200'],
    ['sections', { sections: [{ ...diagnoses, paragraphs: ['x'.repeat(200_001)] }] }, 'more than 200000'],
    ['writtenAt', { writtenAt: '0926-11-22T15:00:00Z' }, '1900 to 2199'],
    ['pdf.base64', { pdf: { base64: 'JVBERi0*' } }, 'is not base64'],
    ['pdf.base64', { pdf: { base64: 'JVBERi0' } }, 'is not base64'],
  ])('is refused with the field and what to do: %s', async (field, more, message) => {
    const outcome = await send(letter(more))
    expect(outcome).toMatchObject({ __typename: 'DocumentIncomplete', field })
    expect(outcome.message).toContain(message)
  })

  it('is one letter when the same id comes twice at once', async () => {
    const input = letter()
    const both = await Promise.all([send(input), send({ ...input, idempotencyKey: randomUUID() })])
    expect(new Set(both.map(({ letter: taken }) => taken.id)).size).toBe(1)
    expect(both.map(({ created }) => created).sort()).toEqual([false, true])
  })

  it('is taken from our own systems alone', async () => {
    for (const viewer of [patient('amal'), staff, gateway])
      await expect(send(letter(), viewer)).rejects.toThrow('FORBIDDEN')
  })
})
