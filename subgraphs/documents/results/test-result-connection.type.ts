import { Field, Int, ObjectType } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import { PageInfo } from '../../runtime/page.ts'
import { Role } from '../../runtime/viewer.ts'
import type { ShownResult } from '../shown-document.ts'
import { TestResultType } from './test-result.type.ts'

const forStaff = { roles: [Role.STAFF] }

@ObjectType({ description: 'A page of a list of test results at the desk.' })
export class TestResultConnection {
  @Auth(forStaff)
  @Field(() => [TestResultType], { description: 'The results of this page.' })
  readonly nodes!: ShownResult[]

  @Auth(forStaff)
  @Field(() => PageInfo, { description: 'Where the page ends.' })
  readonly pageInfo!: PageInfo

  @Auth(forStaff)
  @Field(() => Int, { description: 'How many there are on all pages.' })
  readonly totalCount!: () => Promise<number>

  @Auth(forStaff)
  @Field(() => Int, { description: 'How many of all have their alarm on: none of those that patients can read.' })
  readonly alarms!: () => Promise<number>
}
