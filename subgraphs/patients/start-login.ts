import { randomInt, randomUUID } from 'node:crypto'
import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import { outcomes } from '../runtime/outcome.ts'
import { LocalDate } from '../runtime/scalars.ts'
import { serialise } from '../runtime/serialise.ts'
import { Role } from '../runtime/viewer.ts'
import { ContactChannel, isPossibleBirthDate, parseContact } from './contact.ts'
import { patientEvents } from './events.ts'
import type { PatientsContext } from './keys.ts'
import { codeSeconds, LoginChallenge } from './login-challenge.entity.ts'
import { countSend, countStart, sendsPausedUntil, triesPausedUntil } from './login-limits.ts'
import { ContactNotUsable, LoginCodeSent, LoginPaused } from './login-outcomes.ts'
import { Patient } from './patient.entity.ts'

@InputType({ description: 'Who wants to log in: a contact on the health record, and a date of birth.' })
export class StartLoginInput {
  @Field(() => ContactChannel, { description: 'Whether the contact is a mobile number or an e-mail address.' })
  channel!: ContactChannel

  @Field(() => String, { description: 'A UK mobile number as people write it, or an e-mail address.' })
  contact!: string

  @Field(() => LocalDate, { description: 'Date of birth.' })
  bornOn!: string

  @Field(() => String, {
    nullable: true,
    description: 'What kind of device this is, in words, for the list of log ins.',
  })
  device?: string | null
}

export const StartLoginResult = outcomes('StartLoginResult', 'What came of asking for a code.', [
  LoginCodeSent,
  LoginPaused,
  ContactNotUsable,
])

/** What a code is sent for: the same, whether or not anybody fits it. */
export interface LoginWish {
  channel: ContactChannel
  contact: string
  bornOn: string
  device: string
}

/** Sends a code when there is a record with this contact and date of birth; looks and costs the same when there is none. */
export async function startLogin(context: PatientsContext, input: StartLoginInput): Promise<typeof StartLoginResult> {
  const { channel, bornOn, device } = input
  const contact = parseContact(channel, input.contact)
  if (!contact) return new ContactNotUsable('contact', unusable[channel])
  if (!isPossibleBirthDate(bornOn, context.clock.now()))
    return new ContactNotUsable('bornOn', 'Enter your date of birth. It must be in the past.')
  return sendCode(context, { channel, contact, bornOn, device: device?.slice(0, 80) ?? 'Unknown device' })
}

const unusable = {
  [ContactChannel.TEXT]: 'Enter a UK mobile number, like 07700 900 123.',
  [ContactChannel.EMAIL]: 'Enter an email address in the correct format, like name@example.com.',
}

/** Limits first, then the newest code takes the place of all before it. One transaction. */
export async function sendCode(context: PatientsContext, wish: LoginWish): Promise<LoginCodeSent | LoginPaused> {
  const { keys } = context
  const pairKey = keys.fingerprint('pair', wish.contact, wish.bornOn)
  return context.em.transactional(async (em) => {
    const inTransaction = { ...context, em }
    await countStart(inTransaction)
    await serialise(em, pairKey)
    const until = (await triesPausedUntil(inTransaction, pairKey)) ?? (await sendsPausedUntil(inTransaction, pairKey))
    if (until) return new LoginPaused(until)
    countSend(inTransaction, pairKey)
    const now = context.clock.now()
    const live = { pairKey, closedAt: null }
    await em.nativeUpdate(LoginChallenge, live, { closedAt: now, codeSealed: null }, { filters: false })
    const challenge = await challengeFor(inTransaction, wish, pairKey)
    patientEvents.record(inTransaction, 'login-code.requested', { challengeId: challenge.id })
    return new LoginCodeSent(challenge)
  })
}

async function challengeFor(context: PatientsContext, wish: LoginWish, pairKey: string) {
  const { em, clock, keys } = context
  const { channel, contact, bornOn, device } = wish
  const id = randomUUID()
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const startedAt = clock.now()
  return em.create(LoginChallenge, {
    id,
    channel,
    pairKey,
    contactSealed: keys.seal(contact),
    bornOn: keys.seal(bornOn),
    device,
    patientIds: await whoFits(context, wish),
    codeHash: keys.codeHash(id, code),
    codeSealed: keys.seal(code),
    startedAt,
    expiresAt: new Date(startedAt.getTime() + codeSeconds * 1000),
  })
}

/** Everybody who may log in with this contact and date of birth. Nobody is logged in yet: the pair itself is the filter. */
async function whoFits(context: PatientsContext, { channel, contact, bornOn }: LoginWish): Promise<string[]> {
  const where = channel === ContactChannel.TEXT ? { mobile: contact, bornOn } : { email: contact, bornOn }
  // As little as can be is read of whoever is found: to find somebody must not take longer than to find nobody.
  const people = await context.em.find(Patient, where, {
    fields: ['id', 'bornOn', 'deceasedAt', 'sensitive', 'mergedIntoId', 'formerDeceased', 'formerSensitive'],
    disableIdentityMap: true,
    filters: false,
    limit: 10,
  })
  return people.filter((it) => it.mayUsePortal(context)).map((it) => it.id)
}

@Resolver()
export class StartLogin {
  @Auth({ roles: [Role.ANONYMOUS] })
  @Mutation(() => StartLoginResult, {
    description:
      'Asks for a 6-digit code, by text or e-mail, to log in with. Answers the same whether or not a record exists.',
  })
  startLogin(@Arg('input', () => StartLoginInput) input: StartLoginInput, @Ctx() context: PatientsContext) {
    return startLogin(context, input)
  }
}
