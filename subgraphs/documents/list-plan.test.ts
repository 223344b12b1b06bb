import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines } from '../../test/alone.ts'
import type { Behind } from '../../test/behind.ts'
import { amal, documentsAlone, listOf } from '../../test/documents-alone.ts'
import { aLetter } from '../../test/hospital-documents.ts'

/** How each database says that it walked an index in the order of the list, and sorted nothing. */
const walks = {
  sqlite: (index: string) => `SEARCH h0 USING INDEX ${index} (patient_id=?`,
  postgresql: (index: string) => `Index Scan Backward using ${index} on document`,
}
const sorts = { sqlite: 'TEMP B-TREE', postgresql: 'Sort' }

describe.each(engines)('the list of somebody with 10,000 documents, on %s', (engine) => {
  let hospital: Behind
  const asked: [sql: string, values: unknown[]][] = []
  beforeAll(async () => {
    hospital = await documentsAlone({ engine })
    const em = hospital.fork()
    for (let count = 0; count < 10_000; count++) aLetter(em, { writtenAt: new Date(1.7e12 + count * 1e6) })
    await em.flush()
    if (engine === 'postgresql') await hospital.sql('analyze document')
    const connection = hospital.fork().getConnection()
    const execute = connection.execute.bind(connection)
    connection.execute = (sql: string, values: unknown[] = [], ...more: never[]) => {
      asked.push([sql, values])
      return execute(sql, values, ...more) as never
    }
  }, 60_000)
  afterAll(() => hospital.stop())

  const planOf = async (question: object): Promise<string> => {
    asked.length = 0
    await listOf(hospital, { first: 20, ...question })
    const [sql, values] = asked.find((it) => it[0].includes('order by')) ?? ['', []]
    return JSON.stringify(
      await hospital.sql(`${engine === 'sqlite' ? 'explain query plan' : 'explain'} ${sql}`, ...values),
    )
  }

  it.each([
    ['its first page', {}, 'document_of_patient'],
    ['what is unread', { filter: { unread: true } }, 'document_unread'],
    ['one day', { filter: { from: '2024-01-01', until: '2024-01-01' } }, 'document_of_patient'],
  ])('reads no more than %s', async (_, question, index) => {
    const plan = await planOf(question)
    expect(plan).toContain(walks[engine](index))
    expect(plan).not.toContain(sorts[engine])
  })

  it('counts what is unread no further than a badge says', async () => {
    asked.length = 0
    const { data } = await hospital.ask(amal, '{ documents(filter: { unread: true }) { totalCount(upTo: 99) } }')
    expect(data).toEqual({ documents: { totalCount: 100 } })
    expect(asked.some(([sql, values]) => sql.includes('limit ?') && values.includes(100))).toBe(true)
    expect(asked.some(([sql]) => sql.includes('count('))).toBe(false)
  })

  it('reads no more than a page from where the last one ended', async () => {
    const { pageInfo } = await listOf(hospital, { first: 20 })
    const plan = await planOf({ after: pageInfo.endCursor })
    expect(plan).toContain(walks[engine]('document_of_patient'))
    expect(plan).toMatch(/written_at\s*<=?/)
    expect(plan).not.toContain(sorts[engine])
  })
})
