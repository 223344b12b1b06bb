import { createUnionType, Field, ObjectType } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import { ContactCard } from '../runtime/contact-card.ts'
import type { Context } from '../runtime/context.ts'
import { DateTime } from '../runtime/scalars.ts'
import { Role } from '../runtime/viewer.ts'
import type { Appointment } from './appointment.entity.ts'
import type { Clinic } from './clinic.entity.ts'
import { type Refusal, RefusalReason } from './refusal.ts'

const shown = { roles: [Role.PATIENT, Role.SYSTEM] }

@ObjectType({ description: 'The appointment can be accepted.' })
export class AcceptanceOpen {
  @Auth(shown)
  @Field(() => DateTime, { description: 'The moment from which it no longer can: when the appointment starts.' })
  readonly until: Date

  constructor(until: Date) {
    this.until = until
  }
}

@ObjectType({ description: 'The patient has accepted the appointment.' })
export class AlreadyAccepted {
  @Auth(shown)
  @Field(() => DateTime, { description: 'When they did.' })
  readonly acceptedAt: Date

  constructor(acceptedAt: Date) {
    this.acceptedAt = acceptedAt
  }
}

@ObjectType({ description: 'The appointment cannot be accepted: why, and the way on.' })
export class AcceptanceClosed implements Refusal {
  @Auth(shown)
  @Field(() => RefusalReason, { description: 'Why, for machines.' })
  readonly reason: RefusalReason

  @Auth(shown)
  @Field(() => String, { description: 'Why, and what to do now, in plain English, ready to be shown.' })
  readonly message: string

  @Auth(shown)
  @Field(() => ContactCard, { description: 'Whom to contact about it.' })
  readonly contact: ContactCard

  constructor({ reason, message, contact }: Refusal) {
    this.reason = reason
    this.message = message
    this.contact = contact
  }
}

export const Acceptance = createUnionType({
  name: 'Acceptance',
  description: 'Whether an appointment may be accepted now, and if not, why not and the way on.',
  types: () => [AcceptanceOpen, AlreadyAccepted, AcceptanceClosed] as const,
})

const words: Record<RefusalReason, (team: string) => string> = {
  ALREADY_CANCELLED: (team) =>
    `This appointment was cancelled, so you cannot accept it. If you still need to be seen, contact us (${team}).`,
  IN_THE_PAST: (team) =>
    `This appointment has started or is over, so you can no longer accept it. If you missed it, contact us (${team}).`,
  NOT_BOOKED: (team) =>
    `This appointment is over, so you can no longer accept it. If you have a question about it, contact us (${team}).`,
}

/** Why the patient cannot accept it now, or undefined when they can. */
export function whyNotAccept(appointment: Appointment, clinic: Clinic, { clock, trust }: Context): Refusal | undefined {
  const reason = appointment.whyNotAccept(clock.now())
  if (!reason) return undefined
  const contact = clinic.contactIn(trust)
  return { reason, message: words[reason](contact.team), contact }
}

/** What the page about an appointment says of accepting it. */
export function acceptanceOf(appointment: Appointment, clinic: Clinic, context: Context): typeof Acceptance {
  const refusal = whyNotAccept(appointment, clinic, context)
  if (refusal) return new AcceptanceClosed(refusal)
  return appointment.acceptedAt ? new AlreadyAccepted(appointment.acceptedAt) : new AcceptanceOpen(appointment.startsAt)
}
