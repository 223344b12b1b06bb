import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines } from '../../../test/alone.ts'
import { type Behind, behind } from '../../../test/behind.ts'
import { anNhsNumber } from '../../../test/nhs-numbers.ts'
import { aPatient } from '../../../test/people.ts'
import { aPartner, grantedNow, recordSharing } from '../../../test/sharing.ts'
import { patients, patientsExtra } from '../main.ts'
import { SharingAgreement, Speaker } from './sharing-agreement.entity.ts'
import { SharingBasis, SharingCategory } from './sharing-terms.ts'

const extra = patientsExtra({ key: Buffer.alloc(32, 7).toString('base64url'), demonstration: false })

describe.each(engines)('what 5,000 people share, on %s', (engine) => {
  let portal: Behind
  const asked: [sql: string, values: unknown[]][] = []
  const anAgreement = (
    id: string,
    patientId: string,
    category = SharingCategory.LETTERS,
    endedAt: Date | null = null,
  ) => {
    const at = new Date('2026-11-01T10:00:00Z')
    const said = {
      basis: SharingBasis.DIRECT_CARE,
      saidBy: Speaker.HOSPITAL,
      actorId: 'system:feeds',
      since: at,
      saidAt: at,
    }
    return { id, patientId, organisationCode: 'RAL', category, ...said, until: null, endedAt }
  }
  beforeAll(async () => {
    portal = await behind(patients, { engine, extra })
    await aPartner(portal)
    const em = portal.fork()
    for (let count = 0; count < 5000; count += 1)
      for (const category of Object.values(SharingCategory))
        em.create(SharingAgreement, anAgreement(`${count} ${category}`, `person ${count}`, category))
    await em.flush()
    if (engine === 'postgresql') await portal.sql('analyze sharing_agreement')
    const connection = portal.fork().getConnection()
    const execute = connection.execute.bind(connection)
    connection.execute = (sql: string, values: unknown[] = [], ...more: never[]) => {
      asked.push([sql, values])
      return execute(sql, values, ...more) as never
    }
  }, 60_000)
  afterAll(() => portal.stop())

  it('is not read through when one of them is asked for', async () => {
    const amal = await aPatient(portal, { nhsNumber: anNhsNumber(engine === 'sqlite' ? 7000 : 7001) })
    await recordSharing(portal, amal.id, ['LETTERS'])
    asked.length = 0
    expect(await grantedNow(portal, amal)).toMatchObject({ categories: ['LETTERS'] })
    const [sql, values] = asked.find(([it]) => it.includes('with recursive')) ?? ['', []]
    const plan = JSON.stringify(
      await portal.sql(`${engine === 'sqlite' ? 'explain query plan' : 'explain'} ${sql}`, ...values),
    )
    const reads = {
      sqlite: 'SEARCH said USING INDEX one_live_agreement (patient_id=? AND organisation_code=?)',
      postgresql: 'Index Scan using one_live_agreement on sharing_agreement',
    }
    expect(plan).toContain(reads[engine])
    expect(plan).not.toContain('Seq Scan on sharing_agreement')
  })

  it('is one live word for each person, organisation and category: the database takes no second one', async () => {
    const em = portal.fork()
    em.create(SharingAgreement, anAgreement('second', 'person 1'))
    await expect(em.flush()).rejects.toThrow(/unique/i)
    const later = portal.fork()
    later.create(
      SharingAgreement,
      anAgreement('ended', 'person 1', SharingCategory.LETTERS, new Date('2026-11-02T10:00:00Z')),
    )
    await expect(later.flush()).resolves.toBeUndefined()
  })
})
