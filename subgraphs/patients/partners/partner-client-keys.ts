import { Arg, Ctx, Directive, Field, ID, ObjectType, Query, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { Role } from '../../runtime/viewer.ts'
import { PartnerClient } from './partner-client.entity.ts'

const gateway = { roles: [Role.GATEWAY] }

@Directive('@inaccessible')
@ObjectType({
  description: "A partner's system and the keys its assertions are signed with: what the gateway gives tokens by.",
})
export class PartnerClientKeys {
  @Auth(gateway)
  @Field(() => ID, { description: 'The client id.' })
  id!: string

  @Auth(gateway)
  @Field(() => ID, { description: 'The ODS code of its organisation.' })
  organisationCode!: string

  @Auth(gateway)
  @Field(() => String, { description: 'Its name.' })
  name!: string

  @Auth(gateway)
  @Field(() => [String], { description: 'What it may ask for.' })
  scopes!: string[]

  @Auth(gateway)
  @Field(() => String, {
    nullable: true,
    description: 'Its public keys, a JWK Set as JSON. Null: they are at keysUrl.',
  })
  keys!: string | null

  @Auth(gateway)
  @Field(() => String, { nullable: true, description: 'Where its public keys are. Null: they are here.' })
  keysUrl!: string | null
}

/** A client that may be given tokens now, and its keys. Null when there is none by this id, or it was revoked. */
export async function partnerClientKeys({ em }: Context, clientId: string): Promise<PartnerClientKeys | null> {
  const client = await em.findOne(PartnerClient, { id: clientId, revokedAt: null })
  if (!client) return null
  const { id, organisationCode, name, scopes, keys, keysUrl = null } = client
  return { id, organisationCode, name, scopes, keys: keysUrl === null ? JSON.stringify({ keys }) : null, keysUrl }
}

@Resolver()
export class PartnerClientKeysOf {
  @Auth(gateway)
  @Directive('@inaccessible')
  @Query(() => PartnerClientKeys, {
    nullable: true,
    description: 'The partner system with this client id and its keys. Null when there is none, or it was revoked.',
  })
  partnerClientKeys(
    @Arg('clientId', () => ID, { description: 'As in iss and sub.' }) clientId: string,
    @Ctx() context: Context,
  ) {
    return partnerClientKeys(context, clientId)
  }
}
