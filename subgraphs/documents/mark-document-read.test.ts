import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines, patient, staff, system } from '../../test/alone.ts'
import type { Behind } from '../../test/behind.ts'
import { amal, documentsAlone } from '../../test/documents-alone.ts'
import { aLetter } from '../../test/hospital-documents.ts'

describe.each(engines)('opening a document, on %s', (engine) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await documentsAlone({ engine })
  })
  afterAll(() => hospital.stop())

  const written = async (facts: Parameters<typeof aLetter>[1] = {}) => {
    const em = hospital.fork()
    const { id } = aLetter(em, facts)
    await em.flush()
    return id
  }
  const mark = async (documentId: string, viewer = amal, idempotencyKey: string = randomUUID()) => {
    const text = `mutation ($input: MarkDocumentReadInput!) { markDocumentRead(input: $input) {
      __typename ... on DocumentMarkedRead { document { id unread } } ... on Problem { message } } }`
    const { data, errors } = await hospital.ask(viewer, text, { input: { idempotencyKey, documentId } })
    if (errors) throw new Error(String(errors[0]?.extensions.code))
    return data?.markDocumentRead as unknown
  }
  const readAt = async (id: string) => {
    const [row] = await hospital.sql<{ read_at: unknown }>('select read_at from document where id = ?', id)
    return row?.read_at === null ? null : new Date(row?.read_at as string | number).toISOString()
  }

  it('makes it read, once, at the time it was first opened', async () => {
    const id = await written()
    hospital.clock.set('2026-11-23T10:00:00Z')
    const read = { __typename: 'DocumentMarkedRead', document: { id, unread: false } }
    expect(await mark(id)).toEqual(read)
    hospital.clock.set('2026-11-23T11:00:00Z')
    expect(await mark(id)).toEqual(read)
    expect(await readAt(id)).toBe('2026-11-23T10:00:00.000Z')
  })

  it('answers a repeat of the same request as the first, and twenty at once alike', async () => {
    const id = await written()
    const key = randomUUID()
    const answers = await Promise.all(Array.from({ length: 20 }, () => mark(id, amal, key)))
    expect(new Set(answers.map((it) => JSON.stringify(it))).size).toBe(1)
    const again = await Promise.all(Array.from({ length: 20 }, () => mark(id)))
    expect(again).toEqual(Array(20).fill({ __typename: 'DocumentMarkedRead', document: { id, unread: false } }))
  })

  it.each([
    ['waits', { opensAt: new Date('2027-01-01T00:00:00Z') }],
    ['waits for a clinician', { opensAt: null }],
    ['was withdrawn', { withdrawnAt: new Date('2026-11-21T00:00:00Z') }],
  ])('is not possible while it %s', async (_, facts) => {
    const id = await written(facts)
    expect(await mark(id)).toMatchObject({ __typename: 'DocumentNotOpen' })
    expect(await readAt(id)).toBeNull()
  })

  it('finds no document of somebody else, none that is kept out, and none that is not there: all alike', async () => {
    const [theirs, keptOut] = [await written({ patientId: 'somebody' }), await written({ excluded: true })]
    const answers = [await mark(theirs), await mark(keptOut), await mark(randomUUID()), await mark('')]
    expect(answers).toEqual(Array(4).fill(answers[2]))
    expect(answers[2]).toMatchObject({ __typename: 'DocumentNotFound' })
    expect(await readAt(theirs)).toBeNull()
  })

  it('is for the patient under every id of theirs, and for nobody else', async () => {
    const id = await written({ patientId: 'amal-before' })
    for (const viewer of [staff, system]) await expect(mark(id, viewer)).rejects.toThrow('FORBIDDEN')
    expect(await mark(id, patient('amal', { patientIds: ['amal', 'amal-before'] }))).toMatchObject({ document: { id } })
  })
})
