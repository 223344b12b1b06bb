import { Ctx, Field, ObjectType } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { Role } from '../../runtime/viewer.ts'
import { DocumentRecordFlag } from '../document-record-flag.ts'
import { shown } from '../shown-document.ts'
import type { TestResult } from './test-result.entity.ts'
import { TestResultType } from './test-result.type.ts'

@ObjectType({ description: "The laboratory's word on a result was taken." })
export class TestResultRecorded {
  readonly row: TestResult

  @Auth({ roles: [Role.SYSTEM] })
  @Field(() => Boolean, { description: 'True when it was not known before.' })
  readonly created: boolean

  @Auth({ roles: [Role.SYSTEM] })
  @Field(() => [DocumentRecordFlag], { description: 'What people should know about it.' })
  readonly flags: DocumentRecordFlag[]

  constructor(row: TestResult, created: boolean, flags: DocumentRecordFlag[]) {
    this.row = row
    this.created = created
    this.flags = flags
  }

  @Auth({ roles: [Role.SYSTEM] })
  @Field(() => TestResultType, { description: 'The result as it is now.' })
  result(@Ctx() context: Context) {
    return shown(context, this.row)
  }
}
