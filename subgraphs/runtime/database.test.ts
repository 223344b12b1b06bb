import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from './database.ts'
import { idempotencyEntities, IdempotentRequest } from './idempotency.ts'
import { firstStep } from './migrations/first-step.ts'
import { everything, rows } from './rows.ts'
import { Role, systemViewer } from './viewer.ts'

const viewer = systemViewer('test')
const shape = {
  entities: idempotencyEntities,
  policy: rows([IdempotentRequest, { [Role.SYSTEM]: everything }]),
  steps: [firstStep],
}

describe('a transaction on SQLite', () => {
  let folder: string
  let databases: Database[]
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portal-'))
    databases = []
    for (let n = 0; n < 2; n += 1) databases.push(await openDatabase({ name: 'lock', folder }, shape))
  })
  afterEach(async () => {
    await Promise.all(databases.map((it) => it.close()))
    rmSync(folder, { recursive: true, force: true })
  })

  it('keeps others from writing from its beginning, so that what it has read stays true until it writes', async () => {
    const [one, other] = databases as [Database, Database]
    const connection = other.forkFor(viewer).getConnection()
    await connection.execute('pragma busy_timeout = 0')
    const write = () => connection.execute(`delete from idempotent_request where key = 'nobody'`)
    await one.forkFor(viewer).transactional(async (em) => {
      await em.count(IdempotentRequest)
      await expect(write()).rejects.toThrow('database is locked')
    })
    await expect(write()).resolves.toBeDefined()
  })
})
