import { LockMode } from '@mikro-orm/core'
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import { idempotent } from '../../runtime/idempotency.ts'
import { outcomes } from '../../runtime/outcome.ts'
import { badInput, Problem } from '../../runtime/problem.ts'
import { Role } from '../../runtime/viewer.ts'
import type { PatientsContext } from '../keys.ts'
import { changeKeys, whyNotChangeKeys } from './change-keys.ts'
import { readOperationHashes, readScopes } from './client-facts.ts'
import { readKeysUrl } from './keys-url.ts'
import { PartnerClient } from './partner-client.entity.ts'
import { PartnerClientType } from './partner-client.type.ts'
import { readPublicKeys } from './public-keys.ts'

@InputType({ description: "What is to change about a partner's system. What is left out stays as it is." })
export class ChangePartnerClientInput {
  @Field(() => ID, { description: 'A key of your own for this request: repeats with it do nothing more.' })
  idempotencyKey!: string

  @Field(() => ID, { description: 'The client id.' })
  id!: string

  @Field(() => String, {
    nullable: true,
    description: 'Public keys to add, as a JWK Set. The old ones stay valid until they are removed.',
  })
  addKeys?: string | null

  @Field(() => [String], {
    nullable: true,
    description:
      'The kids of keys to remove: assertions signed with them are refused from the next one on, and their tokens end.',
  })
  removeKeyIds?: string[] | null

  @Field(() => String, {
    nullable: true,
    description: 'Where its public keys are from now on, instead of those that were sent. Their tokens end.',
  })
  keysUrl?: string | null

  @Field(() => [String], { nullable: true, description: 'What it may ask for: the whole new list.' })
  scopes?: string[] | null

  @Field(() => [ID], {
    nullable: true,
    description:
      'SHA-256 (hex) of the operations it may send, each as graphql-js prints it: the whole new list. Empty: any again.',
  })
  operationHashes?: string[] | null
}

@ObjectType({ description: 'The client is changed, from the next request on.' })
export class PartnerClientChanged {
  @Auth({ roles: [Role.SYSTEM] })
  @Field(() => PartnerClientType, { description: 'The client as it is now.' })
  client: PartnerClient

  constructor(client: PartnerClient) {
    this.client = client
  }
}

@ObjectType({ implements: Problem, description: 'Why a client was not changed. Everything is as it was.' })
export class PartnerClientNotChanged extends Problem {
  constructor(message: string) {
    super()
    this.message = message
  }
}

const ChangePartnerClientResult = outcomes('ChangePartnerClientResult', "What came of changing a partner's system.", [
  PartnerClientChanged,
  PartnerClientNotChanged,
])

/** Changes a client, all of it or nothing. */
export async function changePartnerClient(
  context: PatientsContext,
  input: ChangePartnerClientInput,
): Promise<typeof ChangePartnerClientResult> {
  const change = changeOf(context, input)
  const client = await context.em.findOne(PartnerClient, { id: input.id }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (!client) return new PartnerClientNotChanged('There is no client with this id. Look at the list of clients.')
  if (client.revokedAt) return new PartnerClientNotChanged('This client was revoked, for good. Register a new one.')
  const refusal = whyNotChangeKeys(client, change)
  if (refusal) return new PartnerClientNotChanged(refusal)
  await changeKeys(context, client, change)
  if (change.scopes) client.scopes = change.scopes
  if (change.operationHashes !== undefined) client.operationHashes = change.operationHashes
  return new PartnerClientChanged(client)
}

function changeOf(context: PatientsContext, input: ChangePartnerClientInput) {
  const { addKeys, removeKeyIds, keysUrl, scopes, operationHashes } = input
  const givesKeys = addKeys != null || removeKeyIds?.length
  if (keysUrl != null && givesKeys)
    throw badInput('keysUrl: it takes the place of all keys that were sent. Add or remove keys, or send their address.')
  if (!givesKeys && keysUrl == null && scopes == null && operationHashes == null)
    throw badInput('Say what is to change: addKeys, removeKeyIds, keysUrl, scopes or operationHashes.')
  return {
    added: addKeys == null ? [] : readPublicKeys('addKeys', addKeys),
    removed: new Set(removeKeyIds),
    keysUrl: keysUrl == null ? undefined : readKeysUrl(context, keysUrl),
    scopes: scopes == null ? undefined : readScopes(scopes),
    operationHashes: operationHashes == null ? undefined : readOperationHashes(operationHashes),
  }
}

@Resolver()
export class ChangePartnerClient {
  @Auth({ roles: [Role.SYSTEM] })
  @Mutation(() => ChangePartnerClientResult, {
    description: "Changes the keys of a partner's system, what it may ask for, or which operations it may send.",
  })
  changePartnerClient(
    @Arg('input', () => ChangePartnerClientInput) input: ChangePartnerClientInput,
    @Ctx() context: PatientsContext,
  ) {
    return idempotent(context, input, changePartnerClient)
  }
}
