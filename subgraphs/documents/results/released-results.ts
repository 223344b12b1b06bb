import type { FilterQuery } from '@mikro-orm/core'
import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { encodeCursor, instantAndId, page, pageSize } from '../../runtime/page.ts'
import { Role } from '../../runtime/viewer.ts'
import { shown } from '../shown-document.ts'
import { TestResultConnection } from './test-result-connection.type.ts'
import { TestResult } from './test-result.entity.ts'

/** Longer ago than this, whoever should not have read it has: taking it back is no longer a matter for a list. */
const listedDays = 90

const opened = (now: Date) => ({
  opensAt: { $lte: now, $gte: new Date(now.getTime() - listedDays * 86_400_000) },
  withdrawnAt: null,
  excluded: false,
})

function before(cursor: string): FilterQuery<TestResult> {
  const [opensAt, id] = instantAndId(cursor)
  return { $or: [{ opensAt: { $lt: opensAt } }, { opensAt, id: { $lt: id } }] }
}

/** What waits again, because a clinician took it back, is not among them: it is one of `resultsToRelease`. */
export async function releasedResults(
  context: Context,
  { first, after }: { first: number; after?: string | undefined },
): Promise<TestResultConnection> {
  const { em, clock } = context
  const size = pageSize(first)
  const all = opened(clock.now())
  const where = after === undefined ? all : { $and: [all, before(after)] }
  const rows = await em.find(TestResult, where, { orderBy: { opensAt: 'desc', id: 'desc' }, limit: size + 1 })
  const { nodes, pageInfo } = page(rows, size, ({ opensAt, id }) => encodeCursor(Number(opensAt), id))
  return {
    nodes: nodes.map((row) => shown(context, row)),
    pageInfo,
    totalCount: () => em.count(TestResult, all),
    alarms: () => Promise.resolve(0),
  }
}

@Resolver()
export class ReleasedResults {
  @Auth({ roles: [Role.STAFF] })
  @Query(() => TestResultConnection, {
    description: `Test results that patients have been able to read for at most ${listedDays} days, released by a clinician or opened by themselves: what opened last comes first. What was taken back is in resultsToRelease. For staff who release results.`,
  })
  releasedResults(
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many: 1 to 50.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' })
    after: string | null | undefined,
    @Ctx() context: Context,
  ) {
    return releasedResults(context, { first, after: after ?? undefined })
  }
}
