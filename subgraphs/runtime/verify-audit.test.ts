import { createHash, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines, staff } from '../../test/alone.ts'
import { aThousandRows, audited, type Audited, withoutGuards } from '../../test/audited.ts'
import { changeByte, columns, type Row } from '../../test/tampered.ts'
import { Chain, type Fault, nothingExpected } from './audit-chain.ts'

const names = ({ patientId, sequence = 0, until = sequence }: Fault, row: Row) =>
  patientId === row.patient_id && sequence <= row.sequence && row.sequence <= until

/** The smallest change there is. */
function unlike(value: unknown): unknown {
  if (typeof value === 'number') return value + 1
  if (typeof value === 'string') return `${value.slice(0, -1)}${value.endsWith('x') ? 'y' : 'x'}`
  return Array.isArray(value) ? [...(value as unknown[]).slice(0, -1), 'x'] : 'x'
}

describe.each(engines)('1,000 rows of the audit, in the hands of whoever owns the database, on %s', (engine) => {
  let audit: Audited
  let rows: Row[]
  beforeAll(async () => {
    audit = await audited(engine)
    await aThousandRows(audit)
    await withoutGuards(audit, engine)
    rows = await audit.sql<Row>('select * from audit_entry order by patient_id, sequence')
  })
  afterAll(() => audit.stop())

  const anyRow = fc.nat(999)
  const row = (index: number) => rows[index] ?? expect.fail(`there is no row ${index}`)
  const ofPerson = (id: string) => rows.filter((it) => it.patient_id === id)
  const lastOf = (id: string) => ofPerson(id).at(-1) ?? expect.fail(`nothing is known of ${id}`)
  const missing = ({ patient_id: patientId, sequence }: Row) => ({ patientId, sequence, what: 'missing' })

  it('hold, nobody having touched them', async () => {
    expect(await audit.verify()).toMatchObject({ rows: 1000, chains: 40, seals: 3, waiting: 98, faults: 0, found: [] })
  })

  it('name the one in which a byte was changed, in any column, and no other', { timeout: 120_000 }, async () => {
    const anyColumn = fc.constantFrom(...columns)
    await fc.assert(
      fc.asyncProperty(anyRow, anyColumn, fc.nat(), fc.nat(), async (index, column, at, to) => {
        const changed = row(index)
        const found = await audit.after(() => changeByte(audit, engine, changed, { column, at, to }))
        expect(found.some((it) => names(it, changed))).toBe(true)
        // Where it belongs it is missing, and where it seems to belong it does not fit.
        const seems = found.filter(({ id }) => id !== undefined)
        const isMoved = column === 'patient_id' || column === 'sequence'
        expect(isMoved ? seems : found).toMatchObject([{ what: expect.stringContaining('changed') as string }])
        if (column !== 'id') expect(seems).toMatchObject([{ id: changed.id }])
      }),
      { numRuns: 150 },
    )
    expect((await audit.verify()).found).toEqual([])
  })

  it('name the one that was taken away, wherever it was', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(anyRow, async (index) => {
        const taken = row(index)
        const found = await audit.after(() => audit.sql('delete from audit_entry where id = ?', taken.id))
        expect(found).toEqual([missing(taken)])
      }),
      { numRuns: 100 },
    )
  })

  it('name both of two that were swapped, and no other', { timeout: 60_000 }, async () => {
    const put = ({ id }: Row, { patient_id, sequence }: Row, aside = 0) =>
      audit.sql('update audit_entry set patient_id = ?, sequence = ? where id = ?', patient_id, sequence + aside, id)
    await fc.assert(
      fc.asyncProperty(anyRow, anyRow, async (index, other) => {
        fc.pre(index !== other)
        const [a, b] = [row(index), row(other)]
        const found = await audit.after(async () => {
          await put(a, a, 1e6)
          await put(b, a)
          await put(a, b)
        })
        expect(found).toHaveLength(2)
        for (const swapped of [a, b]) expect(found.some((it) => names(it, swapped))).toBe(true)
      }),
      { numRuns: 100 },
    )
  })

  it('name those that were cut off at the end of a chain, sealed or not, and a chain that is gone', async () => {
    const cut = (from: number) =>
      audit.after(() => audit.sql(`delete from audit_entry where patient_id = 'person-3' and sequence >= ?`, from))
    const last = lastOf('person-3')
    expect(await cut(last.sequence)).toEqual([missing(last)])
    const range = (sequence: number) => [{ patientId: 'person-3', sequence, until: last.sequence, what: 'missing' }]
    expect(await cut(10)).toEqual(range(10))
    expect(await cut(1)).toEqual(range(1))
    expect(await audit.after(() => audit.sql('delete from audit_entry'))).toHaveLength(40)
  })

  it('name the one that the portal itself wrote where another had been', async () => {
    const sealed = ofPerson('person-5')[15] ?? expect.fail('the chain is short')
    const forget = `delete from audit_entry where patient_id = 'person-5' and sequence >= ?`
    const rewritten = await audit.after(async () => {
      await audit.sql(forget, sealed.sequence)
      await audit.sql(`delete from audit_unsealed where patient_id = 'person-5'`)
      for (let number = sealed.sequence; number <= lastOf('person-5').sequence; number += 1)
        await audit.write(staff, { 'person-5': ['Letter'] })
    })
    expect(rewritten).toMatchObject([
      { patientId: 'person-5', what: expect.stringContaining('another was sealed') as string },
    ])
    const after = ofPerson('person-5').slice(16)
    const mixed = await audit.after(async () => {
      await audit.sql(forget, sealed.sequence)
      await audit.write(staff, { 'person-5': ['Letter'] })
      for (const old of after) await audit.plant(old)
    })
    const [next] = after
    expect(mixed.find(({ id }) => id === next?.id)?.what).toBe('planted: it does not follow the row before it')
  })

  it('name the one that the portal wrote where another had been taken away before its seal', async () => {
    const waiting = lastOf('person-30')
    const found = await audit.after(async () => {
      await audit.sql('delete from audit_entry where id = ?', waiting.id)
      await audit.write(staff, { 'person-30': ['Letter'] })
    })
    const { patient_id: patientId, sequence } = waiting
    expect(found).toMatchObject([{ patientId, sequence, what: 'changed: another row was written' }])
  })

  it.each([
    ['at the end of a chain', (last: Row) => ({ ...last, sequence: last.sequence + 1, previous_hash: last.hash })],
    ['in a chain of its own', (last: Row) => ({ ...last, patient_id: 'nobody', sequence: 1, previous_hash: 'start' })],
    ['long after the end of a chain', (last: Row) => ({ ...last, sequence: last.sequence + 1000 })],
  ])('name the one that was planted %s, as old or as new', async (_, place) => {
    const planted = { ...place(lastOf('person-7')), id: randomUUID() }
    const { patient_id, sequence, role, actor_id, operation, request_id, previous_hash } = planted
    const facts = [patient_id, sequence, '2026-11-23T10:00:00.000Z', role, actor_id, operation, request_id]
    const hash = createHash('sha256')
      .update(JSON.stringify([...facts, previous_hash]))
      .digest('base64url')
    const nothing = { organisation_code: null, organisation_name: null, person: null, person_role: null }
    const asOld = { ...planted, ...nothing, at: '2026-11-23T10:00:00.000Z', things: null, continues: null, hash }
    for (const [it, what] of [
      [planted, /changed/],
      [asOld, /planted/],
    ] as const) {
      const found = await audit.after(() => audit.plant(it))
      expect(found.find(({ id }) => id === it.id)?.what).toMatch(what)
    }
  })

  it('hold no longer when a seal is changed, gone or planted, or a row does not wait for one', async () => {
    const what = async (statement: string) => (await audit.after(() => audit.sql(statement))).map((it) => it.what)
    const other = engine === 'postgresql' ? `at + interval '1 millisecond'` : 'at + 1'
    expect(await what(`update audit_seal set at = ${other} where number = 2`)).toEqual([
      'seal 2 is changed: it does not fit its fingerprint',
    ])
    expect(await what('delete from audit_seal where number = 2')).toEqual(['seal 2 is missing'])
    expect(await what('delete from audit_seal where number = 1')).toEqual(['seal 1 is missing'])
    const copied = `select 4, at, heads, previous_hash, hash from audit_seal where number = 2`
    expect(await what(`insert into audit_seal (number, at, heads, previous_hash, hash) ${copied}`)).toEqual([
      'seal 4 is changed: it does not fit its fingerprint',
    ])
    const unknown = 'not sealed, and not waiting to be: what waits was tampered with'
    const waits = (await audit.sql('select * from audit_unsealed')).length
    expect(await what('delete from audit_unsealed')).toEqual(Array.from({ length: waits }, () => unknown))
    expect(await what('delete from audit_seal')).toContain('every seal is missing')
  })

  it('hold no longer for a witness who remembers a seal that is not there', async () => {
    const { newest } = await audit.verify()
    if (!newest) throw new Error('there is no seal')
    expect((await audit.verify(newest)).found).toEqual([])
    const [before, after] = [newest, { ...newest, seal: newest.seal + 1 }]
    for (const witness of [{ ...before, hash: 'another' }, after])
      expect((await audit.verify(witness)).found).toMatchObject([
        { at: newest.at, what: expect.stringContaining('put back to before it') as string },
      ])
  })

  it('go on under the next seal', async () => {
    for (let count = 0; count < 3; count += 1) await audit.write(staff, { 'person-1': ['Letter'], new: ['Letter'] })
    expect(await audit.verify()).toMatchObject({ rows: 1006, chains: 41, waiting: 104, found: [] })
    await audit.seal()
    expect(await audit.verify()).toMatchObject({ rows: 1006, seals: 4, waiting: 0, found: [] })
  })
})

it('any of 1,000 rows is named, whatever column of it was changed', { timeout: 60_000 }, async () => {
  const audit = await audited('sqlite')
  await aThousandRows(audit)
  const chains = Map.groupBy(await audit.entries(), ({ patientId }) => String(patientId))
  let changes = 0
  for (const [id, chain] of chains) {
    const waiting = new Map(chain.map(({ sequence, hash }) => [Number(sequence), String(hash)]))
    for (const [index, entry] of chain.entries())
      for (const [column, value] of Object.entries(entry)) {
        // A row that moves to another place is another test.
        if (column === 'patientId' || column === 'sequence') continue
        const found: Fault[] = []
        const changed = { ...entry, [column]: unlike(value) }
        const walk = new Chain(id, { ...nothingExpected(), waiting }, audit.key, (fault) => found.push(fault))
        for (const it of chain.with(index, changed).slice(0, index + 2)) walk.take(it)
        if (found.length !== 1 || found[0]?.id !== changed.id)
          expect.fail(`${column} of row ${index + 1} of ${id}: ${JSON.stringify(found)}`)
        changes += 1
      }
  }
  expect(changes).toBe(14_000)
  await audit.stop()
})
