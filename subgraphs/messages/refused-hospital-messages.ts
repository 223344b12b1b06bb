import { Arg, Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import { badInput } from '../runtime/problem.ts'
import { cursorInstant, decodeCursor, encodeCursor, page, PageInfo, pageSize } from '../runtime/page.ts'
import type { MessagesContext } from './context.ts'
import { HospitalMessage, refusals } from './hospital-message.entity.ts'
import { HospitalMessageType, systemsAndStaff } from './hospital-message.type.ts'

@ObjectType({ description: "A page of messages of the hospital's systems." })
export class HospitalMessageConnection {
  @Auth(systemsAndStaff)
  @Field(() => [HospitalMessageType], { description: 'The messages, newest first.' })
  nodes!: HospitalMessage[]

  @Auth(systemsAndStaff)
  @Field(() => PageInfo, { description: 'Whether there are more, and how to get them.' })
  pageInfo!: PageInfo

  @Auth(systemsAndStaff)
  @Field(() => Int, { description: 'How many there are in all.' })
  totalCount!: number
}

/** What was refused and has not been accepted since: what somebody has to look at. */
export async function refusedHospitalMessages(
  { em }: MessagesContext,
  first: number,
  after?: string | null,
): Promise<HospitalMessageConnection> {
  const size = pageSize(first)
  const refused = { acknowledgement: { $in: refusals } }
  const orderBy = { receivedAt: 'desc', id: 'desc' } as const
  const rows = await em.find(
    HospitalMessage,
    { $and: [refused, after ? olderThan(after) : {}] },
    { orderBy, limit: size + 1 },
  )
  const totalCount = await em.count(HospitalMessage, refused)
  return { ...page(rows, size, ({ receivedAt, id }) => encodeCursor(receivedAt.getTime(), id)), totalCount }
}

function olderThan(after: string) {
  const [time, id] = decodeCursor(after)
  const receivedAt = cursorInstant(time)
  if (typeof id !== 'string') throw badInput('after: use the endCursor of the page before, unchanged.')
  return { $or: [{ receivedAt: { $lt: receivedAt } }, { receivedAt, id: { $lt: id } }] }
}

@Resolver()
export class RefusedHospitalMessages {
  @Auth(systemsAndStaff)
  @Query(() => HospitalMessageConnection, {
    description: "Messages of the hospital's systems that were refused and not accepted since, newest first.",
  })
  refusedHospitalMessages(
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many: 1 to 50.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' })
    after: string | null | undefined,
    @Ctx() context: MessagesContext,
  ) {
    return refusedHospitalMessages(context, first, after)
  }
}
