import { type FilterQuery, raw } from '@mikro-orm/core'
import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { cursorInstant, decodeCursor, encodeCursor, page, pageSize } from '../../runtime/page.ts'
import { badInput } from '../../runtime/problem.ts'
import { Role } from '../../runtime/viewer.ts'
import { shown } from '../shown-document.ts'
import { alarming, waiting } from './release-alarm.ts'
import { ReleaseReason } from './release-words.ts'
import { TestResultConnection } from './test-result-connection.type.ts'
import { TestResult } from './test-result.entity.ts'

const forStaff = { roles: [Role.STAFF] }

const critical = { releaseReason: ReleaseReason.CRITICAL_FLAG }
const notCritical = { releaseReason: { $ne: ReleaseReason.CRITICAL_FLAG } }
const criticalFirst = raw((result) => `case when ${result}.release_reason = 'CRITICAL_FLAG' then 0 else 1 end`)
const orderBy = [
  { [criticalFirst]: 'asc' as const },
  { opensAt: 'asc nulls last', waitingSince: 'asc', id: 'asc' } as const,
]
const cursorOf = ({ releaseReason, opensAt, waitingSince, id }: TestResult) => {
  const opens = releaseReason === ReleaseReason.CRITICAL_FLAG ? 'critical' : opensAt ? +opensAt : ''
  return encodeCursor(opens, Number(waitingSince), id)
}

/** What comes after a row: those with a critical value, those that open by themselves, those that only a clinician opens. */
function after(cursor: string): FilterQuery<TestResult> {
  const [opens, since, id] = decodeCursor(cursor)
  if (typeof id !== 'string') throw badInput('after: use the endCursor of the page before, unchanged.')
  const waitingSince = cursorInstant(since)
  const later = [{ waitingSince: { $gt: waitingSince } }, { waitingSince, id: { $gt: id } }]
  if (opens === 'critical') return { $or: [notCritical, { ...critical, $or: later }] }
  return { $and: [notCritical, afterOthers(opens, later)] }
}

function afterOthers(opens: string | number | undefined, later: FilterQuery<TestResult>[]): FilterQuery<TestResult> {
  if (opens === '') return { opensAt: null, $or: later }
  const opensAt = cursorInstant(opens)
  return { $or: [{ opensAt: null }, { opensAt: { $gt: opensAt } }, { opensAt, $or: later }] }
}

export async function resultsToRelease(
  context: Context,
  { first, after: cursor }: { first: number; after?: string | undefined },
): Promise<TestResultConnection> {
  const { em, clock, trust } = context
  const size = pageSize(first)
  const now = clock.now()
  const all = waiting(now)
  const where = cursor === undefined ? all : { $and: [all, after(cursor)] }
  const rows = await em.find(TestResult, where, { orderBy, limit: size + 1 })
  const { nodes, pageInfo } = page(rows, size, cursorOf)
  return {
    nodes: nodes.map((row) => shown(context, row)),
    pageInfo,
    totalCount: () => em.count(TestResult, all),
    alarms: () => em.count(TestResult, { $and: [all, alarming(now, trust)] }),
  }
}

@Resolver()
export class ResultsToRelease {
  @Auth(forStaff)
  @Query(() => TestResultConnection, {
    description:
      'Test results that wait for a clinician, or open by themselves later: first those with a critical value, then what opens first, at the end what only a clinician opens, or took back, the oldest first. For staff who release results.',
  })
  resultsToRelease(
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many: 1 to 50.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' })
    cursor: string | undefined,
    @Ctx() context: Context,
  ) {
    return resultsToRelease(context, { first, after: cursor ?? undefined })
  }
}
