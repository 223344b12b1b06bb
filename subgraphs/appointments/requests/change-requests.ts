import type { FilterQuery } from '@mikro-orm/core'
import { Arg, Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { cursorInstant, decodeCursor, encodeCursor, page, PageInfo, pageSize } from '../../runtime/page.ts'
import { badInput } from '../../runtime/problem.ts'
import { Role } from '../../runtime/viewer.ts'
import { ChangeRequest } from './change-request.entity.ts'
import { ChangeRequestStatus } from './change-request-status.ts'
import { ChangeRequestType } from './change-request.type.ts'

const shown = { roles: [Role.STAFF] }

@ObjectType({ description: 'A page of the requests of patients.' })
export class ChangeRequestConnection {
  @Auth(shown)
  @Field(() => [ChangeRequestType], { description: 'The requests of this page.' })
  readonly nodes!: ChangeRequest[]

  @Auth(shown)
  @Field(() => PageInfo, { description: 'Where the page ends.' })
  readonly pageInfo!: PageInfo

  @Auth(shown)
  @Field(() => Int, { description: 'How many there are on all pages.' })
  readonly totalCount!: () => Promise<number>
}

function after(cursor: string): FilterQuery<ChangeRequest> {
  const [answerBy, milliseconds, id] = decodeCursor(cursor)
  const at = cursorInstant(milliseconds)
  if (typeof answerBy !== 'string' || typeof id !== 'string')
    throw badInput('after: use the endCursor of the page before, unchanged.')
  return {
    answerBy: { $gte: answerBy },
    $or: [{ answerBy: { $gt: answerBy } }, { requestedAt: { $gt: at } }, { requestedAt: at, id: { $gt: id } }],
  }
}

export async function changeRequests(
  { em }: Context,
  { status, first, after: cursor }: { status: ChangeRequestStatus; first: number; after?: string | undefined },
): Promise<ChangeRequestConnection> {
  const size = pageSize(first)
  const where = cursor === undefined ? { status } : { $and: [{ status }, after(cursor)] }
  const orderBy = { answerBy: 'asc', requestedAt: 'asc', id: 'asc' } as const
  const rows = await em.find(ChangeRequest, where, { orderBy, limit: size + 1 })
  const cursorOf = ({ answerBy, requestedAt, id }: ChangeRequest) => encodeCursor(answerBy, +requestedAt, id)
  return { ...page(rows, size, cursorOf), totalCount: () => em.count(ChangeRequest, { status }) }
}

@Resolver()
export class ChangeRequests {
  @Auth(shown)
  @Query(() => ChangeRequestConnection, {
    description:
      'What patients of the clinics that the member of staff works for have asked for, first what is to be answered first.',
  })
  changeRequests(
    @Arg('status', () => ChangeRequestStatus, {
      defaultValue: ChangeRequestStatus.OPEN,
      description: 'What has become of them.',
    })
    status: ChangeRequestStatus,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many: 1 to 50.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' })
    cursor: string | undefined,
    @Ctx() context: Context,
  ) {
    return changeRequests(context, { status, first, after: cursor ?? undefined })
  }
}
