import { randomUUID } from 'node:crypto'
import type { ExecutionResult } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appointments } from '../subgraphs/appointments/main.ts'
import { AuditEntry, AuditOfRequest } from '../subgraphs/runtime/audit.ts'
import { fingerprintWithoutKey } from '../subgraphs/runtime/audit-fingerprint.ts'
import type { Viewer } from '../subgraphs/runtime/viewer.ts'
import { anyAuditKey, engines, gateway, patient, staff, system } from './alone.ts'
import { behind, type Behind } from './behind.ts'
import { askAbout, everyScope, representationOf, royalFree } from './granted.ts'

interface Access {
  id: string
  at: string
  requestId: string
  organisation: string
  person: string | null
  personRole: string | null
  things: string[]
}
interface Page {
  nodes: Access[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

const fields = 'nodes { id at requestId organisation person personRole things } pageInfo { hasNextPage endCursor }'
const question = `query Who($r: [_Any!]!, $first: Int! = 50, $after: String) {
  _entities(representations: $r) { ... on Patient { appointmentAccesses(first: $first, after: $after) { ${fields} } } }
}`

describe.each(engines)('who has looked at the appointments of somebody, on %s', (engine) => {
  let clinic: Behind
  beforeAll(async () => {
    clinic = await behind(appointments, { engine })
  })
  afterAll(() => clinic.stop())

  const asked = (ids: string[], args: object = {}, viewer = patient(ids[0] ?? '', { patientIds: ids })) =>
    clinic.ask(viewer, question, { r: [{ __typename: 'Patient', id: ids[0] }], ...args })
  async function pageOf(ids: string[], args: object = {}): Promise<Page> {
    const { data, errors } = await asked(ids, args)
    if (errors) throw new Error(errors.map(({ message }) => message).join())
    const [found] = data?._entities as unknown as { appointmentAccesses: Page }[]
    return found?.appointmentAccesses ?? expect.fail('nobody is found')
  }
  /** Somebody sees such a thing of somebody's, a second after whatever was before. */
  async function look(
    viewer: Viewer,
    id: string,
    things = ['Appointment'],
    requestId: string = randomUUID(),
  ): Promise<string> {
    clinic.clock.pass(1)
    const key = { subgraph: 'appointments', key: anyAuditKey }
    const audit = new AuditOfRequest({ viewer, clock: clinic.clock, requestId, operation: 'Looks', key })
    for (const thing of things) audit.note(id, thing)
    await audit.write(clinic.fork())
    return requestId
  }

  it('says who, of which organisation, as what, when and at what', async () => {
    const id = randomUUID()
    const request = { viewer: royalFree(), requestId: randomUUID() }
    const somebody = representationOf(clinic, { patientIds: [id] }, request)
    await askAbout(clinic, [somebody], 'appointments(period: UPCOMING) { totalCount }', request)
    clinic.clock.pass(60)
    const at = clinic.clock.now().toISOString()
    const requestId = await look(staff, id, [
      'Appointment',
      'AppointmentMove',
      'Cancellation',
      'ChangeRequest',
      'Patient',
    ])
    const { nodes, pageInfo } = await pageOf([id])
    expect(nodes).toMatchObject([
      {
        requestId,
        organisation: 'West Hertfordshire Teaching Hospitals NHS Trust',
        person: 'Peter Novak',
        personRole: null,
        things: ['Appointment', 'ChangeRequest'],
      },
      {
        requestId: request.requestId,
        organisation: 'Royal Free London NHS Foundation Trust',
        person: 'c-17',
        personRole: 'Consultant',
        things: [],
      },
    ])
    expect(Date.parse(nodes[0]?.at ?? '') - Date.parse(at)).toBe(1000)
    expect(pageInfo).toEqual({ hasNextPage: false, endCursor: expect.any(String) as string })
  })

  it('says nothing of our own systems, of the gateway and of the patient', async () => {
    const id = randomUUID()
    for (const viewer of [system, gateway, patient(id)]) await look(viewer, id)
    expect(await pageOf([id])).toEqual({ nodes: [], pageInfo: { hasNextPage: false, endCursor: null } })
    expect(await clinic.sql('select role from audit_entry where patient_id = ?', id)).toEqual([{ role: 'SYSTEM' }])
  })

  it('is one for each request, however often it came by, with all that it saw', async () => {
    const [id, other] = [randomUUID(), randomUUID()]
    const requestId = await look(royalFree(), id)
    await look(royalFree(), other, ['HospitalNotice'], requestId)
    await look(royalFree(), id, ['Appointment', 'ChangeRequest'], requestId)
    await look(royalFree(), id, ['ChangeRequest'], requestId)
    // Somebody else who says that it is the same request.
    await look(staff, id, ['AppointmentConflict'], requestId)
    const { nodes } = await pageOf([id])
    expect(nodes.map(({ person, things }) => [person, things])).toEqual([
      ['Peter Novak', ['AppointmentConflict']],
      ['c-17', ['Appointment', 'ChangeRequest']],
    ])
    const rows = await clinic.sql('select sequence, continues from audit_entry where patient_id = ? order by 1', id)
    expect(rows.map((it) => Object.values(it))).toEqual([
      [1, null],
      [2, 1],
      [3, null],
    ])
  })

  it('goes page by page over every id the record has had, newest first, and none comes twice', async () => {
    const ids: string[] = [randomUUID(), randomUUID(), randomUUID()]
    const all: string[] = []
    for (let count = 0; count < 23; count += 1) {
      const id = ids[(count * 2) % 3] ?? ''
      all.unshift(await look(count % 4 ? staff : royalFree(), id))
      await look(system, id)
    }
    const seen: string[] = []
    let after: string | null = null
    for (let pages = 0; pages < 5; pages += 1) {
      const page: Page = await pageOf(ids, { first: 5, after })
      seen.push(...page.nodes.map(({ requestId }) => requestId))
      expect(page.pageInfo.hasNextPage).toBe(pages < 4)
      after = page.pageInfo.endCursor
      // Whoever looks meanwhile comes before all that was shown.
      await look(staff, ids[pages % 3] ?? '')
    }
    expect(seen).toEqual(all)
    expect((await pageOf(ids, { after })).nodes).toEqual([])
    expect((await pageOf(ids.slice(0, 1))).nodes.length).toBeLessThan(23)
  })

  it('is one for each request also where it saw both records of the person, on whatever page', async () => {
    const ids: string[] = [randomUUID(), randomUUID()]
    const all: string[] = []
    for (let count = 0; count < 6; count += 1) {
      const requestId = await look(royalFree(), ids[count % 2] ?? '')
      all.unshift(requestId)
      // In between somebody else looks, so that a page ends there.
      if (count % 3) all.unshift(await look(staff, ids[1] ?? ''))
      await look(royalFree(), ids[(count + 1) % 2] ?? '', ['ChangeRequest'], requestId)
    }
    for (const first of [1, 2, 3, 50]) {
      const seen: Access[] = []
      for (let after: string | null = null, more = true; more;) {
        const page: Page = await pageOf(ids, { first, after })
        seen.push(...page.nodes)
        ;({ hasNextPage: more, endCursor: after } = page.pageInfo)
      }
      expect(seen.map(({ requestId }) => requestId).sort()).toEqual([...all].sort())
      for (const { person, things } of seen)
        expect(things).toEqual(person === 'c-17' ? ['Appointment', 'ChangeRequest'] : ['Appointment'])
    }
  })

  it('is in an order that holds when the clock was set back', async () => {
    const id = randomUUID()
    const all = [await look(staff, id)]
    clinic.clock.pass(-3600)
    for (let count = 0; count < 4; count += 1) all.unshift(await look(staff, id))
    clinic.clock.pass(3600)
    const first = await pageOf([id], { first: 2 })
    const next = await pageOf([id], { first: 5, after: first.pageInfo.endCursor })
    expect([...first.nodes, ...next.nodes].map(({ requestId }) => requestId)).toEqual(all)
  })

  it('shows those from before it was kept who asked, and what they saw', async () => {
    const id = randomUUID()
    const facts = {
      patientId: id,
      sequence: 1,
      role: 'STAFF',
      actorId: 'staff:1',
      operation: 'Looks',
      requestId: 'r-1',
    }
    const row = { ...facts, id: randomUUID(), at: clinic.clock.now(), previousHash: 'start' }
    const nothing = { organisationCode: null, organisationName: null, person: null, personRole: null, continues: null }
    const hash = fingerprintWithoutKey({ ...row, ...nothing, things: null })
    const em = clinic.fork()
    em.create(AuditEntry, { ...row, ...nothing, things: null, hash })
    await em.flush()
    const organisation = 'West Hertfordshire Teaching Hospitals NHS Trust'
    expect((await pageOf([id])).nodes).toMatchObject([
      { requestId: 'r-1', organisation, person: null, personRole: null, things: [] },
    ])
  })

  it('is for the patient alone', async () => {
    const [id, other] = [randomUUID(), randomUUID()]
    await look(staff, id)
    const codes = ({ errors }: ExecutionResult) => errors?.map((it) => it.extensions.code)
    expect(codes(await asked([id], {}, system))).toEqual(['FORBIDDEN'])
    const request = { viewer: royalFree(everyScope), requestId: randomUUID() }
    const shared = representationOf(clinic, { patientIds: [id] }, request)
    const within = 'appointmentAccesses { nodes { id } }'
    expect(codes(await askAbout(clinic, [shared], within, request))).toEqual(['FORBIDDEN'])
    for (const viewer of [patient(other), staff])
      expect((await asked([id], {}, viewer)).data?._entities).toEqual([null])
    expect(codes(await asked([id], {}, gateway))).toEqual(['FORBIDDEN'])
  })

  it.each([
    [{ first: 0 }, 'first: ask for 1 to 50 at a time.'],
    [{ first: 51 }, 'first: ask for 1 to 50 at a time.'],
    [{ after: 'nonsense' }, 'after: use the endCursor of the page before, unchanged.'],
    [{ after: cursor('somebody') }, 'after: use the endCursor of the page before, unchanged.'],
    [{ after: cursor('somebody', 1.5) }, 'after: use the endCursor of the page before, unchanged.'],
    [{ after: cursor('somebody', 3e9) }, 'after: use the endCursor of the page before, unchanged.'],
    [{ after: cursor(1, 'somebody') }, 'after: use the endCursor of the page before, unchanged.'],
  ])('says what is wrong with %j', async (args, words) => {
    const { errors } = await asked([randomUUID()], args)
    expect(errors).toMatchObject([{ message: words, extensions: { code: 'BAD_USER_INPUT' } }])
  })

  it('shows nobody whom a cursor names and who is not the patient', async () => {
    const [id, other] = [randomUUID(), randomUUID()]
    await look(staff, other)
    expect((await pageOf([id], { after: cursor(other, 9) })).nodes).toEqual([])
  })

  it('reads a page of 10,000 rows as it reads one of 100', async () => {
    const id = randomUUID()
    const em = clinic.fork()
    for (let sequence = 1; sequence <= 10_000; sequence += 1) {
      const isShown = sequence % 500 === 0
      const who = {
        role: isShown ? 'STAFF' : 'SYSTEM',
        actorId: 'x',
        operation: 'Looks',
        requestId: `${id}-${sequence}`,
      }
      const nothing = {
        organisationCode: null,
        organisationName: null,
        person: null,
        personRole: null,
        continues: null,
      }
      const facts = { id: randomUUID(), patientId: id, sequence, at: clinic.clock.now(), previousHash: 'x', hash: 'x' }
      em.create(AuditEntry, { ...facts, ...who, ...nothing, things: ['Appointment'] })
    }
    await em.flush()
    if (engine === 'postgresql') await clinic.sql('analyze audit_entry')
    const explain = engine === 'sqlite' ? 'explain query plan' : 'explain'
    const planOf = async (act: () => Promise<unknown>) => {
      const plans: string[] = []
      for (const [sql, values] of await statementsOf(clinic, act))
        plans.push(JSON.stringify(await clinic.sql(`${explain} ${sql}`, ...values)))
      return plans
    }
    const walksAll = /TEMP B-TREE|Sort|Seq Scan|SCAN/
    expect(await planOf(() => pageOf([id], { first: 10 }))).toEqual([
      expect.stringContaining('audit_entry_by_people'),
      expect.stringContaining('audit_entry_of_request'),
    ])
    for (const plan of await planOf(() => pageOf([id], { first: 10 }))) expect(plan).not.toMatch(walksAll)
    // And what is written costs no more for what is there.
    const written = await planOf(() => look(staff, id))
    expect(written).toEqual([expect.stringContaining('audit_entry_sequence')])
    expect(written[0]).toContain('audit_entry_of_request')
    expect(written[0]).not.toMatch(walksAll)
  }, 60_000)
})

const cursor = (...values: unknown[]) => Buffer.from(JSON.stringify(values)).toString('base64url')

/** What was asked of the audit meanwhile. */
async function statementsOf(place: Behind, act: () => Promise<unknown>): Promise<[sql: string, values: unknown[]][]> {
  const connection = place.fork().getConnection()
  const execute = connection.execute.bind(connection)
  const asked: [string, unknown[]][] = []
  connection.execute = (sql: string, values: unknown[] = [], ...more: never[]) => {
    if (/^\s*select .* from \S*audit_entry/s.test(sql)) asked.push([sql, values])
    return execute(sql, values, ...more) as never
  }
  await act()
  connection.execute = execute
  return asked
}
