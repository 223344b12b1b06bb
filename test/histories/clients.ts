import { randomUUID } from 'node:crypto'
import { rowsOf } from '../rows-of.ts'
import { aClinic, anAppointment, aPerson, logIn, type World } from '../world.ts'
import type { Operation } from './linearizable.ts'

/** Somebody with one appointment, at a clinic where all want the same few times. */
export interface Client {
  readonly token: string
  readonly appointmentId: string
  slotId: string
  version: number
}

/** What a client does next: move to the slot of this number, or look which are free. */
export type Step = { readonly act: 'move'; readonly slot: number } | { readonly act: 'look' }

/** How an appointment is moved: by the graph, or by something worse. */
export type Move = (client: Client, slotId: string) => Promise<'MOVED' | 'TAKEN' | 'NOT_OFFERED'>

/** What happened to each slot, while several clients did what they wanted. */
export class History {
  readonly slots = new Map<string, Operation[]>()

  constructor(slotIds: readonly string[]) {
    for (const id of slotIds) this.slots.set(id, [])
  }

  note(slotId: string, operation: Operation): void {
    this.slots.get(slotId)?.push(operation)
  }
}

export interface Scene {
  readonly portal: World
  readonly clients: Client[]
  readonly slotIds: string[]
}

/** As many clients as asked for, and as many times as they hold, and so many more. */
export async function aScene(portal: World, people: number, free: number): Promise<Scene> {
  const clinicCode = await aClinic(portal)
  const start = portal.clock.now().getTime() + 10 * 86_400_000
  const times = Array.from({ length: people + free }, (_, n) => new Date(start + n * 3_600_000))
  const slots = times.map((startsAt) => ({
    hospitalId: randomUUID(),
    startsAt,
    endsAt: new Date(startsAt.getTime() + 1_800_000),
  }))
  await portal.system(`mutation P($input: PublishSlotsInput!) { publishSlots(input: $input) { __typename } }`, {
    input: { idempotencyKey: randomUUID(), clinicCode, slots },
  })
  const clients: Client[] = []
  for (const startsAt of times.slice(0, people)) {
    const person = await aPerson(portal)
    const { id } = await anAppointment(portal, person, { clinicCode, startsAt: startsAt.toISOString() })
    const [row] = await rowsOf<{ slot_id: string }>(
      portal,
      'appointments',
      'select slot_id from appointment where id = ?',
      id,
    )
    clients.push({ token: await logIn(portal, person), appointmentId: id, slotId: row?.slot_id ?? '', version: 1 })
  }
  const found = await rowsOf<{ id: string }>(
    portal,
    'appointments',
    'select id from slot where clinic_code = ? order by starts_at',
    clinicCode,
  )
  return { portal, clients, slotIds: found.map(({ id }) => id) }
}

/** Lets every client do their steps, all at once, and keeps what each slot saw of it. */
export async function histories(scene: Scene, plans: readonly Step[][], move: Move): Promise<History> {
  const history = new History(scene.slotIds)
  await Promise.all(
    scene.clients.map(async (client, index) => {
      for (const step of plans[index] ?? []) {
        if (step.act === 'look') await look(scene, client, history)
        else await moveTo(scene.slotIds[step.slot % scene.slotIds.length] ?? '', client, history, move)
      }
    }),
  )
  return history
}

async function moveTo(slotId: string, client: Client, history: History, move: Move): Promise<void> {
  if (slotId === client.slotId) return
  const [asked, before, who] = [performance.now(), client.slotId, client.appointmentId]
  const outcome = await move(client, slotId)
  const answered = performance.now()
  if (outcome === 'NOT_OFFERED') throw new Error('every slot of the scene is offered to every client')
  history.note(slotId, { act: 'take', who, asked, answered, free: outcome === 'MOVED' })
  if (outcome === 'MOVED') history.note(before, { act: 'leave', who, asked, answered, free: false })
}

/** What `availableSlots` says of every slot but the client's own, which is never offered to them. */
async function look({ portal, slotIds }: Scene, { token, appointmentId, slotId }: Client, history: History) {
  const asked = performance.now()
  const free = await freeSlots(portal, token, appointmentId)
  const answered = performance.now()
  for (const id of slotIds) if (id !== slotId) history.note(id, { act: 'look', asked, answered, free: free.has(id) })
}

export async function freeSlots(portal: World, token: string, appointmentId: string): Promise<Set<string>> {
  const { data, text } = await portal.ask(
    token,
    `query S($id: ID!) { availableSlots(appointmentId: $id, first: 50) { nodes { id } } }`,
    { id: appointmentId },
  )
  const found = data?.availableSlots as unknown as { nodes: { id: string }[] } | null | undefined
  if (!found) throw new Error(text)
  return new Set(found.nodes.map(({ id }) => id))
}

/** As the site moves an appointment. */
export const byTheGraph =
  (portal: World): Move =>
  async (client, slotId) => {
    const { appointmentId, version } = client
    const input = { idempotencyKey: randomUUID(), appointmentId, version, slotId, reason: 'PREFER_NOT_TO_SAY' }
    const { data, text } = await portal.ask(
      client.token,
      `mutation R($input: RescheduleAppointmentInput!) {
        rescheduleAppointment(input: $input) { __typename ... on AppointmentRescheduled { appointment { version } } }
      }`,
      { input },
    )
    const outcome = data?.rescheduleAppointment as unknown as
      { __typename: string; appointment?: { version: number } } | undefined
    switch (outcome?.__typename) {
      case 'AppointmentRescheduled':
        Object.assign(client, { slotId, version: outcome.appointment?.version })
        return 'MOVED'
      case 'SlotTaken':
        return 'TAKEN'
      case 'SlotNotOffered':
        return 'NOT_OFFERED'
      default:
        throw new Error(text)
    }
  }

/** The mistake this portal must not make: looks whether the slot is free, and then takes it. */
export const byLookingFirst =
  (portal: World): Move =>
  async (client, slotId) => {
    const free = await freeSlots(portal, client.token, client.appointmentId)
    if (!free.has(slotId)) return 'TAKEN'
    const { appointmentId: id } = client
    await rowsOf(portal, 'appointments', 'update appointment set slot_id = ?, seat = 1 where id = ?', slotId, id)
    client.slotId = slotId
    return 'MOVED'
  }

/** Takes away what holds the promise: the database no longer refuses a second holder. */
export async function withoutThePromise(portal: World): Promise<void> {
  await rowsOf(portal, 'appointments', 'drop index one_holder_per_seat')
}
