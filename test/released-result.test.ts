import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { act, aStaffToken } from './desk-in-world.ts'
import { aBloodCount, haemoglobin } from './laboratory.ts'
import { aPerson, logIn, type PersonInWorld, world, type World } from './world.ts'

let portal: World
let amal: PersonInWorld
let token: string
beforeAll(async () => {
  portal = await world()
  amal = await aPerson(portal)
  token = await logIn(portal, amal)
})
afterAll(() => portal.stop())

const aCriticalResult = async () => {
  const observations = [{ key: '1', status: 'F', ...haemoglobin('61', { flag: 'LL' }) }]
  const input = { idempotencyKey: randomUUID(), ...aBloodCount({ patientId: amal.id, observations }) }
  const { recordTestResult } = await portal.system(
    `mutation R($input: RecordTestResultInput!) { recordTestResult(input: $input) { ... on TestResultRecorded { result { id } } } }`,
    { input },
  )
  return (recordTestResult as unknown as { result: { id: string } }).result.id
}
const seenByAmal = async (id: string) => {
  const query = `query D($id: ID!) { document(id: $id) { title state notice ... on TestResult { observations { value } } } }`
  return (await portal.ask(token, query, { id })).data?.document
}
const desk = `query Q { resultsToRelease { totalCount alarms nodes {
  id title patient { id name { family } } release { reason steps { act } } observations { value flag } } } }`

it('goes from the laboratory past a clinician to its patient, through the gateway', async () => {
  const id = await aCriticalResult()
  expect(await seenByAmal(id)).toMatchObject({ title: 'Test result', state: 'WAITING', observations: [] })

  const clinician = await aStaffToken(portal, { releasesResults: true })
  const page = await portal.ask(clinician, desk)
  expect(page.data?.resultsToRelease).toEqual({
    totalCount: 1,
    alarms: 1,
    nodes: [
      {
        id,
        title: 'Full blood count',
        patient: { id: amal.id, name: { family: 'Haddad' } },
        release: { reason: 'CRITICAL_FLAG', steps: [{ act: 'RECEIVED' }] },
        observations: [{ value: '61', flag: 'CRITICALLY_LOW' }],
      },
    ],
  })

  const released = await act(portal, clinician, 'releaseTestResult', { resultId: id, steps: 1 })
  expect(released.data?.releaseTestResult).toEqual({ __typename: 'TestResultReleased' })
  expect(await seenByAmal(id)).toMatchObject({
    title: 'Full blood count',
    state: 'READY',
    observations: [{ value: '61' }],
  })
  await portal.graph.settle()
  const told = portal.inbox.latest(amal.mobile)
  expect(told?.body).toMatch(/new for you to read/)
  expect(told?.body).not.toMatch(/blood|result|haemoglobin/i)
})

it('is not there for somebody at the desk who does not release results', async () => {
  const id = await aCriticalResult()
  const clerk = await aStaffToken(portal)
  expect((await portal.ask(clerk, desk)).data?.resultsToRelease).toEqual({ totalCount: 0, alarms: 0, nodes: [] })
  const refused = await act(portal, clerk, 'releaseTestResult', { resultId: id, steps: 1 })
  expect(refused.data?.releaseTestResult).toMatchObject({ __typename: 'TestResultNotFound' })
  expect(
    (await portal.ask(clerk, `query T($id: ID!) { testResult(id: $id) { id } }`, { id })).data?.testResult,
  ).toBeNull()
  expect((await portal.ask(token, desk)).errors[0]?.extensions.code).toBe('FORBIDDEN')
  expect(await seenByAmal(id)).toMatchObject({ state: 'WAITING' })
})
