import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { Role } from '../../runtime/viewer.ts'
import { shown, type ShownResult } from '../shown-document.ts'
import { TestResult } from './test-result.entity.ts'
import { TestResultType } from './test-result.type.ts'

async function findTestResult(context: Context, which: { id: string } | { hospitalId: string }) {
  const row = await context.em.findOne(TestResult, which)
  return row && shown(context, row)
}

@Resolver()
export class FindTestResult {
  @Auth({ roles: [Role.STAFF, Role.SYSTEM] })
  @Query(() => TestResultType, {
    nullable: true,
    description:
      'One test result, for staff who release results. Null when there is none, or it is not of their clinics.',
  })
  testResult(
    @Arg('id', () => ID, { description: "The portal's own id." }) id: string,
    @Ctx() context: Context,
  ): Promise<ShownResult | null> {
    return findTestResult(context, { id })
  }

  @Auth({ roles: [Role.SYSTEM] })
  @Query(() => TestResultType, {
    nullable: true,
    description: 'One test result, by what the feeds call it. Null when there is none.',
  })
  testResultByHospitalId(
    @Arg('hospitalId', () => String, { description: 'As it was given to recordTestResult.' }) hospitalId: string,
    @Ctx() context: Context,
  ): Promise<ShownResult | null> {
    return findTestResult(context, { hospitalId })
  }
}
