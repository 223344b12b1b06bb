import type { FilterQuery } from '@mikro-orm/core'
import { Arg, Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { encodeCursor, instantAndId, page, PageInfo, pageSize } from '../../runtime/page.ts'
import { Role } from '../../runtime/viewer.ts'
import { AppointmentConflict } from './appointment-conflict.entity.ts'
import { AppointmentConflictType } from './appointment-conflict.type.ts'

const shown = { roles: [Role.STAFF] }

@ObjectType({ description: 'A page of conflicts.' })
export class AppointmentConflictConnection {
  @Auth(shown)
  @Field(() => [AppointmentConflictType], { description: 'The conflicts of this page.' })
  readonly nodes!: AppointmentConflict[]

  @Auth(shown)
  @Field(() => PageInfo, { description: 'Where the page ends.' })
  readonly pageInfo!: PageInfo

  @Auth(shown)
  @Field(() => Int, { description: 'How many there are on all pages.' })
  readonly totalCount!: () => Promise<number>
}

function after(cursor: string): FilterQuery<AppointmentConflict> {
  const [foundAt, id] = instantAndId(cursor)
  return { $or: [{ foundAt: { $gt: foundAt } }, { foundAt, id: { $gt: id } }] }
}

export async function conflicts(
  { em }: Context,
  { first, after: cursor }: { first: number; after?: string | undefined },
): Promise<AppointmentConflictConnection> {
  const size = pageSize(first)
  const open = { settledAt: null }
  const where = cursor === undefined ? open : { $and: [open, after(cursor)] }
  const rows = await em.find(AppointmentConflict, where, { orderBy: { foundAt: 'asc', id: 'asc' }, limit: size + 1 })
  const cursorOf = ({ foundAt, id }: AppointmentConflict) => encodeCursor(+foundAt, id)
  return { ...page(rows, size, cursorOf), totalCount: () => em.count(AppointmentConflict, open) }
}

@Resolver()
export class Conflicts {
  @Auth(shown)
  @Query(() => AppointmentConflictConnection, {
    description:
      'What the hospital said that conflicts with the portal and nobody has settled, the oldest first; of the clinics that the member of staff works for.',
  })
  conflicts(
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many: 1 to 50.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' })
    cursor: string | undefined,
    @Ctx() context: Context,
  ) {
    return conflicts(context, { first, after: cursor ?? undefined })
  }
}
