import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines } from './alone.ts'
import { faultsOf } from './audit-chain.ts'
import { auditOf, type AuditRow, rowsOf } from './rows-of.ts'
import { anAppointment, aPerson, logIn, type PersonInWorld, world, type World } from './world.ts'

const record = `mutation R($input: RecordPatientInput!) { recordPatient(input: $input) { __typename ... on PatientRecorded { patient { id } } } }`

describe.each(engines)('the audit, on %s', { timeout: 60_000 }, (engine) => {
  let portal: World
  let amal: PersonInWorld
  let bea: PersonInWorld
  let token: string
  let appointmentId: string
  beforeAll(async () => {
    portal = await world({ engine })
    ;[amal, bea] = [await aPerson(portal), await aPerson(portal)]
    appointmentId = (await anAppointment(portal, amal)).id
    token = await logIn(portal, amal)
  })
  afterAll(() => portal.stop())

  const feeds = () => `system.feeds.${portal.secrets.SYSTEM_SECRET_FEEDS}`
  /** Asks, and gives who was touched in which subgraph, as the audit has it. */
  async function touched(bearer: string | undefined, query: string, variables: object = {}): Promise<string[]> {
    const requestId = randomUUID()
    const { errors } = await portal.ask(bearer, query, { ...variables }, { 'x-request-id': requestId })
    expect(errors).toEqual([])
    const names = new Map([
      [amal.id, 'amal'],
      [bea.id, 'bea'],
    ])
    const rows = (await auditOf(portal, requestId)).filter(({ continues }) => continues === null)
    return rows.map((it) => `${names.get(it.patient_id) ?? 'somebody'} in ${it.subgraph} by ${it.actor_id}`).sort()
  }

  describe('has one row for each request, patient and subgraph', () => {
    it('when our systems read one field, or many', async () => {
      const one = 'query P($id: ID!) { patient(id: $id) { bornOn } }'
      const many =
        'query P($id: ID!) { patient(id: $id) { id nhsNumber name { full given } address { lines } needs { transport } again: bornOn } }'
      expect(await touched(feeds(), one, amal)).toEqual(['amal in patients by system:feeds'])
      expect(await touched(feeds(), many, amal)).toEqual(['amal in patients by system:feeds'])
    })

    it('when they read two people across three subgraphs', async () => {
      const query = `query P($a: ID!, $b: ID!) {
        amal: patient(id: $a) { mobile appointments(period: UPCOMING) { nodes { startsAt letter { title } } } }
        bea: patient(id: $b) { mobile appointments(period: UPCOMING) { totalCount } }
      }`
      expect(await touched(feeds(), query, { a: amal.id, b: bea.id })).toEqual([
        'amal in appointments by system:feeds',
        'amal in documents by system:feeds',
        'amal in patients by system:feeds',
        'bea in appointments by system:feeds',
        'bea in patients by system:feeds',
      ])
    })

    it('when they write, once however often the same is sent', async () => {
      const input = {
        idempotencyKey: randomUUID(),
        eventAt: portal.clock.now(),
        hospitalNumber: amal.hospitalNumber,
        email: 'a@example.com',
      }
      expect(await touched(feeds(), record, { input })).toEqual(['amal in patients by system:feeds'])
    })

    it('when an event makes another subgraph read and write', async () => {
      const before = (await rowsOf(portal, 'documents', 'select id from audit_entry where patient_id = ?', bea.id))
        .length
      await anAppointment(portal, bea)
      const rows = await rowsOf<AuditRow>(portal, 'documents', 'select * from audit_entry where patient_id = ?', bea.id)
      expect(rows.length).toBe(before + 1)
      expect(rows.at(-1)).toMatchObject({ role: 'SYSTEM', actor_id: 'system:appointments', operation: 'ReceiveEvent' })
      const read = await rowsOf<AuditRow>(
        portal,
        'patients',
        `select * from audit_entry where patient_id = ? and operation like 'AddresseeOfLetter%'`,
        bea.id,
      )
      expect(read.map((it) => it.actor_id)).toEqual(['system:documents'])
    })
  })

  it('has none of what patients themselves read and do', async () => {
    const all = () =>
      Promise.all(
        (['patients', 'appointments', 'documents', 'messages'] as const).map((it) =>
          rowsOf(portal, it, 'select id from audit_entry'),
        ),
      )
    const before = (await all()).map((it) => it.length)
    const read = `query M($id: ID!) { me { nhsNumber sessions { id current } appointments(period: UPCOMING) { nodes { id } } } appointment(id: $id) { letter { title addressee { name } } } }`
    const accept = `mutation A($input: AcceptAppointmentInput!) { acceptAppointment(input: $input) { __typename } }`
    for (let asked = 0; asked < 2; asked += 1) {
      // The gateway looks up the session, and notes that it is in use: that is the patient's own doing.
      portal.clock.pass(5)
      expect(await touched(token, read, { id: appointmentId })).toEqual([])
    }
    expect(await touched(token, accept, { input: { idempotencyKey: randomUUID(), appointmentId } })).toEqual([])
    await portal.graph.settle()
    expect((await all()).map((it) => it.length)).toEqual(before)
  })

  it('can only grow: the database refuses to change or delete a row', async () => {
    const forbidden = [
      "update audit_entry set actor_id = 'nobody'",
      'delete from audit_entry',
      ...(engine === 'postgresql' ? ['truncate audit_entry'] : []),
    ]
    for (const subgraph of ['patients', 'appointments', 'documents', 'messages'] as const) {
      const before = await rowsOf(portal, subgraph, 'select * from audit_entry')
      if (subgraph !== 'messages') expect(before.length).toBeGreaterThan(0)
      for (const statement of before.length ? forbidden : [])
        await expect(rowsOf(portal, subgraph, statement)).rejects.toThrow('append-only')
      expect(await rowsOf(portal, subgraph, 'select * from audit_entry')).toEqual(before)
    }
  })

  it('is a chain for each patient, in which a changed row is found', async () => {
    expect(await faultsOf(portal, 'patients')).toEqual([])
    const rows = await rowsOf<AuditRow>(
      portal,
      'patients',
      'select * from audit_entry where patient_id = ? order by sequence',
      amal.id,
    )
    expect(rows.length).toBeGreaterThan(4)
    const third = rows[2]
    if (!third) throw new Error('there is no third row')
    const actorBecomes = (actor: string) =>
      withoutTriggers(portal, engine, async () => {
        await rowsOf(portal, 'patients', `update audit_entry set actor_id = '${actor}' where id = '${third.id}'`)
      })
    await actorBecomes('system:innocent')
    expect(await faultsOf(portal, 'patients')).toMatchObject([{ patientId: amal.id, sequence: 3, id: third.id }])
    await actorBecomes(third.actor_id)
    expect(await faultsOf(portal, 'patients')).toEqual([])
  })

  it('has no gap when many ask at once', async () => {
    const query = 'query P($id: ID!) { patient(id: $id) { bornOn } }'
    await Promise.all(Array.from({ length: 50 }, () => portal.system(query, { id: bea.id })))
    const rows = await rowsOf(portal, 'patients', 'select id from audit_entry where patient_id = ?', bea.id)
    expect(rows.length).toBeGreaterThanOrEqual(51)
    expect(await faultsOf(portal, 'patients')).toEqual([])
  })

  it('answers nothing, and does nothing, when it cannot be written', async () => {
    const hospitalNumber = randomUUID()
    await whileItIsFull(portal, engine, async () => {
      const read = await portal.ask(feeds(), 'query P($id: ID!) { patient(id: $id) { bornOn name { full } } }', {
        id: amal.id,
      })
      expect(read.text).not.toMatch(/1984|Haddad/)
      expect([read.data?.patient ?? null, read.errors.length]).toEqual([null, 1])
      const input = {
        idempotencyKey: randomUUID(),
        eventAt: portal.clock.now(),
        hospitalNumber,
        name: { given: ['A'], family: 'B' },
        bornOn: '1990-01-01',
      }
      const written = await portal.ask(feeds(), record, { input })
      expect(written.errors).toHaveLength(1)
      expect(
        await rowsOf(portal, 'patients', 'select id from patient where hospital_number = ?', hospitalNumber),
      ).toEqual([])
      // What patients do is not watched, and goes on.
      expect((await portal.ask(token, '{ me { bornOn } }')).data).toEqual({ me: { bornOn: amal.bornOn } })
    })
    expect(await touched(feeds(), 'query P($id: ID!) { patient(id: $id) { bornOn } }', amal)).toHaveLength(1)
  })
})

/** What only the owner of the database can do. */
async function withoutTriggers(portal: World, engine: string, act: () => Promise<void>): Promise<void> {
  if (engine === 'postgresql') {
    await rowsOf(portal, 'patients', 'alter table audit_entry disable trigger audit_entry_kept')
    await act()
    await rowsOf(portal, 'patients', 'alter table audit_entry enable trigger audit_entry_kept')
    return
  }
  const [trigger] = await rowsOf<{ sql: string }>(
    portal,
    'patients',
    `select sql from sqlite_master where name = 'audit_entry_kept'`,
  )
  await rowsOf(portal, 'patients', 'drop trigger audit_entry_kept')
  await act()
  await rowsOf(portal, 'patients', trigger?.sql ?? '')
}

/** While every new row of the audit is refused, as when its disk is full. */
async function whileItIsFull(portal: World, engine: string, act: () => Promise<void>): Promise<void> {
  const plant =
    engine === 'postgresql'
      ? [
          `create function audit_is_full() returns trigger language plpgsql as $f$ begin raise exception 'no room for 1984-03-09 Haddad'; end $f$`,
          'create trigger audit_is_full before insert on audit_entry for each row execute function audit_is_full()',
        ]
      : [
          `create trigger audit_is_full before insert on audit_entry begin select raise(abort, 'no room for 1984-03-09 Haddad'); end`,
        ]
  for (const statement of plant) await rowsOf(portal, 'patients', statement)
  await act()
  await rowsOf(
    portal,
    'patients',
    engine === 'postgresql' ? 'drop trigger audit_is_full on audit_entry' : 'drop trigger audit_is_full',
  )
}
