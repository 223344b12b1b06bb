import type { FilterQuery } from '@mikro-orm/core'
import { Arg, Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { encodeCursor, instantAndId, page, PageInfo, pageSize } from '../../runtime/page.ts'
import { Role } from '../../runtime/viewer.ts'
import { HospitalNotice } from './hospital-notice.entity.ts'
import { HospitalNoticeStatus } from './hospital-notice-status.ts'
import { HospitalNoticeType } from './hospital-notice.type.ts'

const shown = { roles: [Role.STAFF] }

@ObjectType({ description: 'A page of notices to the hospital.' })
export class HospitalNoticeConnection {
  @Auth(shown)
  @Field(() => [HospitalNoticeType], { description: 'The notices of this page.' })
  readonly nodes!: HospitalNotice[]

  @Auth(shown)
  @Field(() => PageInfo, { description: 'Where the page ends.' })
  readonly pageInfo!: PageInfo

  @Auth(shown)
  @Field(() => Int, { description: 'How many there are on all pages.' })
  readonly totalCount!: () => Promise<number>
}

function after(cursor: string): FilterQuery<HospitalNotice> {
  const [occurredAt, id] = instantAndId(cursor)
  return { $or: [{ occurredAt: { $gt: occurredAt } }, { occurredAt, id: { $gt: id } }] }
}

export async function refusedHospitalNotices(
  { em }: Context,
  { first, after: cursor }: { first: number; after?: string | undefined },
): Promise<HospitalNoticeConnection> {
  const size = pageSize(first)
  const refused = { status: HospitalNoticeStatus.REFUSED }
  const where = cursor === undefined ? refused : { $and: [refused, after(cursor)] }
  const rows = await em.find(HospitalNotice, where, { orderBy: { occurredAt: 'asc', id: 'asc' }, limit: size + 1 })
  const cursorOf = ({ occurredAt, id }: HospitalNotice) => encodeCursor(+occurredAt, id)
  return { ...page(rows, size, cursorOf), totalCount: () => em.count(HospitalNotice, refused) }
}

@Resolver()
export class RefusedHospitalNotices {
  @Auth(shown)
  @Query(() => HospitalNoticeConnection, {
    description:
      "Notices that the hospital's system finally refused and nobody has settled, the oldest first; of the clinics that the member of staff works for.",
  })
  refusedHospitalNotices(
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many: 1 to 50.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' })
    cursor: string | undefined,
    @Ctx() context: Context,
  ) {
    return refusedHospitalNotices(context, { first, after: cursor ?? undefined })
  }
}
