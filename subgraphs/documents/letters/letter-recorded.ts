import { Ctx, Field, ObjectType } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { Role } from '../../runtime/viewer.ts'
import { DocumentRecordFlag } from '../document-record-flag.ts'
import { LetterType } from '../letter.type.ts'
import { shown } from '../shown-document.ts'
import type { HospitalLetter } from './hospital-letter.entity.ts'

@ObjectType({ description: "The hospital's word on a letter was taken." })
export class LetterRecorded {
  readonly row: HospitalLetter

  @Auth({ roles: [Role.SYSTEM] })
  @Field(() => Boolean, { description: 'True when it was not known before.' })
  readonly created: boolean

  @Auth({ roles: [Role.SYSTEM] })
  @Field(() => [DocumentRecordFlag], { description: 'What people should know about it.' })
  readonly flags: DocumentRecordFlag[]

  constructor(row: HospitalLetter, created: boolean, flags: DocumentRecordFlag[]) {
    this.row = row
    this.created = created
    this.flags = flags
  }

  @Auth({ roles: [Role.SYSTEM] })
  @Field(() => LetterType, { description: 'The letter as it is now.' })
  letter(@Ctx() context: Context) {
    return shown(context, this.row)
  }
}
