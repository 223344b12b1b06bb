import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines } from '../test/alone.ts'
import { rowsOf } from '../test/rows-of.ts'
import { anAppointment, aPerson, type PersonInWorld, type World, world } from '../test/world.ts'
import { type AuditSurroundings, runAudit } from './audit/run.ts'

const anywhere: Omit<AuditSurroundings, 'print' | 'complain'> = {
  dataDir: '/nowhere',
  databaseUrl: undefined,
  auditKey: () => Buffer.alloc(32),
}

async function run(args: string[], where = anywhere) {
  let [printed, complained] = ['', '']
  const exit = await runAudit(args, {
    ...where,
    print: (text) => (printed += text),
    complain: (text) => (complained += text),
  })
  return { exit, printed, complained }
}

describe.each(engines)('npm run audit, on %s', { timeout: 60_000 }, (engine) => {
  let portal: World
  let amal: PersonInWorld
  const file = join(mkdtempSync(join(tmpdir(), 'witness-')), 'seals.json')
  beforeAll(async () => {
    portal = await world({ engine })
    amal = await aPerson(portal)
    await anAppointment(portal, amal)
    portal.clock.pass(61)
    await portal.graph.settle()
  })
  afterAll(() => portal.stop())

  const audit = (...args: string[]) =>
    run(args, {
      dataDir: portal.folder,
      databaseUrl: portal.databaseUrl,
      auditKey: () => Buffer.from(portal.secrets.AUDIT_KEY, 'base64url'),
    })
  const changed = async (act: () => Promise<unknown>, undo: () => Promise<unknown>, ...args: string[]) => {
    await act()
    const found = await audit(...args)
    await undo()
    return found
  }

  it('says how much holds, while the portal runs', async () => {
    const { exit, printed, complained } = await audit()
    expect([exit, complained]).toEqual([0, ''])
    expect(printed).toMatch(
      /^patients {6}\d+ rows in 1 chain hold, under 2 seals(; .*)?\.\nappointments {2}.* hold, .*\ndocuments {5}.* hold, .*\nmessages {6}.* hold, .*\n$/,
    )
    expect((await audit('patients')).printed.split('\n')).toHaveLength(2)
  })

  it('names a row that was changed, and ends with 1', async () => {
    const [row] = await rowsOf<{ id: string; sequence: number; operation: string }>(
      portal,
      'patients',
      'select id, sequence, operation from audit_entry where sequence = 2',
    )
    if (!row) throw new Error('there is no second row')
    const becomes = async (operation: string) => {
      const guard = 'audit_entry_kept'
      const [trigger] =
        engine === 'sqlite'
          ? await rowsOf<{ sql: string }>(portal, 'patients', `select sql from sqlite_master where name = '${guard}'`)
          : []
      const off = trigger ? `drop trigger ${guard}` : `alter table audit_entry disable trigger ${guard}`
      const on = trigger?.sql ?? `alter table audit_entry enable trigger ${guard}`
      await rowsOf(portal, 'patients', off)
      await rowsOf(portal, 'patients', `update audit_entry set operation = '${operation}' where id = '${row.id}'`)
      await rowsOf(portal, 'patients', on)
    }
    const found = await changed(
      () => becomes('Nothing'),
      () => becomes(row.operation),
      'patients',
    )
    expect(found).toMatchObject({ exit: 1, complained: '' })
    const [named = '', summary] = found.printed.split('\n')
    expect(named).toMatch(
      new RegExp(`^patients {6}patient ${amal.id}, row 2 \\(${row.id}, 2026-11-23T\\S+\\): changed`),
    )
    expect(summary).toMatch(/^patients {6}1 fault in \d+ rows in 1 chain\.$/)
    expect((await audit('patients')).exit).toBe(0)
  })

  it('remembers seals elsewhere, and finds out an audit that was put back to before them', async () => {
    expect((await audit('--witness', file)).exit).toBe(0)
    const remembered = readFileSync(file, 'utf8')
    expect((await audit('--witness', file)).exit).toBe(0)
    const later = remembered.replace(/("patients": \{\s*"seal": )\d+/, '$1999')
    writeFileSync(file, later)
    const { exit, printed } = await audit('--witness', file)
    expect([exit, printed]).toEqual([1, expect.stringContaining('seal 999 is not the one that was remembered')])
    // What does not hold is not remembered.
    expect(readFileSync(file, 'utf8')).toBe(later)
  })

  it('says when the key is not that of the portal', async () => {
    const where = { dataDir: portal.folder, databaseUrl: portal.databaseUrl, auditKey: () => Buffer.alloc(32) }
    const { exit, printed } = await run(['patients'], where)
    expect([exit, printed]).toEqual([1, expect.stringContaining('Not one seal fits AUDIT_KEY or AUDIT_KEYS_FORMER')])
  })

  it('holds when the key was changed between two starts, and says when that was', async () => {
    const before = await world({ engine })
    await aPerson(before)
    await before.halt()
    const former = before.secrets.AUDIT_KEY
    const secrets = { ...before.secrets, AUDIT_KEY: randomBytes(32).toString('base64url') }
    const more = { secrets, formerAuditKeys: [former] }
    const after = await world({ engine, after: before, more })
    await aPerson(after)
    const look = (formerAuditKeys: Buffer[]) =>
      run(['patients'], {
        dataDir: after.folder,
        databaseUrl: after.databaseUrl,
        auditKey: () => Buffer.from(secrets.AUDIT_KEY, 'base64url'),
        formerAuditKeys,
      })
    const { exit, printed } = await look([Buffer.from(former, 'base64url')])
    expect(printed).toMatch(
      /^patients {6}AUDIT_KEY was changed at seal \d+ \(2026-11-23T\S+\)\.\npatients {6}\d+ rows .* hold/,
    )
    expect(exit).toBe(0)
    expect(await look([])).toMatchObject({
      exit: 1,
      printed: expect.stringContaining('changed: it does not fit') as string,
    })
    await after.stop()
  })

  it('looks through what a portal left that has stopped, and changes nothing', async () => {
    const after = await world({ engine })
    await aPerson(after)
    await after.halt()
    const where = {
      dataDir: after.folder,
      databaseUrl: after.databaseUrl,
      auditKey: () => Buffer.from(after.secrets.AUDIT_KEY, 'base64url'),
    }
    const contents = () =>
      readdirSync(after.folder)
        .filter((it) => /\.db(-wal)?$/.test(it))
        // SQLite leaves an empty file of what is not in the large one yet.
        .map((it) => [
          it,
          createHash('sha256')
            .update(readFileSync(join(after.folder, it)))
            .digest('hex'),
        ])
        .filter(([, hash]) => hash !== createHash('sha256').digest('hex'))
    const before = contents()
    expect(await run([], where)).toMatchObject({ exit: 0, complained: '' })
    expect(contents()).toEqual(before)
    await after.stop()
  })
})

it.each([
  [['clinics'], 'Not understood: clinics. There are patients, appointments, documents, messages.'],
  [['--loud'], "Unknown option '--loud'"],
  [['--witness', ''], '--witness wants the path of a file.'],
  [['--witness', tmpdir()], 'cannot be read.'],
  [['--witness', new URL(import.meta.url).pathname], 'is not a file that --witness wrote'],
  [['patients'], 'patients: there is no /nowhere/patients.db. Say in DATA_DIR or DATABASE_URL where'],
])('says what is wrong with %j', async (args, words) => {
  expect(await run(args)).toMatchObject({
    exit: 1,
    printed: '',
    complained: expect.stringContaining(words) as string,
  })
})

it('helps', async () => {
  expect(await run(['--help'])).toMatchObject({
    exit: 0,
    printed: expect.stringContaining('npm run audit --') as string,
  })
})
