import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { alone, type AloneSettings, type Engine, engines } from './alone.ts'
import { aPostgresDatabase } from './postgres.ts'
import { patients, patientsExtra } from '../subgraphs/patients/main.ts'
import type { Purpose } from '../subgraphs/runtime/purpose.ts'

/** Starts `patients` on one database, as often as one likes. */
async function aDatabaseOf(engine: Engine) {
  const folder = mkdtempSync(join(tmpdir(), 'portal-purpose-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const where: AloneSettings = engine === 'postgresql' ? { url: await aPostgresDatabase() } : { folder }
  return async (purpose?: Purpose) => {
    const extra = patientsExtra({ key: 'A'.repeat(43), demonstration: purpose === 'DEMONSTRATION' })
    await (await alone(patients, { ...where, extra, ...(purpose && { purpose }) })).stop()
  }
}

describe.each(engines)('a database, on %s', (engine) => {
  it('of a demonstration stays one: no portal of real people starts on it', async () => {
    const start = await aDatabaseOf(engine)
    await start('DEMONSTRATION')
    const refused =
      /^patients: a demonstration was loaded into this database.* set DATA_DIR or DATABASE_URL to a new one/
    await expect(start('PRODUCTION')).rejects.toThrow(refused)
    await start('DEMONSTRATION')
    await expect(start('PRODUCTION')).rejects.toThrow(refused)
  })

  it('of real people is given no demonstration', async () => {
    const start = await aDatabaseOf(engine)
    await start('PRODUCTION')
    await expect(start('DEMONSTRATION')).rejects.toThrow(/^patients: this is the database of a portal in production/)
    await start('PRODUCTION')
  })

  it('of a developer becomes what it is first used for', async () => {
    const start = await aDatabaseOf(engine)
    await start()
    await start('PRODUCTION')
    await start()
    await expect(start('DEMONSTRATION')).rejects.toThrow('production')
  })
})

it('a database that two start on at once is for one purpose', async () => {
  const start = await aDatabaseOf('postgresql')
  const both = await Promise.allSettled([start('PRODUCTION'), start('DEMONSTRATION')])
  const refused = both.filter((it) => it.status === 'rejected')
  expect(refused.map(({ reason }) => String(reason))).toEqual([
    expect.stringMatching(/patients: (this is the database of|a demonstration was)/),
  ])
})
