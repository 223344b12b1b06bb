import { Ctx, Field, ObjectType } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { Problem } from '../../runtime/problem.ts'
import { Role } from '../../runtime/viewer.ts'
import { shown } from '../shown-document.ts'
import type { TestResult } from './test-result.entity.ts'
import { TestResultType } from './test-result.type.ts'

@ObjectType({
  implements: Problem,
  description:
    'The laboratory or a colleague did something to the result after the page that was acted from. Nothing was done.',
})
export class TestResultHasChanged extends Problem {
  override message =
    'This result has changed since you opened the page, so we have done nothing. Look at it as it is now, then choose again.'

  readonly row: TestResult

  constructor(row: TestResult) {
    super()
    this.row = row
  }

  @Auth({ roles: [Role.STAFF, Role.SYSTEM] })
  @Field(() => TestResultType, { description: 'The result as it is now.' })
  result(@Ctx() context: Context) {
    return shown(context, this.row)
  }
}
