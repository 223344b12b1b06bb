import { rm } from 'node:fs/promises'
import { randomInt, randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Engine, engines } from './alone.ts'
import { FakeClock } from './clock.ts'
import { brokenPromises } from './invariants.ts'
import { MortalGraph } from './kills/mortal-graph.ts'
import { type Known, SteadfastPatient } from './kills/steadfast-patient.ts'
import { rowsOf } from './rows-of.ts'
import { aClinic, anAppointment, aPerson, logIn, world, type World } from './world.ts'

/** `npm run test:kill` asks for 1,000. */
const wanted = Number(process.env['KILLS'] ?? 200)
/** PostgreSQL keeps its own promises when we are killed: a tenth shows that we do not break them. */
const killsOf: Record<Engine, number> = { sqlite: wanted, postgresql: Math.ceil(wanted / 10) }
const patients = 6
const limit = 1_000_000
const inDays = (days: number, minutes = 0) =>
  new Date(
    Math.floor(Date.now() / 86_400_000) * 86_400_000 + days * 86_400_000 + (600 + minutes) * 60_000,
  ).toISOString()

describe.each(engines)('a portal on %s that is killed without warning', (engine) => {
  let portal: World
  let graph: MortalGraph
  const people: SteadfastPatient[] = []

  beforeAll(async () => {
    portal = await world({ engine, clock: new FakeClock(new Date()) })
    const cast = await aCast(portal)
    await portal.graph.stop()
    graph = await MortalGraph.start({ ...portal, rescheduleLimit: limit, inboxUrl: portal.inbox.url })
    people.push(...cast.people.map((it) => new SteadfastPatient(graph, it.token, it.appointments, cast.slotIds)))
  }, 120_000)
  afterAll(async () => {
    await graph.stop()
    await portal.inbox.stop()
    await rm(portal.folder, { recursive: true, force: true })
  })

  it(`loses nothing and does nothing twice in ${killsOf[engine]} kills`, { timeout: wanted * 10_000 }, async () => {
    let isOver = false
    const going = Promise.all(people.map((it) => it.goOn(() => isOver)))
    while (graph.kills < killsOf[engine]) {
      // After none to a dozen answers of this process, in the middle of another.
      const enough = graph.answers + randomInt(13)
      while (graph.answers < enough || graph.inFlight === 0) await pause(2)
      await pause(randomInt(12))
      if (graph.inFlight > 0) await graph.kill()
    }
    isOver = true
    await going
    const answered = people.flatMap(({ answeredKeys }) => answeredKeys)
    const cutOff = people.reduce((sum, it) => sum + it.cutOff, 0)
    console.log(`${engine}: ${graph.kills} kills, ${answered.length} answers, ${cutOff} of them after a cut`)
    expect(people.flatMap(({ surprises }) => surprises)).toEqual([])
    // Cut in the middle of work, not between: most kills met somebody who had to ask again.
    expect(cutOff).toBeGreaterThan(graph.kills / 2)
  })

  it('holds exactly what it told the patients', async () => {
    const rows = await rowsOf<Record<string, string | number | null>>(
      portal,
      'appointments',
      'select id, version, slot_id, accepted_at, status, times_rescheduled from appointment',
    )
    const found = new Map(rows.map((row) => [String(row['id']), row]))
    for (const known of people.flatMap(({ appointments }) => appointments)) {
      const row = found.get(known.id)
      expect({
        version: row?.['version'],
        slotId: row?.['slot_id'],
        cancelled: row?.['status'] === 'CANCELLED',
        moves: row?.['times_rescheduled'],
      }).toEqual({ version: known.version, slotId: known.slotId, cancelled: known.cancelled, moves: known.moves })
    }
  })

  it('keeps each answered key once, one event and one notice for each move', async () => {
    const keys = await rowsOf<{ key: string }>(
      portal,
      'appointments',
      `select key from idempotent_request where actor_id like 'patient:%'`,
    )
    expect(keys.map(({ key }) => key).sort()).toEqual(people.flatMap(({ answeredKeys }) => answeredKeys).sort())
    const moves = people.flatMap(({ appointments }) => appointments).reduce((sum, it) => sum + it.moves, 0)
    const count = async (statement: string) =>
      Number((await rowsOf<{ n: number }>(portal, 'appointments', statement))[0]?.n)
    expect(await count(`select count(*) as n from outbox_event where kind = 'appointment.rescheduled'`)).toBe(moves)
    expect(await count(`select count(*) as n from hospital_notice where kind = 'RESCHEDULED'`)).toBe(moves)
  })

  it('breaks no promise, and its files are sound', async () => {
    expect(await brokenPromises(portal, limit)).toEqual([])
    if (engine === 'sqlite')
      for (const subgraph of ['patients', 'appointments', 'documents', 'messages'] as const) {
        expect(await rowsOf(portal, subgraph, 'pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
        expect(await rowsOf(portal, subgraph, 'pragma foreign_key_check')).toEqual([])
      }
  })
})

/** Patients with three appointments each, at one clinic with times for all of them and a few more. */
async function aCast(portal: World) {
  const clinicCode = await aClinic(portal)
  const times = Array.from({ length: patients * 3 + 12 }, (_, n) => inDays(10 + (n % 10), Math.floor(n / 10) * 30))
  const slots = times.map((startsAt) => ({
    hospitalId: `KILL-${randomUUID()}`,
    startsAt,
    endsAt: new Date(new Date(startsAt).getTime() + 30 * 60_000),
  }))
  await portal.system(`mutation P($input: PublishSlotsInput!) { publishSlots(input: $input) { __typename } }`, {
    input: { idempotencyKey: randomUUID(), clinicCode, slots },
  })
  const people: { token: string; appointments: Known[] }[] = []
  for (let n = 0; n < patients; n += 1) {
    const person = await aPerson(portal)
    const appointments: Known[] = []
    for (const startsAt of times.slice(n * 3, n * 3 + 3)) {
      const { id } = await anAppointment(portal, person, { clinicCode, startsAt })
      appointments.push({
        id,
        version: 1,
        slotId: await slotOf(portal, id),
        accepted: false,
        cancelled: false,
        moves: 0,
      })
    }
    people.push({ token: await logIn(portal, person), appointments })
  }
  const all = await rowsOf<{ id: string }>(portal, 'appointments', 'select id from slot')
  return { people, slotIds: all.map(({ id }) => id) }
}

async function slotOf(portal: World, appointmentId: string): Promise<string> {
  const [row] = await rowsOf<{ slot_id: string }>(
    portal,
    'appointments',
    'select slot_id from appointment where id = ?',
    appointmentId,
  )
  return row?.slot_id ?? ''
}
