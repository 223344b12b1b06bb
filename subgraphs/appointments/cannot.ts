import { Field, ObjectType } from 'type-graphql'
import { Auth, everyone } from '../runtime/auth.ts'
import { ContactCard } from '../runtime/contact-card.ts'
import { Problem } from '../runtime/problem.ts'
import { type Refusal, RefusalReason } from './refusal.ts'

@ObjectType({ implements: Problem, description: 'The time of the appointment cannot be changed: why, and the way on.' })
export class CannotReschedule extends Problem implements Refusal {
  @Auth(everyone)
  @Field(() => RefusalReason, { description: 'Why, for machines.' })
  readonly reason: RefusalReason

  @Auth(everyone)
  @Field(() => ContactCard, { description: 'Whom to contact about it.' })
  readonly contact: ContactCard

  @Auth(everyone)
  @Field(() => String, { nullable: true, description: 'Where it can be done instead: the NHS e-Referral Service.' })
  readonly link: string | null

  constructor({ reason, message, contact, link }: Refusal) {
    super()
    this.reason = reason
    this.message = message
    this.contact = contact
    this.link = link
  }
}

@ObjectType({ implements: Problem, description: 'The appointment cannot be cancelled: why, and the way on.' })
export class CannotCancel extends Problem implements Refusal {
  @Auth(everyone)
  @Field(() => RefusalReason, { description: 'Why, for machines.' })
  readonly reason: RefusalReason

  @Auth(everyone)
  @Field(() => ContactCard, { description: 'Whom to contact about it.' })
  readonly contact: ContactCard

  @Auth(everyone)
  @Field(() => String, { nullable: true, description: 'Where it can be done instead: the NHS e-Referral Service.' })
  readonly link: string | null

  constructor({ reason, message, contact, link }: Refusal) {
    super()
    this.reason = reason
    this.message = message
    this.contact = contact
    this.link = link
  }
}

@ObjectType({ implements: Problem, description: 'The cancellation cannot be undone: why, and the way on.' })
export class CannotUndo extends Problem {
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
