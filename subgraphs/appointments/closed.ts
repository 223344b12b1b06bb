import { Field, ObjectType } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import { ContactCard } from '../runtime/contact-card.ts'
import { Role } from '../runtime/viewer.ts'
import { type Refusal, RefusalReason } from './refusal.ts'

const shown = { roles: [Role.PATIENT, Role.SYSTEM] }

/** What the page says instead of offering it: why the patient cannot do it here, and the way on. */
@ObjectType()
export abstract class Closed implements Refusal {
  @Auth(shown)
  @Field(() => RefusalReason, { description: 'Why, for machines.' })
  readonly reason: RefusalReason

  @Auth(shown)
  @Field(() => String, { description: 'Why, and what to do now, in plain English, ready to be shown.' })
  readonly message: string

  @Auth(shown)
  @Field(() => ContactCard, { description: 'Whom to contact about it.' })
  readonly contact: ContactCard

  @Auth(shown)
  @Field(() => String, { nullable: true, description: 'Where it can be done instead: the NHS e-Referral Service.' })
  readonly link: string | null

  constructor({ reason, message, contact, link }: Refusal) {
    this.reason = reason
    this.message = message
    this.contact = contact
    this.link = link
  }
}
