import { Field, Int, ObjectType, registerEnumType } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import { DateTime } from '../../runtime/scalars.ts'
import { Role } from '../../runtime/viewer.ts'

/** How a hospital's records were answered for. An error never looks like an empty list. */
export enum RecordSourceStatus {
  AVAILABLE = 'AVAILABLE',
  STALE = 'STALE',
  UNAVAILABLE = 'UNAVAILABLE',
  NOT_LINKED = 'NOT_LINKED',
  WITHHELD = 'WITHHELD',
}
registerEnumType(RecordSourceStatus, {
  name: 'RecordSourceStatus',
  description: "How a hospital's records were answered for.",
  valuesConfig: {
    AVAILABLE: { description: 'Its records are shown as they are there.' },
    STALE: { description: 'It does not answer: its records are shown as they were at asOf.' },
    UNAVAILABLE: { description: 'It does not answer, and nothing of it is kept: there may be records.' },
    NOT_LINKED: { description: 'It cannot be asked for this person, or knows nobody who is them.' },
    WITHHELD: { description: "It does not show this person's records here." },
  },
})

const forDocuments = { roles: [Role.PATIENT, Role.SYSTEM] }

@ObjectType({ description: 'A hospital whose records are in the list, and how it answered.' })
export class RecordSource {
  @Auth(forDocuments)
  @Field(() => String, { description: 'ODS code of the hospital trust.' })
  trustCode!: string

  @Auth(forDocuments)
  @Field(() => String, { description: 'Name of the hospital trust.' })
  trustName!: string

  @Auth(forDocuments)
  @Field(() => String, { description: 'Its name where there is little room.' })
  shortName!: string

  @Auth(forDocuments)
  @Field(() => Boolean, { description: 'True for the hospital whose portal this is.' })
  own!: boolean

  @Auth(forDocuments)
  @Field(() => RecordSourceStatus, { description: 'How it answered.' })
  status!: RecordSourceStatus

  @Auth(forDocuments)
  @Field(() => DateTime, {
    nullable: true,
    description: 'When what is shown was fetched; null for own records and when nothing is shown.',
  })
  asOf!: Date | null

  @Auth(forDocuments)
  @Field(() => Int, { description: 'How many of its records could not be read and were left out.' })
  setAside!: number

  @Auth(forDocuments)
  @Field(() => String, { nullable: true, description: 'Words for the person; null when there is nothing to say.' })
  message!: string | null
}
