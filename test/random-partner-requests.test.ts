import { randomInt, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Alone, engines, patient } from './alone.ts'
import { faultsOf } from './audit-chain.ts'
import { aBloodCount } from './laboratory.ts'
import { anNhsNumber } from './nhs-numbers.ts'
import { anyRequest, type PartnerRequest, type Sharer } from './partner-requests.ts'
import { aPartnerSystem, type PartnerSystem } from './partner-systems.ts'
import { type AuditRow, rowsOf } from './rows-of.ts'
import { bartsHealth, type Category, chooseSharing, everyCategory, royalFree } from './sharing.ts'
import { anAppointment, aPerson, type PersonInWorld, world, type World } from './world.ts'

const subgraphs = ['patients', 'appointments', 'documents', 'messages'] as const
const organisations = [royalFree, bartsHealth]
const everything = ['patients.read', 'appointments.read', 'documents.read', 'results.read']
const requestsOn = { sqlite: 10_000, postgresql: 1000 }

interface Row extends AuditRow {
  organisation_code: string
  person: string
  person_role: string
}

describe.each(engines)('random requests of partners, on %s', { timeout: 600_000 }, (engine) => {
  let portal: World
  const people: Sharer[] = []
  const systems: PartnerSystem[] = []
  /** What each request must leave, and for whom it was asked. */
  const sent = new Map<string, PartnerRequest & { by: PartnerSystem; endUser: { id: string; role: string } }>()

  const inPatients = () => {
    const ask: Alone['ask'] = (viewer, query, variables = {}) =>
      portal.graph.subgraphs.get('patients')?.execute({ query, viewer, variables, requestId: randomUUID() }) as never
    return { ask }
  }

  /** A record with some appointments, each with its letter, and some results. */
  async function aRecord(facts: Record<string, unknown>, appointments: number, results: number) {
    const record = await aPerson(portal, facts)
    for (let count = 0; count < appointments; count += 1) await anAppointment(portal, record)
    for (let count = 0; count < results; count += 1) await aResultOf(record)
    return { record, has: [record.id, { appointments, letters: appointments, results }] as const }
  }
  async function aResultOf({ id: patientId }: PersonInWorld) {
    const sample = aBloodCount({ patientId })
    const observations = (sample.observations as object[]).map((it, at) => ({ key: `${at}`, status: 'F', ...it }))
    const { recordTestResult } = await portal.system(
      `mutation R($input: RecordTestResultInput!) { recordTestResult(input: $input) { __typename ... on Problem { message } } }`,
      { input: { idempotencyKey: randomUUID(), ...sample, observations } },
    )
    expect(recordTestResult).toEqual({ __typename: 'TestResultRecorded' })
  }

  let numbers = 0
  async function aSharer(
    facts: Record<string, unknown> = {},
    { appointments = 2, results = 1, findable = true } = {},
  ): Promise<void> {
    const nhsNumber = anNhsNumber((engine === 'sqlite' ? 60_000 : 70_000) + (numbers += 1))
    const { record, has } = await aRecord({ nhsNumber, ...facts }, appointments, results)
    const { id, bornOn } = record
    people.push({ ids: [id], nhsNumber, bornOn, findable, shares: new Map(), has: new Map([has]) })
  }
  async function someoneWithTwoRecords(): Promise<void> {
    const [old, current] = [
      await aRecord({}, 1, 1),
      await aRecord({ nhsNumber: anNhsNumber(80_000 + (numbers += 1)) }, 1, 0),
    ]
    const { id, bornOn, hospitalNumber } = current.record
    await portal.system(`mutation M($input: MergePatientsInput!) { mergePatients(input: $input) { __typename } }`, {
      input: {
        idempotencyKey: randomUUID(),
        eventAt: portal.clock.now(),
        retiredHospitalNumber: old.record.hospitalNumber,
        survivingHospitalNumber: hospitalNumber,
      },
    })
    const nhsNumber = anNhsNumber(80_000 + numbers)
    const has = new Map([current.has, old.has])
    people.push({ ids: [id, old.record.id], nhsNumber, bornOn, findable: true, shares: new Map(), has })
  }

  /** Somebody changes their mind, and the next request knows. */
  async function choose(who: Sharer, { code } = organisations[randomInt(2)] ?? royalFree): Promise<void> {
    const categories = everyCategory.filter(() => randomInt(2) === 1) as Category[]
    const [id = ''] = who.ids
    await chooseSharing(inPatients(), patient(id, { patientIds: [...who.ids] }), categories, { organisationCode: code })
    who.shares.set(code, new Set(categories))
  }

  beforeAll(async () => {
    portal = await world({ engine })
    for (const { code, name } of organisations)
      for (const scopes of [
        everything,
        everything.slice(0, 3),
        everything.slice(0, 2),
        ['patients.read', 'documents.read'],
      ])
        systems.push(await aPartnerSystem(portal, { organisationCode: code, organisationName: name, scopes }))
    for (let count = 0; count < 5; count += 1) await aSharer({}, { appointments: count % 3, results: count % 2 })
    for (let count = 0; count < 3; count += 1) await someoneWithTwoRecords()
    for (const who of people) for (const organisation of organisations) await choose(who, organisation)
    await aSharer({}, { appointments: 1 })
    await aSharer({ bornOn: '2015-03-09' }, { appointments: 1, results: 0, findable: false })
    await aSharer({ sensitive: true }, { appointments: 1, results: 0, findable: false })
    await portal.graph.settle()
  }, 120_000)
  afterAll(() => portal.stop())

  const roles = ['Consultant', 'Ward pharmacist', 'Врач']
  async function send(count: number): Promise<void> {
    const by = systems[randomInt(systems.length)] ?? expect.fail('no partner')
    const request = anyRequest(by.viewer, people)
    const endUser = { id: `c-${randomInt(20)}`, role: roles[randomInt(3)] ?? 'Nurse' }
    const requestId = randomUUID()
    sent.set(requestId, { ...request, by, endUser })
    const { query, variables } = request
    if (count % 20) {
      await portal.graph.gateway.execute({ query, variables, requestId, viewer: { ...by.viewer, endUser } as never })
      return
    }
    // Over HTTP with a token, and now and then not for anybody.
    const isForSomebody = randomInt(10) > 0
    if (!isForSomebody) sent.set(requestId, { ...request, by, endUser, leaves: new Set() })
    const asked = {
      'x-end-user-id': isForSomebody ? endUser.id : '',
      'x-end-user-role': encodeURIComponent(endUser.role),
    }
    await by.ask(query, variables, { 'x-request-id': requestId, ...asked })
  }

  const rows = async (): Promise<Row[]> => {
    const of = (it: (typeof subgraphs)[number]) =>
      rowsOf<Row>(portal, it, `select * from audit_entry where role = 'PARTNER' order by patient_id, sequence`)
    return (
      await Promise.all(subgraphs.map(async (it) => (await of(it)).map((row) => ({ ...row, subgraph: it }))))
    ).flat()
  }

  it('leave one row for each request, patient and subgraph that answered something of theirs, and none for anything else', async () => {
    const most = requestsOn[engine]
    for (let count = 0; count < most;) {
      const together = Array.from({ length: 20 }, () => send((count += 1)))
      await Promise.all(together)
      if (count % 100 === 0) await choose(people[randomInt(8)] ?? expect.fail('nobody'))
    }
    expect(sent.size).toBe(most)
    const found = await rows()
    const wrong: string[] = []
    const byRequest = Map.groupBy(found, (it) => it.request_id.split('.')[0] ?? '')
    for (const [requestId, { leaves, query, by, endUser }] of sent) {
      const left = byRequest.get(requestId) ?? []
      const first = left.filter((it) => it.continues === null).map((it) => `${it.subgraph} ${it.patient_id}`)
      if (first.sort().join() !== [...leaves].sort().join())
        wrong.push(`${query}: ${first.join()} and not ${[...leaves].join()}`)
      for (const row of left)
        expect(row).toMatchObject({
          actor_id: by.viewer.actorId,
          organisation_code: by.viewer.organisation?.code,
          person: endUser.id,
          person_role: endUser.role,
        })
    }
    expect(wrong).toEqual([])
    expect([...byRequest.keys()].filter((it) => !sent.has(it))).toEqual([])
    // There was something of everything.
    const empty = [...sent.values()].filter(({ leaves }) => !leaves.size).length
    expect(empty / most).toBeGreaterThan(0.2)
    for (const subgraph of ['patients', 'appointments', 'documents'])
      expect(found.filter((it) => it.subgraph === subgraph).length).toBeGreaterThan(most / 10)
  })

  it('are shown to the person they are about, each once', async () => {
    for (const { ids } of people)
      for (const [subgraph, field] of [
        ['patients', 'detailsAccesses'],
        ['appointments', 'appointmentAccesses'],
        ['documents', 'documentAccesses'],
      ] as const) {
        const must = [...sent]
          .filter(([, { leaves }]) => ids.some((id) => leaves.has(`${subgraph} ${id}`)))
          .map(([requestId]) => requestId)
        expect((await seenBy(ids, field)).sort()).toEqual(must.sort())
      }
  })

  /** Every request a person finds there, page by page. */
  async function seenBy(ids: readonly string[], field: string): Promise<string[]> {
    const viewer = patient(ids[0] ?? '', { patientIds: [...ids] })
    const query = `query W($after: String) { me { it: ${field}(first: 50, after: $after) { nodes { requestId } pageInfo { hasNextPage endCursor } } } }`
    const seen: string[] = []
    for (let after: string | null = null, more = true; more;) {
      const answer = await portal.graph.gateway.execute({ query, variables: { after }, viewer: viewer as never })
      const me = answer.data?.me as {
        it: { nodes: { requestId: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } }
      } | null
      if (!me) return seen
      seen.push(...me.it.nodes.map(({ requestId }) => requestId.split('.')[0] ?? ''))
      ;({ hasNextPage: more, endCursor: after } = me.it.pageInfo)
    }
    return seen
  }

  it('leave chains that hold', async () => {
    portal.clock.pass(61)
    await portal.graph.settle()
    for (const subgraph of subgraphs) expect(await faultsOf(portal, subgraph)).toEqual([])
  })
})
