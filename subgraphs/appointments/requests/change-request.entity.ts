import { defineEntity, OptionalProps, p } from '@mikro-orm/core'
import type { Viewer } from '../../runtime/viewer.ts'
import { Appointment } from '../appointment.entity.ts'
import {
  ChangeRequestKind,
  ChangeRequestStatus,
  ChangeRequestStepKind,
  type TimeOfDay,
  type Weekday,
} from './change-request-status.ts'

const ChangeRequestTable = defineEntity({
  name: 'ChangeRequest',
  properties: {
    id: p.string().primary(),
    /** 8 characters to say on the phone. */
    reference: p.string(),
    appointmentId: () => p.manyToOne(Appointment).mapToPk().joinColumn('appointment_id').index(false),
    patientId: p.string(),
    /** Copied from the appointment: staff see the requests of their clinics. */
    clinicCode: p.string(),
    kind: p.enum(() => ChangeRequestKind),
    status: p.enum(() => ChangeRequestStatus),
    /** Why, in words: of the chosen reason. */
    reason: p.text(),
    detail: p.text().nullable(),
    preferredDays: p.json<Weekday[]>(),
    preferredTimes: p.json<TimeOfDay[]>(),
    unavailable: p.text().nullable(),
    requestedAt: p.datetime(3),
    /** The London day by which staff answer. */
    answerBy: p.string(),
    claimedById: p.string().nullable(),
    claimedByName: p.text().nullable(),
    claimedAt: p.datetime(3).nullable(),
    answeredAt: p.datetime(3).nullable(),
    answer: p.text().nullable(),
    version: p.integer().version(),
  },
  uniques: [
    { name: 'change_request_reference', properties: ['reference'] },
    { name: 'one_open_request', properties: ['appointmentId'], where: "status = 'OPEN'" },
  ],
  indexes: [
    { name: 'change_request_of_appointment', properties: ['appointmentId', 'requestedAt'] },
    { name: 'change_request_to_answer', properties: ['status', 'answerBy', 'id'] },
  ],
})

/** A member of staff works on a request, and nobody else answers it. */
export interface Claim {
  readonly staffId: string
  readonly staffName: string
  readonly at: Date
}

/** No session of staff lasts longer: whoever claimed it then is no longer at the desk. */
const longestClaim = 12 * 60 * 60 * 1000

/** What a patient asks the staff of a REQUEST clinic for. The appointment keeps its slot until they agree. */
export class ChangeRequest extends ChangeRequestTable.class {
  declare [OptionalProps]?: 'ownerId' | 'isOpen'

  get ownerId() {
    return this.patientId
  }

  get isOpen() {
    return this.status === ChangeRequestStatus.OPEN
  }

  /** Who of the staff works on it at this moment. Null: nobody, or somebody who has gone home without giving it back. */
  claimAt(now: Date): Claim | null {
    const { claimedById: staffId, claimedByName: staffName, claimedAt: at } = this
    if (!staffId || !staffName || !at || +now - +at >= longestClaim) return null
    return { staffId, staffName, at }
  }

  isClaimedBy({ actorId }: Viewer, now: Date): boolean {
    return this.claimAt(now)?.staffId === actorId
  }

  claim({ staffId, staffName, at }: Claim): void {
    this.claimedById = staffId
    this.claimedByName = staffName
    this.claimedAt = at
  }

  release(): void {
    this.claimedById = this.claimedByName = this.claimedAt = null
  }

  /** Staff did what was asked for, or could not. What they wrote is for the patient. */
  answerWith(status: ChangeRequestStatus.AGREED | ChangeRequestStatus.REFUSED, words: string | null, now: Date): void {
    this.answer = words
    this.answeredAt = now
    this.close(status)
  }

  /** Nobody works on it any more; the steps tell who did. */
  close(status: Exclude<ChangeRequestStatus, ChangeRequestStatus.OPEN>): void {
    this.status = status
    this.release()
  }
}
ChangeRequestTable.setClass(ChangeRequest)

const ChangeRequestStepTable = defineEntity({
  name: 'ChangeRequestStep',
  properties: {
    id: p.string().primary(),
    requestId: () => p.manyToOne(ChangeRequest).mapToPk().joinColumn('request_id').index(false),
    /** Its place among the steps of the request: 1, 2, 3. */
    sequence: p.integer(),
    patientId: p.string(),
    clinicCode: p.string(),
    at: p.datetime(3),
    kind: p.enum(() => ChangeRequestStepKind),
    staffName: p.text().nullable(),
  },
  uniques: [{ name: 'change_request_step_order', properties: ['requestId', 'sequence'] }],
})

/** One step in the life of a request. */
export class ChangeRequestStep extends ChangeRequestStepTable.class {
  declare [OptionalProps]?: 'ownerId'

  get ownerId() {
    return this.patientId
  }
}
ChangeRequestStepTable.setClass(ChangeRequestStep)
