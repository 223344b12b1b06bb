import { randomInt, randomUUID } from 'node:crypto'
import type { MortalGraph } from './mortal-graph.ts'

/** What a patient has been told of an appointment, and so may rely on. */
export interface Known {
  readonly id: string
  version: number
  slotId: string
  accepted: boolean
  cancelled: boolean
  moves: number
}

type Act = 'accept' | 'reschedule' | 'cancel' | 'undo'

const fields = `__typename ... on Problem { message }`
const documents: Record<Act, string> = {
  accept: `mutation A($input: AcceptAppointmentInput!) { it: acceptAppointment(input: $input) { ${fields} ... on AppointmentAccepted { appointment { version } } } }`,
  reschedule: `mutation R($input: RescheduleAppointmentInput!) { it: rescheduleAppointment(input: $input) { ${fields} ... on AppointmentRescheduled { appointment { version } } } }`,
  cancel: `mutation C($input: CancelAppointmentInput!) { it: cancelAppointment(input: $input) { ${fields} ... on AppointmentCancelled { appointment { version } } } }`,
  undo: `mutation U($input: UndoCancellationInput!) { it: undoCancellation(input: $input) { ${fields} ... on CancellationUndone { appointment { version } } } }`,
}
const oftenness: Act[] = ['reschedule', 'reschedule', 'reschedule', 'accept', 'cancel', 'undo']

interface Outcome {
  __typename: string
  message?: string
  appointment?: { version: number }
}

/** A patient who goes on whatever happens, asks again what was not answered, and remembers every answer. */
export class SteadfastPatient {
  readonly appointments: Known[]
  readonly #graph: MortalGraph
  readonly #token: string
  readonly #slotIds: readonly string[]
  /** Every key that was answered: each is kept exactly once. */
  readonly answeredKeys: string[] = []
  /** What was answered otherwise than what was known lets expect. */
  readonly surprises: string[] = []
  /** Answers that came at a second try: the first was cut off. */
  cutOff = 0

  constructor(graph: MortalGraph, token: string, appointments: Known[], slotIds: readonly string[]) {
    this.#graph = graph
    this.#token = token
    this.appointments = appointments
    this.#slotIds = slotIds
  }

  /** Does one thing after another until told to stop. */
  async goOn(isOver: () => boolean): Promise<void> {
    while (!isOver()) await this.#act(oneOf(oftenness), oneOf(this.appointments))
  }

  async #act(act: Act, known: Known): Promise<void> {
    const slotId = oneOf(this.#slotIds)
    const input = { idempotencyKey: randomUUID(), appointmentId: known.id, ...this.#details(act, known, slotId) }
    const { data, errors, tries } = await this.#graph.ask(this.#token, documents[act], { input })
    if (tries > 1) this.cutOff += 1
    const outcome = data?.it as unknown as Outcome | undefined
    if (!outcome) return void this.surprises.push(`${act}: ${JSON.stringify(errors)}`)
    this.answeredKeys.push(input.idempotencyKey)
    const expected = this.#after(act, known, outcome, slotId)
    const wrong = expected === undefined || (outcome.appointment && outcome.appointment.version !== known.version)
    if (wrong) this.surprises.push(`${act} of ${JSON.stringify(known)}: ${JSON.stringify(outcome)}`)
  }

  #details(act: Act, { version }: Known, slotId: string) {
    if (act === 'reschedule') return { version, slotId, reason: 'PREFER_NOT_TO_SAY' }
    return act === 'cancel' ? { version, reason: 'PREFER_NOT_TO_SAY' } : {}
  }

  /** Takes an answer into what is known; undefined when it cannot be the answer. */
  #after(act: Act, known: Known, { __typename: name }: Outcome, slotId: string): true | undefined {
    const answers: Record<Act, Record<string, () => boolean>> = {
      accept: {
        AppointmentAccepted: () => !known.cancelled && accept(known),
        CannotAccept: () => known.cancelled,
      },
      reschedule: {
        AppointmentRescheduled: () => !known.cancelled && slotId !== known.slotId && move(known, slotId),
        SlotTaken: () => !known.cancelled,
        SlotNotOffered: () => !known.cancelled,
        CannotReschedule: () => known.cancelled,
      },
      cancel: {
        AppointmentCancelled: () => !known.cancelled && setCancelled(known, true),
        CannotCancel: () => known.cancelled,
      },
      undo: {
        CancellationUndone: () => known.cancelled && setCancelled(known, false),
        CannotUndo: () => !known.cancelled,
      },
    }
    return answers[act][name]?.() ? true : undefined
  }
}

function accept(known: Known): true {
  if (!known.accepted) known.version += 1
  return (known.accepted = true)
}

function move(known: Known, slotId: string): true {
  Object.assign(known, { slotId, accepted: false, version: known.version + 1, moves: known.moves + 1 })
  return true
}

function setCancelled(known: Known, cancelled: boolean): true {
  Object.assign(known, { cancelled, version: known.version + 1 })
  return true
}

const oneOf = <Thing>(things: readonly Thing[]): Thing => things[randomInt(things.length)] as Thing
