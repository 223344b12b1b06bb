import type { EntityManager } from '@mikro-orm/sql'
import type { Appointment } from '../appointment.entity.ts'
import { AppointmentStatus, CancelledBy } from '../appointment-status.ts'
import { HospitalNotice } from '../write-back/hospital-notice.entity.ts'
import { changes, HospitalNoticeKind, HospitalNoticeStatus } from '../write-back/hospital-notice-status.ts'
import { momentInWords } from './in-words.ts'

/** What was done here that the hospital's system had not acknowledged when it said something of the appointment. */
export class ActsInBetween {
  readonly #appointment: Appointment
  readonly #notices: readonly HospitalNotice[]
  readonly #saidAt: Date

  constructor(appointment: Appointment, notices: readonly HospitalNotice[], saidAt: Date) {
    this.#appointment = appointment
    this.#notices = notices
    this.#saidAt = saidAt
  }

  get areNone(): boolean {
    return this.#notices.length === 0 && !this.#canBeUndone
  }

  /** The hospital has since taken what was done after it said this: its later word is that. */
  get wereTakenSince(): boolean {
    return this.#notices.some(
      ({ status, occurredAt }) => status === HospitalNoticeStatus.ACKNOWLEDGED && occurredAt > this.#saidAt,
    )
  }

  get cancelledIt(): boolean {
    return (
      this.#canBeUndone ||
      (this.#appointment.status === AppointmentStatus.CANCELLED &&
        this.#appointment.cancelledBy === CancelledBy.PATIENT &&
        this.#notices.some(({ kind }) => kind === HospitalNoticeKind.CANCELLED))
    )
  }

  /** Whether the hospital may still have it at that time, or has just heard of it: to say so is no news. */
  hadItAt(at: Date): boolean {
    const times = this.#notices.flatMap(({ startsAt, previousStartsAt }) => [startsAt, previousStartsAt])
    if (this.cancelledIt) times.push(this.#appointment.startsAt)
    return times.some((time) => time != null && +time === +at)
  }

  inWords(): string {
    const { startsAt, cancelledAt } = this.#appointment
    const at = momentInWords(startsAt)
    if (this.cancelledIt && cancelledAt)
      return `On ${momentInWords(cancelledAt)} the appointment of ${at} was cancelled here at the patient's wish`
    const [first] = this.#notices
    const from = first?.previousStartsAt ? ` from ${momentInWords(first.previousStartsAt)}` : ''
    return `The appointment was changed here at the patient's wish${from} to ${at}`
  }

  get #canBeUndone(): boolean {
    return this.#appointment.undoUntil != null
  }
}

export async function actsInBetween(em: EntityManager, appointment: Appointment, saidAt: Date): Promise<ActsInBetween> {
  const notices = await em.find(
    HospitalNotice,
    {
      appointmentId: appointment.id,
      kind: { $in: [...changes] },
      $or: [
        { status: HospitalNoticeStatus.WAITING },
        { status: HospitalNoticeStatus.ACKNOWLEDGED, answeredAt: { $gt: saidAt } },
      ],
    },
    { orderBy: { sequence: 'asc' } },
  )
  return new ActsInBetween(appointment, notices, saidAt)
}

/** For staff: the hospital's system contradicted what was done here, which it did not know. */
export const contradiction = (acts: ActsInBetween, word: string) =>
  `${acts.inWords()}. The hospital's system did not know that yet, and ${word}. The hospital's word stands. Phone the patient and agree on what is to be.`

/** For staff: a word of before came late, after the hospital's system had taken what was done here. */
export const lateContradiction = (acts: ActsInBetween, word: string) =>
  `${acts.inWords()}, and the hospital's system took that. A message it had sent before came later: it ${word}. What was done here stands. Check that the hospital's system has it so.`
