import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines, staff } from '../../test/alone.ts'
import { audited, type Audited, withoutGuards } from '../../test/audited.ts'
import type { Row } from '../../test/tampered.ts'
import { type AuditKey, fingerprintOfSeal, type Head } from './audit-fingerprint.ts'

const subgraph = 'somewhere'
const [first, second, third] = [8, 9, 10].map((it) => Buffer.alloc(32, it)) as [Buffer, Buffer, Buffer]
const one: AuditKey = { subgraph, key: first }
const two: AuditKey = { subgraph, key: second, former: [first] }
const three: AuditKey = { subgraph, key: third, former: [second, first] }
const ofFormer = 'planted: its key is a former one, and it is from after there was another'
const isMissing = 'the seal with which AUDIT_KEY was changed is missing: rows have the new key before it'

const looks = async ({ write }: Audited, ...people: string[]) => {
  for (const it of people) await write(staff, { [it]: ['Letter'] })
}

/** Amal and Bea under the first key, of Bea's last row no seal; then both, and Cy, under the second, sealed and not. */
async function changedOnce(engine: (typeof engines)[number]): Promise<Audited> {
  const audit = await audited(engine)
  await looks(audit, 'amal', 'amal', 'bea')
  await audit.seal()
  await looks(audit, 'bea')
  audit.useKey(two)
  await audit.begin()
  await looks(audit, 'amal', 'cy')
  await audit.seal()
  await looks(audit, 'amal', 'bea')
  return audit
}

describe.each(engines)('an audit whose key was changed, on %s', (engine) => {
  let audit: Audited
  beforeAll(async () => {
    audit = await changedOnce(engine)
    await withoutGuards(audit, engine)
  })
  afterAll(() => audit.stop())

  const rowsOf = (patientId: string) =>
    audit.sql<Row>('select * from audit_entry where patient_id = ? order by sequence', patientId)
  const lastOf = async (patientId: string) => (await rowsOf(patientId)).at(-1) ?? expect.fail('there is no row')
  /** Whoever has a former key and the database signs as the portal did, and lets the row wait as it would. */
  const withKey = async (key: AuditKey, act: () => Promise<unknown>) => {
    const usual = audit.key
    audit.useKey(key)
    await act()
    audit.useKey(usual)
  }

  it('holds with the former key beside the new one, and says when it was changed', async () => {
    const { found, seals, rows, changesOfKey } = await audit.verify()
    expect({ found, seals, rows }).toEqual({ found: [], seals: 4, rows: 8 })
    expect(changesOfKey.map(({ seal }) => seal)).toEqual([3])
    expect(audit.lines).toContain('the audit is signed with another AUDIT_KEY from this seal on')
  })

  it('does not hold with the new key alone, nor with the former one', async () => {
    for (const key of [{ subgraph, key: second }, one])
      await withKey(key, async () => {
        const { found } = await audit.verify()
        expect(found.filter(({ what }) => what.includes('does not fit its fingerprint')).length).toBeGreaterThan(4)
      })
  })

  it.each(['amal', 'bea', 'cy', 'nobody'])('names a row planted with the former key, of %s', async (patientId) => {
    const found = await audit.after(() => withKey(one, () => looks(audit, patientId)))
    const { length } = await rowsOf(patientId)
    expect(found).toMatchObject([{ patientId, sequence: length + 1, what: ofFormer }])
  })

  it('names it also when the portal has sealed it since', async () => {
    const found = await audit.after(async () => {
      await withKey(one, () => looks(audit, 'bea'))
      const [seal] = await audit.sql<{ number: number; hash: string }>(
        'select number, hash from audit_seal order by number desc limit 1',
      )
      await plantSeal(two, (seal?.number ?? 0) + 1, seal?.hash ?? '', [headOf(await lastOf('bea'))])
    })
    expect(found.map(({ what }) => what)).toContain(ofFormer)
  })

  it('names a row that was written again with the former key, before the change and after it', async () => {
    for (const [index, what] of [
      [0, 'planted: it does not follow the row before it'],
      [2, ofFormer],
    ] as const) {
      const found = await audit.after(async () => {
        const row = (await rowsOf('amal'))[index] ?? expect.fail()
        await audit.sql('delete from audit_entry where id = ?', row.id)
        const later = (await rowsOf('amal')).filter(({ sequence }) => sequence > row.sequence)
        await audit.sql(`delete from audit_entry where patient_id = 'amal' and sequence > ?`, row.sequence)
        await withKey(one, () => looks(audit, 'amal'))
        for (const it of later) await audit.plant(it)
      })
      expect(found.map((it) => it.what)).toContain(what)
    }
  })

  it('names a row that was changed, signed with either key', async () => {
    for (const index of [0, 2]) {
      const row = (await rowsOf('amal'))[index] ?? expect.fail()
      const found = await audit.after(() =>
        audit.sql(`update audit_entry set operation = 'Nothing' where id = ?`, row.id),
      )
      expect(found).toMatchObject([{ id: row.id, what: 'changed: it does not fit its fingerprint' }])
    }
  })

  it('names a seal with the former key after one with the new', async () => {
    const found = await audit.after(async () => {
      const [seal] = await audit.sql<{ hash: string }>('select hash from audit_seal where number = 4')
      await plantSeal(one, 5, seal?.hash ?? '', [])
    })
    expect(found).toMatchObject([
      { what: 'seal 5 is planted: its key is a former one, and a seal before it has a newer one' },
    ])
  })

  it('names seals from before the change that were made anew with the former key', async () => {
    const found = await audit.after(async () => {
      const [seal] = await audit.sql<{ hash: string }>('select hash from audit_seal where number = 1')
      await audit.sql('delete from audit_seal where number = 2')
      await plantSeal(one, 2, seal?.hash ?? '', [])
    })
    expect(found.map(({ what }) => what)).toContain('seal 3 is planted: it does not follow the seal before it')
  })

  it('says so when the change itself was taken away, whether the portal went on or not', async () => {
    const cut = () => audit.sql('delete from audit_seal where number > 2')
    expect((await audit.after(cut)).map(({ what }) => what)).toContain(isMissing)
    const sealedAnew = await audit.after(async () => {
      await cut()
      await audit.begin()
    })
    expect(sealedAnew.map(({ what }) => what)).toContain(isMissing)
  })

  const headOf = ({ patient_id, sequence, hash }: Row): Head => [patient_id, sequence, hash]
  function plantSeal(key: AuditKey, number: number, previousHash: string, heads: Head[]) {
    const at = audit.clock.now()
    const hash = fingerprintOfSeal({ number, at: at.toISOString(), heads, previousHash }, key)
    const when = engine === 'sqlite' ? at.getTime() : at.toISOString()
    return audit.sql(
      'insert into audit_seal (number, at, heads, previous_hash, hash) values (?, ?, ?, ?, ?)',
      ...[number, when, JSON.stringify(heads), previousHash, hash],
    )
  }
})

describe.each(engines)('the key of an audit, on %s', (engine) => {
  it('can be changed again, and while nobody looked', async () => {
    const audit = await changedOnce(engine)
    audit.useKey(three)
    await audit.begin()
    await audit.begin()
    await looks(audit, 'amal', randomUUID())
    await audit.seal()
    const { found, changesOfKey } = await audit.verify()
    expect(found).toEqual([])
    expect(changesOfKey.map(({ seal }) => seal)).toEqual([3, 5])
    await withoutGuards(audit, engine)
    for (const key of [one, two]) {
      const planted = await audit.after(async () => {
        audit.useKey(key)
        await looks(audit, 'cy')
        audit.useKey(three)
      })
      expect(planted).toMatchObject([{ patientId: 'cy', sequence: 2, what: ofFormer }])
    }
    await audit.stop()
  })

  it('is not changed by the way: what was put back to before a change is left unsealed until a start', async () => {
    const audit = await changedOnce(engine)
    await withoutGuards(audit, engine)
    await audit.sql('delete from audit_seal where number > 2')
    await audit.sql('delete from audit_unsealed')
    await audit.sql(`delete from audit_entry where patient_id = 'cy' or sequence > 2`)
    audit.useKey(one)
    await looks(audit, 'amal')
    audit.useKey(two)
    await audit.seal()
    expect(await audit.sql('select number from audit_seal')).toHaveLength(2)
    expect(audit.lines).toContain('the newest seal of the audit fits a former key: run npm run audit')
    await audit.stop()
  })
})
