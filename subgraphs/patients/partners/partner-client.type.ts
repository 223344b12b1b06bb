import { Field, ID, ObjectType } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import { DateTime } from '../../runtime/scalars.ts'
import { Role } from '../../runtime/viewer.ts'

const systems = { roles: [Role.SYSTEM] }

@ObjectType('PartnerClient', {
  description: 'A system of a partner organisation that may ask for records, or once might.',
})
export class PartnerClientType {
  @Auth(systems)
  @Field(() => ID, { description: 'The client id its assertions carry as iss and sub.' })
  id!: string

  @Auth(systems)
  @Field(() => ID, { description: 'The ODS code of its organisation: RAL.' })
  organisationCode!: string

  @Auth(systems)
  @Field(() => String, { description: 'The name of its organisation, as patients read it.' })
  organisationName!: string

  @Auth(systems)
  @Field(() => String, { description: 'Its own name for this system.' })
  name!: string

  @Auth(systems)
  @Field(() => [String], {
    description: 'What it may ask for: patients.read, appointments.read, documents.read, results.read.',
  })
  scopes!: string[]

  @Auth(systems)
  @Field(() => [String], {
    description: 'The ids (kid) of its public keys that are valid now; empty when it has them at keysUrl.',
  })
  keyIds!: string[]

  @Auth(systems)
  @Field(() => String, { nullable: true, description: 'Where its public keys are, instead of here.' })
  keysUrl!: string | null

  @Auth(systems)
  @Field(() => [ID], {
    nullable: true,
    description: 'SHA-256 (hex) of the operations it may send, each as graphql-js prints it; null when any.',
  })
  operationHashes!: string[] | null

  @Auth(systems)
  @Field(() => DateTime, { description: 'When it was registered.' })
  createdAt!: Date

  @Auth(systems)
  @Field(() => DateTime, { nullable: true, description: 'When a token was last given to it.' })
  lastUsedAt!: Date | null

  @Auth(systems)
  @Field(() => DateTime, { nullable: true, description: 'Since when it may not ask any more. Null: it may.' })
  revokedAt!: Date | null
}
