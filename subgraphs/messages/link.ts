import { Arg, Ctx, Field, ID, ObjectType, Query, Resolver } from 'type-graphql'
import { Auth, Relation } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { Role } from '../runtime/viewer.ts'
import { Link } from './link.entity.ts'

const mine = { roles: [Role.PATIENT], relation: Relation.SELF }

@ObjectType('Link', { description: 'Where the address in a text or e-mail leads.' })
export class LinkType {
  @Auth(mine)
  @Field(() => ID, { description: 'The last part of the address in the message.' })
  reference!: string

  @Auth(mine)
  @Field(() => String, { description: 'A path on the site, such as "/appointments/<id>".' })
  path!: string
}

/** Unknown, expired and somebody else's look alike: null. */
export async function link({ em, clock }: Context, reference: string): Promise<Link | null> {
  return em.findOne(Link, { reference, expiresAt: { $gt: clock.now() } })
}

@Resolver()
export class LinkQuery {
  @Auth({ roles: [Role.PATIENT] })
  @Query(() => LinkType, {
    nullable: true,
    description:
      'Where the address in a message leads, for the patient it was sent to. Null for anyone else, and after 30 days.',
  })
  link(
    @Arg('reference', () => ID, { description: 'The last part of the address in the message.' }) reference: string,
    @Ctx() context: Context,
  ) {
    return link(context, reference)
  }
}
