/** An appointment as it must be, by the rules alone. */
export interface ModelAppointment {
  readonly id: string
  readonly hospitalId: string
  readonly patientId: string
  readonly token: string
  readonly mode: 'DIRECT' | 'REQUEST'
  status: 'BOOKED' | 'CANCELLED'
  undoUntil: number | undefined
  /** The number of the slot it is at; it holds a seat of it while booked, and while it can be undone. */
  slot: number
  accepted: boolean
  moves: number
  version: number
  request: ModelRequest | undefined
  /** What was done that the hospital has not answered yet, in order. */
  waiting: ModelNotice[]
  /** The hospital refused the last that was done, and nothing was done or said since. */
  refused: boolean
  /** The slot that the hospital still has it at, when a change that it refused could not be taken back. */
  stuckFrom: number | undefined
}

/** Something the hospital is told of. */
export interface ModelNotice {
  readonly kind: 'RESCHEDULED' | 'CANCELLED'
  /** The slot that it says. */
  readonly slot: number
  /** Where the hospital has it, if elsewhere. */
  from: number | undefined
}

export interface ModelRequest {
  readonly id: string
  readonly kind: 'CHANGE' | 'CANCELLATION'
  claimed: boolean
}

export interface ModelSlot {
  readonly id: string
  readonly startsAt: string
  readonly mode: 'DIRECT' | 'REQUEST'
  readonly capacity: number
}

export const limit = 2
export const undoMilliseconds = 30 * 60_000

/** What the portal must hold after all that was done, kept beside it in plain words. */
export class Model {
  readonly appointments: ModelAppointment[]
  readonly slots: readonly ModelSlot[]
  readonly start: number
  now: number

  constructor(appointments: ModelAppointment[], slots: readonly ModelSlot[], now: number) {
    this.appointments = appointments
    this.slots = slots
    this.start = this.now = now
  }

  appointment(number: number): ModelAppointment {
    const found = this.appointments[number % this.appointments.length]
    if (!found) throw new Error('the model holds no appointment')
    return found
  }

  /** One of the slots of the clinic that this appointment is in. */
  slotFor({ mode }: ModelAppointment, number: number): number {
    const own = [...this.slots.keys()].filter((index) => this.slots[index]?.mode === mode)
    return own[number % own.length] ?? 0
  }

  holds(appointment: ModelAppointment): boolean {
    return appointment.status === 'BOOKED' || appointment.undoUntil !== undefined
  }

  free(slot: number): boolean {
    const holders = this.appointments.filter((it) => it.slot === slot && this.holds(it))
    return holders.length < (this.slots[slot]?.capacity ?? 0)
  }

  /** Another appointment of the same patient is at that time. */
  meetsOwn(appointment: ModelAppointment, slot: number): boolean {
    return this.appointments.some(
      (it) => it !== appointment && it.patientId === appointment.patientId && it.slot === slot && this.holds(it),
    )
  }

  /** Something was done that the hospital is told of: a move from one slot to another, or a cancellation. */
  tell(it: ModelAppointment, kind: ModelNotice['kind'], slot: number, from?: number): void {
    it.waiting.push({ kind, slot, from: it.stuckFrom ?? from })
    Object.assign(it, { refused: false, stuckFrom: undefined })
  }

  /** The hospital refuses the first that was told; it is as the hospital has it again, unless something later is told. */
  refuse(it: ModelAppointment): void {
    const refused = it.waiting.shift()
    if (!refused) throw new Error('nothing waits for an answer')
    if (refused.kind === 'RESCHEDULED') it.moves -= 1
    const [later] = it.waiting
    if (later) {
      later.from = refused.from ?? later.from
      return
    }
    if (refused.kind === 'CANCELLED') Object.assign(it, { status: 'BOOKED', accepted: false, version: it.version + 1 })
    const { from } = refused
    const isBack = from !== undefined && this.free(from)
    if (isBack) Object.assign(it, { slot: from, accepted: false, version: it.version + 1 })
    Object.assign(it, { refused: true, stuckFrom: isBack ? undefined : from })
  }

  /** The undo time passes: what was cancelled is final, and the hospital is told. */
  pass(milliseconds: number): void {
    this.now += milliseconds
    for (const it of this.appointments)
      if (it.undoUntil !== undefined && it.undoUntil <= this.now) {
        it.undoUntil = undefined
        it.version += 1
        this.tell(it, 'CANCELLED', it.slot)
      }
  }
}
