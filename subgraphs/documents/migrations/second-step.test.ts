import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { engines } from '../../../test/alone.ts'
import { aPostgresDatabase } from '../../../test/postgres.ts'
import { openDatabase } from '../../runtime/database.ts'
import { systemViewer } from '../../runtime/viewer.ts'
import { BookingLetter } from '../booking-letters/booking-letter.entity.ts'
import { DocumentKind } from '../document-kind.ts'
import { documents } from '../main.ts'
import { firstDocumentsStep } from './first-step.ts'

interface OldLetter {
  id: string
  clinicCode?: string
  excluded?: boolean
  writtenOn?: string
  title?: string
  paragraph?: string
}

const insertOf = ({ id, clinicCode = 'DERM', excluded = false, writtenOn = '2026-11-20', ...said }: OldLetter) => {
  const { title = 'Your appointment on Tuesday 1 December 2026', paragraph = 'Dear Siân, it’s booked.' } = said
  const addressee = { name: 'Ms Amal Haddad', addressLines: [], nhsNumber: '9990041571', hospitalNumber: null }
  const sections = [{ heading: 'Your appointment', paragraphs: [paragraph], items: ['Clinic: Skin'] }]
  const content = JSON.stringify({ title, addressee, sections }).replaceAll("'", "''")
  return `insert into appointment_letter (id, patient_id, appointment_id, number, clinic_code, excluded, written_on, trust_name, starts_at, content)
    values ('${id}', 'amal', 'of-${id}', 1, '${clinicCode}', ${excluded}, '${writtenOn}', 'West Hertfordshire', STARTS, '${content}')`
}

describe.each(engines)('letters of before there was one list, on %s', (engine) => {
  const startsAt = '2026-12-01T09:00:00Z'
  const starts = engine === 'sqlite' ? String(Date.parse(startsAt)) : `'${startsAt}'`

  /** A database with these letters, brought up to date. */
  async function upgraded(letters: OldLetter[]) {
    const folder = mkdtempSync(join(tmpdir(), 'documents-'))
    const url = engine === 'postgresql' ? await aPostgresDatabase() : undefined
    const settings = { name: 'documents', folder, ...(url && { url }) }
    const { entities, policy } = documents
    const open = (steps: typeof documents.steps) => openDatabase(settings, { entities: [...entities], policy, steps })
    const before = await open([firstDocumentsStep])
    const old = before.forkFor(systemViewer('documents')).getConnection()
    for (const letter of letters) await old.execute(insertOf(letter).replace('STARTS', starts))
    await before.close()
    const database = await open(documents.steps)
    const em = database.forkFor(systemViewer('documents'))
    return {
      rows: () => em.find(BookingLetter, {}, { orderBy: { id: 'asc' }, populate: ['searchText'] }),
      clinics: () =>
        em
          .getConnection()
          .execute<{ code: string; excluded: number | boolean }[]>('select * from known_clinic order by code'),
      close: () => database.close(),
    }
  }

  it('stand in it under what they were, and could be read from the first', async () => {
    const { rows, close } = await upgraded([
      { id: 'a' },
      { id: 'b', writtenOn: '2026-11-23', title: 'Your admission on Friday 4 December 2026' },
    ])
    const [first, second] = await rows()
    expect([first?.kind, second?.kind]).toEqual([DocumentKind.APPOINTMENT_LETTER, DocumentKind.ADMISSION_LETTER])
    expect(second).toMatchObject({ id: 'b', patientId: 'amal', number: 1, startsAt: new Date(startsAt) })
    expect(second?.writtenAt).toEqual(new Date('2026-11-23T12:00:00Z'))
    // The portal may be brought up to date on the morning after the night in which a letter was written.
    expect(second?.isOpen(new Date('2026-11-22T23:00:00Z'))).toBe(true)
    expect(first?.toldAt).toEqual(new Date('2026-11-20T12:00:00Z'))
    await close()
  })

  it('are found by what they say, and by nothing else', async () => {
    const { rows, close } = await upgraded([{ id: 'a' }])
    const [letter] = await rows()
    const words = letter?.searchText.split(' ') ?? []
    for (const word of ['appointment', 'sian,', "it's", 'booked.', 'clinic:']) expect(words).toContain(word)
    expect(letter?.searchText).not.toMatch(/sections|paragraphs|heading|addressee|haddad|9990041571|[{"[]/)
    await close()
  })

  it('are found, every one of a great many', async () => {
    const { rows, close } = await upgraded(Array.from({ length: 501 }, (_, index) => ({ id: `${index}` })))
    expect((await rows()).filter(({ searchText }) => searchText.includes('dear sian,'))).toHaveLength(501)
    await close()
  })

  it('keep their clinic out when any of them was', async () => {
    const { clinics, close } = await upgraded([
      { id: 'a' },
      { id: 'b', excluded: true },
      { id: 'c', clinicCode: 'HAEM' },
    ])
    const kept = await clinics()
    expect(kept.map(({ code, excluded }) => [code, Boolean(excluded)])).toEqual([
      ['DERM', true],
      ['HAEM', false],
    ])
    await close()
  })
})
