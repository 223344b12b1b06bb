import { randomUUID } from 'node:crypto'
import type fc from 'fast-check'
import { expect } from 'vitest'
import type { World } from '../world.ts'
import { limit, type Model, type ModelAppointment, undoMilliseconds } from './model.ts'

export type Command = fc.AsyncCommand<Model, World>

interface Outcome {
  __typename: string
  reason?: string
  appointment?: { version: number; status: string }
  request?: { id: string; status: string }
}

const told = `__typename
  ... on CannotAccept { reason } ... on CannotReschedule { reason } ... on CannotCancel { reason } ... on CannotUndo { reason }
  ... on AppointmentAccepted { appointment { version status } } ... on AppointmentRescheduled { appointment { version status } }
  ... on AppointmentCancelled { appointment { version status } } ... on CancellationUndone { appointment { version status } }
  ... on ChangeRequested { request { id status } } ... on ChangeRequestWithdrawn { request { id status } }`

/** The fragments of a mutation's own outcomes: the others would be refused as impossible. */
const outcomesOf: Record<string, string[]> = {
  acceptAppointment: ['CannotAccept', 'AppointmentAccepted'],
  rescheduleAppointment: ['CannotReschedule', 'AppointmentRescheduled'],
  cancelAppointment: ['CannotCancel', 'AppointmentCancelled'],
  undoCancellation: ['CannotUndo', 'CancellationUndone'],
  requestAppointmentChange: ['CannotReschedule', 'ChangeRequested'],
  requestAppointmentCancellation: ['CannotCancel', 'ChangeRequested'],
  withdrawChangeRequest: ['ChangeRequestWithdrawn'],
}

async function act(portal: World, { token }: ModelAppointment, field: string, input: object): Promise<Outcome> {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`
  const wanted = outcomesOf[field] ?? []
  const fragments = [...told.matchAll(/\.\.\. on (\w+) \{(?:[^{}]|\{[^{}]*\})*\}/g)]
    .filter(([, name]) => wanted.includes(name ?? ''))
    .map(([fragment]) => fragment)
  const query = `mutation M($input: ${type}!) { it: ${field}(input: $input) { __typename ${fragments.join(' ')} } }`
  const { data, text } = await portal.ask(token, query, { input: { idempotencyKey: randomUUID(), ...input } })
  if (!data?.it) throw new Error(`${field}: ${text}`)
  return data.it as unknown as Outcome
}

const why = 'PREFER_NOT_TO_SAY'

/** Something a patient does with one appointment. */
abstract class PatientActs implements Command {
  protected readonly which: number
  abstract readonly field: string

  constructor(which: number) {
    this.which = which
  }

  check(_model: Readonly<Model>): boolean {
    return true
  }

  async run(model: Model, portal: World): Promise<void> {
    const appointment = model.appointment(this.which)
    const outcome = await act(portal, appointment, this.field, this.input(model, appointment))
    expect({ outcome: outcome.__typename, ...(outcome.reason && { reason: outcome.reason }) }).toEqual(
      this.take(model, appointment, outcome),
    )
    if (outcome.appointment)
      expect(outcome.appointment).toEqual({ version: appointment.version, status: appointment.status })
  }

  protected input(_model: Model, { id: appointmentId, version }: ModelAppointment): object {
    return { appointmentId, version, reason: why }
  }

  /** What must be answered; and, in the model, done. */
  protected abstract take(model: Model, appointment: ModelAppointment, outcome: Outcome): object

  toString(): string {
    return `${this.field}(${this.which})`
  }
}

export class Accept extends PatientActs {
  readonly field = 'acceptAppointment'

  protected override input(_model: Model, { id: appointmentId }: ModelAppointment) {
    return { appointmentId }
  }

  protected take(_model: Model, it: ModelAppointment) {
    if (it.status === 'CANCELLED') return { outcome: 'CannotAccept', reason: 'ALREADY_CANCELLED' }
    if (!it.accepted) it.version += 1
    it.accepted = true
    return { outcome: 'AppointmentAccepted' }
  }
}

export class Reschedule extends PatientActs {
  readonly field = 'rescheduleAppointment'
  private readonly slot: number

  constructor(which: number, slot: number) {
    super(which)
    this.slot = slot
  }

  /** Of two reasons at once, either may be told: only one at a time is asked for. */
  override check(model: Readonly<Model>): boolean {
    const it = model.appointment(this.which)
    return !model.meetsOwn(it, model.slotFor(it, this.slot))
  }

  protected override input(model: Model, it: ModelAppointment) {
    return { ...super.input(model, it), slotId: model.slots[model.slotFor(it, this.slot)]?.id }
  }

  protected take(model: Model, it: ModelAppointment) {
    const slot = model.slotFor(it, this.slot)
    if (it.status === 'CANCELLED') return { outcome: 'CannotReschedule', reason: 'ALREADY_CANCELLED' }
    if (it.mode === 'REQUEST')
      return { outcome: 'CannotReschedule', reason: it.request ? 'REQUEST_PENDING' : 'CLINIC_ANSWERS_REQUESTS' }
    if (it.moves >= limit) return { outcome: 'CannotReschedule', reason: 'LIMIT_REACHED' }
    if (slot === it.slot) return { outcome: 'SlotNotOffered' }
    if (!model.free(slot)) return { outcome: 'SlotTaken' }
    model.tell(it, 'RESCHEDULED', slot, it.slot)
    Object.assign(it, { slot, accepted: false, moves: it.moves + 1, version: it.version + 1 })
    return { outcome: 'AppointmentRescheduled' }
  }

  override toString(): string {
    return `${this.field}(${this.which}, ${this.slot})`
  }
}

/** The page was opened before something else happened to the appointment. */
export class RescheduleFromAnOldPage extends PatientActs {
  readonly field = 'rescheduleAppointment'

  override check(model: Readonly<Model>): boolean {
    const it = model.appointment(this.which)
    return it.mode === 'DIRECT' && it.status === 'BOOKED' && it.moves < limit
  }

  protected override input(model: Model, it: ModelAppointment) {
    return { ...super.input(model, it), version: it.version - 1, slotId: model.slots[0]?.id }
  }

  protected take() {
    return { outcome: 'AppointmentHasChanged' }
  }
}

export class Cancel extends PatientActs {
  readonly field = 'cancelAppointment'

  protected take(model: Model, it: ModelAppointment) {
    if (it.status === 'CANCELLED') return { outcome: 'CannotCancel', reason: 'ALREADY_CANCELLED' }
    if (it.mode === 'REQUEST')
      return { outcome: 'CannotCancel', reason: it.request ? 'REQUEST_PENDING' : 'CLINIC_ANSWERS_REQUESTS' }
    Object.assign(it, { status: 'CANCELLED', undoUntil: model.now + undoMilliseconds, version: it.version + 1 })
    return { outcome: 'AppointmentCancelled' }
  }
}

export class Undo extends PatientActs {
  readonly field = 'undoCancellation'

  protected override input(_model: Model, { id: appointmentId }: ModelAppointment) {
    return { appointmentId }
  }

  /** Why a cancellation of long ago, or of the hospital, cannot be undone is told in several ways. */
  override check(model: Readonly<Model>): boolean {
    const it = model.appointment(this.which)
    return it.status === 'BOOKED' || it.undoUntil !== undefined
  }

  protected take(_model: Model, it: ModelAppointment) {
    if (it.status === 'BOOKED') return { outcome: 'CannotUndo', reason: 'NOT_CANCELLED' }
    Object.assign(it, { status: 'BOOKED', undoUntil: undefined, version: it.version + 1 })
    return { outcome: 'CancellationUndone' }
  }
}

export class AskToChange extends PatientActs {
  readonly field: string = 'requestAppointmentChange'
  protected readonly kind: 'CHANGE' | 'CANCELLATION' = 'CHANGE'
  protected readonly refusal: string = 'CannotReschedule'

  protected override input(model: Model, it: ModelAppointment): object {
    return { ...super.input(model, it), preferredDays: [], preferredTimes: [] }
  }

  protected take(_model: Model, it: ModelAppointment, { request }: Outcome) {
    if (it.status === 'CANCELLED') return { outcome: this.refusal, reason: 'ALREADY_CANCELLED' }
    if (it.mode === 'DIRECT') return { outcome: this.refusal, reason: 'CLINIC_CHANGES_DIRECTLY' }
    if (it.request) return { outcome: this.refusal, reason: 'REQUEST_PENDING' }
    it.request = { id: request?.id ?? '', kind: this.kind, claimed: false }
    return { outcome: 'ChangeRequested' }
  }
}

export class AskToCancel extends AskToChange {
  override readonly field = 'requestAppointmentCancellation'
  protected override readonly kind = 'CANCELLATION'
  protected override readonly refusal = 'CannotCancel'

  protected override input(_model: Model, { id: appointmentId, version }: ModelAppointment): object {
    return { appointmentId, version, reason: why }
  }
}

export class Withdraw extends PatientActs {
  readonly field = 'withdrawChangeRequest'

  override check(model: Readonly<Model>): boolean {
    return model.appointment(this.which).request !== undefined
  }

  protected override input(_model: Model, { request }: ModelAppointment) {
    return { requestId: request?.id }
  }

  protected take(_model: Model, it: ModelAppointment) {
    it.request = undefined
    return { outcome: 'ChangeRequestWithdrawn' }
  }
}
