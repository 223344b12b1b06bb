import { createUnionType, Field, ObjectType } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import { ContactCard } from '../runtime/contact-card.ts'
import type { Context } from '../runtime/context.ts'
import { DateTime } from '../runtime/scalars.ts'
import { Role } from '../runtime/viewer.ts'
import type { Appointment } from './appointment.entity.ts'
import type { Clinic } from './clinic.entity.ts'
import { type Refusal, RefusalReason } from './refusal.ts'
import { refusal } from './refusal-words.ts'

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
export class AcceptanceClosed implements Omit<Refusal, 'link'> {
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

/** Why the patient cannot accept it now, or undefined when they can. */
export function whyNotAccept(appointment: Appointment, clinic: Clinic, { clock, trust }: Context): Refusal | undefined {
  const reason = appointment.whyNotAccept(clock.now())
  return reason && refusal(reason, 'accept', clinic, trust)
}

/** What the page about an appointment says of accepting it. */
export function acceptanceOf(appointment: Appointment, clinic: Clinic, context: Context): typeof Acceptance {
  const why = whyNotAccept(appointment, clinic, context)
  if (why) return new AcceptanceClosed(why)
  return appointment.acceptedAt ? new AlreadyAccepted(appointment.acceptedAt) : new AcceptanceOpen(appointment.startsAt)
}
