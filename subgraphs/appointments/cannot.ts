import { Field, ObjectType } from 'type-graphql'
import { Auth, everyone } from '../runtime/auth.ts'
import { ContactCard } from '../runtime/contact-card.ts'
import { Problem } from '../runtime/problem.ts'
import { type Refusal, RefusalReason } from './refusal.ts'

/** What the patient wanted cannot be done: why, and whom to contact. */
@ObjectType({ implements: Problem })
abstract class Refused extends Problem implements Omit<Refusal, 'link'> {
  @Auth(everyone)
  @Field(() => RefusalReason, { description: 'Why, for machines.' })
  readonly reason: RefusalReason

  @Auth(everyone)
  @Field(() => ContactCard, { description: 'Whom to contact about it.' })
  readonly contact: ContactCard

  constructor({ reason, message, contact }: Refusal) {
    super()
    this.reason = reason
    this.message = message
    this.contact = contact
  }
}

/** The same, of what may be done elsewhere. */
@ObjectType()
abstract class RefusedHere extends Refused implements Refusal {
  @Auth(everyone)
  @Field(() => String, { nullable: true, description: 'Where it can be done instead: the NHS e-Referral Service.' })
  readonly link: string | null

  constructor(refusal: Refusal) {
    super(refusal)
    this.link = refusal.link
  }
}

@ObjectType({ implements: Problem, description: 'The appointment cannot be accepted: why, and whom to contact.' })
export class CannotAccept extends Refused {}

@ObjectType({ implements: Problem, description: 'The time of the appointment cannot be changed: why, and the way on.' })
export class CannotReschedule extends RefusedHere {}

@ObjectType({ implements: Problem, description: 'The appointment cannot be cancelled: why, and the way on.' })
export class CannotCancel extends RefusedHere {}

@ObjectType({ implements: Problem, description: 'The cancellation cannot be undone: why, and the way on.' })
export class CannotUndo extends Refused {}
