import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openReceiver, type Answer, type PortalMessage, type Receiver } from '../feeds/main.ts'
import { aClinic, anAppointment, aPerson, logIn, type World, world } from './world.ts'

let portal: World
let hospital: Receiver
const heard: PortalMessage[] = []
/** The hospital has it in hand, and has not answered yet. */
const held = Promise.withResolvers<Answer>()
let isHolding = true
const processes: ChildProcess[] = []

beforeAll(async () => {
  portal = await world()
  hospital = await openReceiver({
    host: '127.0.0.1',
    port: 0,
    now: () => portal.clock.now(),
    answer: (message) => {
      heard.push(message)
      return isHolding ? held.promise : { code: 'AA' }
    },
  })
})
afterAll(async () => {
  for (const process of processes) process.kill('SIGKILL')
  held.resolve({ code: 'AA' })
  await hospital.stop()
  await portal.stop()
})

/** The feeds as a process of their own. */
function startFeeds(): ChildProcess {
  const file = fileURLToPath(new URL('../feeds/start.ts', import.meta.url))
  const feeds = spawn(process.execPath, ['--import', 'tsx', file], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      GRAPH_URL: portal.url,
      SYSTEM_SECRET_FEEDS: portal.secrets.SYSTEM_SECRET_FEEDS,
      HL7_PORT: '0',
      HL7_SEND_TO: `127.0.0.1:${hospital.port}`,
    },
  })
  processes.push(feeds)
  return feeds
}

it(
  'tells again, under the same number, what was on its way when the process was killed',
  { timeout: 60_000 },
  async () => {
    const person = await aPerson(portal)
    const clinicCode = await aClinic(portal)
    const { id } = await anAppointment(portal, person, { clinicCode })
    const token = await logIn(portal, person)
    await portal.ask(
      token,
      `mutation C($input: CancelAppointmentInput!) { cancelAppointment(input: $input) { __typename } }`,
      { input: { idempotencyKey: randomUUID(), appointmentId: id, version: 1, reason: 'FEELING_BETTER' } },
    )
    portal.clock.pass(31 * 60)
    await portal.graph.settle()

    const killed = startFeeds()
    await expect.poll(() => heard.length, { timeout: 20_000 }).toBe(1)
    killed.kill('SIGKILL')
    await once(killed, 'exit')
    isHolding = false
    portal.clock.pass(61)

    const next = startFeeds()
    const query = `query A($id: ID!) { appointment(id: $id) { hospitalConfirmation } }`
    const again = await logIn(portal, person)
    const confirmation = async () => (await portal.ask(again, query, { id })).data?.appointment
    await expect.poll(confirmation, { timeout: 20_000 }).toEqual({ hospitalConfirmation: 'CONFIRMED' })
    next.kill('SIGTERM')
    expect(await once(next, 'exit')).toEqual([0, null])
    expect(heard.map(({ controlId, event }) => [controlId, event])).toEqual([
      [heard[0]?.controlId, 'S15'],
      [heard[0]?.controlId, 'S15'],
    ])
    expect(heard[1]?.text).toBe(heard[0]?.text)
  },
)
