import pg from 'pg'
import { expect, it } from 'vitest'
import { aPostgresDatabase } from './postgres.ts'

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

it('gives each caller an empty database of its own', async () => {
  const [mine, yours] = await Promise.all([aPostgresDatabase(), aPostgresDatabase()])
  await ask(mine, 'create table note (id int)')
  const tables = "select table_name from information_schema.tables where table_schema = 'public'"
  expect(await ask(mine, tables)).toEqual([{ table_name: 'note' }])
  expect(await ask(yours, tables)).toEqual([])
})
