import { defineEntity, OptionalProps, p } from '@mikro-orm/core'

/** How a message reaches a person. Post is not among them yet. */
export enum Channel {
  TEXT = 'TEXT',
  EMAIL = 'EMAIL',
}

/** What a message says. Its words are made when it leaves, from what is true then. */
export enum MessageKind {
  LOGIN_CODE = 'LOGIN_CODE',
  APPOINTMENT_BOOKED = 'APPOINTMENT_BOOKED',
  APPOINTMENT_RESCHEDULED = 'APPOINTMENT_RESCHEDULED',
  APPOINTMENT_CANCELLED = 'APPOINTMENT_CANCELLED',
  APPOINTMENT_CANCELLED_BY_HOSPITAL = 'APPOINTMENT_CANCELLED_BY_HOSPITAL',
  APPOINTMENT_BOOKED_AGAIN = 'APPOINTMENT_BOOKED_AGAIN',
  APPOINTMENT_MOVED = 'APPOINTMENT_MOVED',
  CHANGE_REQUEST_RECEIVED = 'CHANGE_REQUEST_RECEIVED',
  CHANGE_REQUEST_ANSWERED = 'CHANGE_REQUEST_ANSWERED',
  CHANGE_NOT_CONFIRMED = 'CHANGE_NOT_CONFIRMED',
  DOCUMENT_PUBLISHED = 'DOCUMENT_PUBLISHED',
}

export enum MessageState {
  WAITING = 'WAITING',
  /** Claimed, and perhaps already with the provider: until it is known, only asking is safe. */
  HANDING_OVER = 'HANDING_OVER',
  SENT = 'SENT',
  DELIVERED = 'DELIVERED',
  FAILED = 'FAILED',
  /** It was too late to be of use. */
  EXPIRED = 'EXPIRED',
  /** What it announces is no longer so, or the patient no longer wants or gets messages. */
  SUPERSEDED = 'SUPERSEDED',
}

const OutgoingMessageTable = defineEntity({
  name: 'OutgoingMessage',
  properties: {
    /** Also the reference that the provider knows the message by: it says nothing about anyone. */
    id: p.string().primary(),
    /** What may be said only once, such as "appointment:<id>:booked". */
    dedupeKey: p.string(),
    patientId: p.string().nullable(),
    /** What it is about, and which version of it: what happened to it later is told instead. Null for what is about none. */
    appointmentId: p.string().nullable(),
    appointmentVersion: p.integer().nullable(),
    kind: p.string().$type<MessageKind>(),
    channel: p.string().$type<Channel>(),
    to: p.string(),
    /** The ids that its words are made from: never a name, and never a code. */
    parameters: p.json<Record<string, string>>(),
    /** What the message ends with, to check by whether it is from us. */
    reference: p.string(),
    /** Codes: before everything else. */
    urgent: p.boolean(),
    /** What cannot wait for the end of the quiet hours. */
    evenAtNight: p.boolean().default(false),
    state: p.enum(() => MessageState).default(MessageState.WAITING),
    /** How often the provider was given it, counted before each time. */
    attempts: p.integer().default(0),
    /** When there is next something to do. Null when there is nothing more to do. */
    notBefore: p.datetime(3).nullable(),
    expiresAt: p.datetime(3),
    leasedUntil: p.datetime(3).nullable(),
    sentAt: p.datetime(3).nullable(),
    providerId: p.string().nullable(),
    lastErrorCode: p.string().nullable(),
    createdAt: p.datetime(3),
    /** Stops a worker whose lease another one has taken over from writing. */
    version: p.integer().version(),
  },
  uniques: [
    { name: 'outgoing_message_dedupe_key', properties: ['dedupeKey'] },
    { name: 'outgoing_message_reference', properties: ['reference'] },
  ],
  indexes: [
    { name: 'outgoing_message_due', properties: ['notBefore', 'urgent'] },
    { name: 'outgoing_message_of_appointment', properties: ['appointmentId'] },
    { name: 'outgoing_message_of_patient', properties: ['patientId', 'kind'] },
  ],
})

/** One text or e-mail, from the moment it is wanted to the moment it is known to have arrived or not. */
export class OutgoingMessage extends OutgoingMessageTable.class {
  declare [OptionalProps]?: 'ownerId' | 'mayBeWithProvider'

  get ownerId(): string | null {
    return this.patientId ?? null
  }

  lease(until: Date): void {
    this.leasedUntil = until
    if (this.state === MessageState.WAITING) this.state = MessageState.HANDING_OVER
  }

  /** The provider may have it, without us having heard: ask before giving it again. */
  get mayBeWithProvider(): boolean {
    return this.attempts > 0
  }

  isTooLate(now: Date): boolean {
    return this.expiresAt <= now
  }

  sent(providerId: string | null, now: Date, checkAt: Date | null): void {
    this.rest(MessageState.SENT, checkAt)
    this.providerId = providerId
    this.sentAt = now
    this.lastErrorCode = null
  }

  tryAgain(at: Date, errorCode: string): void {
    this.rest(MessageState.WAITING, at)
    this.lastErrorCode = errorCode
  }

  checkAgain(at: Date | null): void {
    this.rest(MessageState.SENT, at)
  }

  end(
    state: MessageState.DELIVERED | MessageState.FAILED | MessageState.EXPIRED | MessageState.SUPERSEDED,
    errorCode: string | null = null,
  ): void {
    this.rest(state, null)
    this.lastErrorCode = errorCode
  }

  // Not a #private method: rows from the database are made without the constructor.
  private rest(state: MessageState, next: Date | null): void {
    this.state = state
    this.notBefore = next
    this.leasedUntil = null
  }
}
OutgoingMessageTable.setClass(OutgoingMessage)
