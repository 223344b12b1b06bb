import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines, staff } from '../../test/alone.ts'
import { audited, type Audited, withoutGuards } from '../../test/audited.ts'

interface OldRow {
  id: string
  patient_id: string
  sequence: number
  at: string
  role: string
  actor_id: string
  operation: string
  request_id: string
  previous_hash: string
  hash: string
}

/** As the portal wrote a row before it had a key. */
function oldRow(facts: Omit<OldRow, 'hash'>): OldRow {
  const { patient_id, sequence, at, role, actor_id, operation, request_id, previous_hash } = facts
  const text = JSON.stringify([patient_id, sequence, at, role, actor_id, operation, request_id, previous_hash])
  return { ...facts, hash: createHash('sha256').update(text).digest('base64url') }
}

function oldChain(patient_id: string, length: number): OldRow[] {
  const chain: OldRow[] = []
  for (let sequence = 1; sequence <= length; sequence += 1) {
    const previous_hash = chain.at(-1)?.hash ?? 'start'
    const at = `2026-10-0${sequence}T10:00:00.000Z`
    const who = { role: 'STAFF', actor_id: 'staff:peter', operation: 'Looks', request_id: randomUUID() }
    chain.push(oldRow({ id: randomUUID(), patient_id, sequence, at, ...who, previous_hash }))
  }
  return chain
}

describe.each(engines)('rows from before the audit had a key, on %s', (engine) => {
  let audit: Audited
  const [amal, bea] = [oldChain('amal', 5), oldChain('bea', 3)]
  const put = (sql: Audited['sql'], row: OldRow) => {
    const values = { ...row, at: engine === 'sqlite' ? Date.parse(row.at) : row.at }
    const names = Object.keys(values)
    return sql(
      `insert into audit_entry (${names.join()}) values (${names.map(() => '?').join()})`,
      ...Object.values(values),
    )
  }
  beforeAll(async () => {
    audit = await audited(engine, async (sql) => {
      for (const row of [...amal, ...bea]) await put(sql, row)
    })
    await audit.write(staff, { amal: ['Letter'] })
    await withoutGuards(audit, engine)
  })
  afterAll(() => audit.stop())

  const change = (row: OldRow, facts: Partial<OldRow>) => {
    const changed = oldRow({ ...row, ...facts })
    return audit.after(() =>
      audit.sql('update audit_entry set actor_id = ?, hash = ? where id = ?', changed.actor_id, changed.hash, row.id),
    )
  }
  const third = amal[2] ?? expect.fail()
  const lastOfBea = bea[2] ?? expect.fail()

  it('hold as they are, and lead on to those that are signed', async () => {
    expect(await audit.verify()).toMatchObject({ rows: 9, chains: 2, seals: 1, found: [] })
  })

  it('name one that was changed, with its fingerprint or without', async () => {
    const found = await audit.after(() => audit.sql(`update audit_entry set actor_id = 'x' where id = ?`, third.id))
    expect(found).toMatchObject([{ id: third.id, what: 'changed: it does not fit its fingerprint' }])
    expect(await change(third, { actor_id: 'x' })).toMatchObject([
      { id: third.id, what: 'changed: the row after it remembers another fingerprint' },
    ])
    expect(await change(lastOfBea, { actor_id: 'x' })).toMatchObject([
      { id: lastOfBea.id, what: 'changed, or one before it: another was sealed' },
    ])
  })

  it('name one that says more than was kept then', async () => {
    const found = await audit.after(() => audit.sql(`update audit_entry set person = 'x' where id = ?`, third.id))
    expect(found).toMatchObject([{ id: third.id }])
  })

  it('name those that were taken away at the end', async () => {
    const found = await audit.after(() => audit.sql(`delete from audit_entry where patient_id = 'bea'`))
    expect(found).toEqual([{ patientId: 'bea', sequence: 1, until: 3, what: 'missing' }])
  })

  it('name one that was planted after them, in their form', async () => {
    const planted = oldRow({ ...lastOfBea, id: randomUUID(), sequence: 4, previous_hash: lastOfBea.hash })
    expect(await audit.after(() => put(audit.sql, planted))).toMatchObject([
      { id: planted.id, what: 'planted: it has no key, and is from after there was one' },
    ])
  })

  it('are sealed once: seals that begin anew over signed rows are seen', async () => {
    const found = await audit.after(async () => {
      await audit.sql('delete from audit_seal')
      await audit.begin()
    })
    expect(found.map(({ what }) => what)).toContain(
      'the seals before the first are missing: it covers rows that came after it',
    )
  })
})

describe.each(engines)('the audit, on %s', (engine) => {
  it('says at the start when its newest seal does not fit the key', async () => {
    const audit = await audited(engine)
    await audit.begin()
    expect(audit.lines).toEqual([])
    await withoutGuards(audit, engine)
    await audit.sql(`update audit_seal set hash = 'another'`)
    await audit.begin()
    expect(audit.lines).toEqual(['the newest seal of the audit does not fit AUDIT_KEY: run npm run audit'])
    await audit.stop()
  })

  it('can only grow, and so can its seals', async () => {
    const audit = await audited(engine)
    await audit.write(staff, { amal: ['Letter'] })
    const forbidden = [
      `update audit_entry set role = 'PATIENT'`,
      'delete from audit_entry',
      'update audit_seal set number = 2',
      'delete from audit_seal',
      ...(engine === 'postgresql' ? ['truncate audit_entry', 'truncate audit_seal'] : []),
    ]
    for (const statement of forbidden) await expect(audit.sql(statement)).rejects.toThrow('append-only')
    expect(await audit.verify()).toMatchObject({ rows: 1, seals: 1, found: [] })
    await audit.stop()
  })
})
