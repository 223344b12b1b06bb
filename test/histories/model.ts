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
  /** How many notices wait to be acknowledged that change the appointment. */
  waiting: number
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

  /** The undo time passes: what was cancelled is final, and the hospital is told. */
  pass(milliseconds: number): void {
    this.now += milliseconds
    for (const it of this.appointments)
      if (it.undoUntil !== undefined && it.undoUntil <= this.now) {
        it.undoUntil = undefined
        it.version += 1
        it.waiting += 1
      }
  }
}
