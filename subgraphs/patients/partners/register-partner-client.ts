import { randomUUID } from 'node:crypto'
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import { idempotent } from '../../runtime/idempotency.ts'
import { outcomes } from '../../runtime/outcome.ts'
import { badInput, Problem } from '../../runtime/problem.ts'
import { serialise } from '../../runtime/serialise.ts'
import { Role } from '../../runtime/viewer.ts'
import type { PatientsContext } from '../keys.ts'
import { readName, readOperationHashes, readOrganisationCode, readScopes } from './client-facts.ts'
import { readKeysUrl } from './keys-url.ts'
import { PartnerClient } from './partner-client.entity.ts'
import { PartnerClientType } from './partner-client.type.ts'
import { readPublicKeys } from './public-keys.ts'

@InputType({ description: 'A system of a partner organisation that is to ask for records.' })
export class RegisterPartnerClientInput {
  @Field(() => ID, { description: 'A key of your own for this request: repeats with it do nothing more.' })
  idempotencyKey!: string

  @Field(() => ID, { description: 'The ODS code of the organisation: RAL.' })
  organisationCode!: string

  @Field(() => String, { description: 'Its name, as patients are to read it: 1 to 200 characters.' })
  organisationName!: string

  @Field(() => String, { description: 'Its own name for the system: 1 to 100 characters.' })
  name!: string

  @Field(() => [String], {
    description: 'What it may ask for: patients.read, appointments.read, documents.read, results.read.',
  })
  scopes!: string[]

  @Field(() => String, {
    nullable: true,
    description: 'Its public keys as a JWK Set (JSON text): 1 to 5 keys, each with a kid. Or keysUrl.',
  })
  keys?: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Where its public keys are: https, on a host of PARTNER_KEY_HOSTS.',
  })
  keysUrl?: string | null

  @Field(() => [ID], {
    nullable: true,
    description: 'SHA-256 (hex) of the operations it may send, each as graphql-js prints it. Left out: any.',
  })
  operationHashes?: string[] | null
}

@ObjectType({ description: 'The system may ask for tokens from now on.' })
export class PartnerClientRegistered {
  @Auth({ roles: [Role.SYSTEM] })
  @Field(() => PartnerClientType, { description: 'The client.' })
  client: PartnerClient

  constructor(client: PartnerClient) {
    this.client = client
  }
}

@ObjectType({ implements: Problem, description: 'Why a client was not registered. Nothing was kept.' })
export class PartnerClientNotRegistered extends Problem {
  constructor(message: string) {
    super()
    this.message = message
  }
}

const RegisterPartnerClientResult = outcomes(
  'RegisterPartnerClientResult',
  "What came of registering a partner's system.",
  [PartnerClientRegistered, PartnerClientNotRegistered],
)

/** Registers a client. Its id is made here; what proves who it is are its keys. */
export async function registerPartnerClient(
  context: PatientsContext,
  input: RegisterPartnerClientInput,
): Promise<typeof RegisterPartnerClientResult> {
  const facts = factsOf(context, input)
  const refusal = await whyNot(context, facts)
  if (refusal) return new PartnerClientNotRegistered(refusal)
  return new PartnerClientRegistered(context.em.create(PartnerClient, facts))
}

function factsOf(context: PatientsContext, input: RegisterPartnerClientInput) {
  const { keys, keysUrl } = input
  if ((keys == null) === (keysUrl == null))
    throw badInput('keys: send the public keys, or the address where they are (keysUrl): one of the two.')
  return {
    id: randomUUID(),
    organisationCode: readOrganisationCode(input.organisationCode),
    organisationName: readName('organisationName', input.organisationName, 200),
    name: readName('name', input.name, 100),
    scopes: readScopes(input.scopes),
    keys: keys == null ? [] : readPublicKeys('keys', keys),
    keysUrl: keysUrl == null ? null : readKeysUrl(context, keysUrl),
    operationHashes: readOperationHashes(input.operationHashes),
    createdAt: context.clock.now(),
  }
}

async function whyNot(
  { em, trust }: PatientsContext,
  { organisationCode: code, organisationName, name }: ReturnType<typeof factsOf>,
): Promise<string | undefined> {
  if (code === trust.odsCode) return `${code} is this hospital. Register systems of other organisations.`
  await serialise(em, `partner-organisation:${code}`)
  const known = await em.find(PartnerClient, { organisationCode: code, revokedAt: null })
  const [first] = known
  // Patients choose by this name: one organisation has one.
  if (first && first.organisationName !== organisationName)
    return `${code} is known here as ${first.organisationName}. Use that name, or revoke its clients first.`
  const same = known.find((it) => it.name === name)
  return same && `${code} has a client named ${name} already: ${same.id}. Change that one, or use another name.`
}

@Resolver()
export class RegisterPartnerClient {
  @Auth({ roles: [Role.SYSTEM] })
  @Mutation(() => RegisterPartnerClientResult, {
    description: 'Lets a system of a partner organisation ask for tokens, and with them for records shared with it.',
  })
  registerPartnerClient(
    @Arg('input', () => RegisterPartnerClientInput) input: RegisterPartnerClientInput,
    @Ctx() context: PatientsContext,
  ) {
    return idempotent(context, input, registerPartnerClient)
  }
}
