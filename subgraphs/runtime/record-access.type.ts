import { Directive, Field, ID, ObjectType } from 'type-graphql'
import { Auth, type Owned, Relation } from './auth.ts'
import { PageInfo } from './page.ts'
import { DateTime } from './scalars.ts'
import { Role } from './viewer.ts'

const own = { roles: [Role.PATIENT], relation: Relation.SELF }

@Directive('@shareable')
@ObjectType({
  description:
    'One look at a record, or one change, by somebody other than the patient: one for each request and part of the record.',
})
export class RecordAccess implements Owned {
  readonly ownerId!: string

  @Auth(own)
  @Field(() => ID, { description: 'Of this one alone.' })
  readonly id!: string

  @Auth(own)
  @Field(() => DateTime, { description: 'When it was.' })
  readonly at!: Date

  @Auth(own)
  @Field(() => ID, { description: 'Groups what belongs to one request, over all parts of the record.' })
  readonly requestId!: string

  @Auth(own)
  @Field(() => String, { description: "The organisation: a partner's name, or this hospital's." })
  readonly organisation!: string

  @Auth(own)
  @Field(() => String, {
    nullable: true,
    description:
      'The name of our own staff; of a partner how it names the person it asked for, as stated by it. Null when it was not kept yet.',
  })
  readonly person!: string | null

  @Auth(own)
  @Field(() => String, {
    nullable: true,
    description: 'What they are there, as stated by the partner: "Consultant". Null of our own staff.',
  })
  readonly personRole!: string | null

  @Auth(own)
  @Field(() => [String], {
    description:
      'What was seen or changed, as the types of this graph name it: Appointment, TestResult. None when they looked and nothing was there, or when it was not kept yet.',
  })
  readonly things!: string[]
}

@Directive('@shareable')
@ObjectType({ description: 'A page of those who looked at a record.' })
export class RecordAccessConnection implements Owned {
  readonly ownerId!: string

  @Auth(own)
  @Field(() => [RecordAccess], { description: 'Those of this page.' })
  readonly nodes!: RecordAccess[]

  @Auth(own)
  @Field(() => PageInfo, { description: 'Where the page ends.' })
  readonly pageInfo!: PageInfo
}
