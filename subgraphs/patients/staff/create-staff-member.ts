import { randomUUID } from 'node:crypto'
import { UniqueConstraintViolationException } from '@mikro-orm/core'
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import { outcomes } from '../../runtime/outcome.ts'
import { badInput, Problem } from '../../runtime/problem.ts'
import { Role } from '../../runtime/viewer.ts'
import { parseEmail } from '../contact.ts'
import type { PatientsContext } from '../keys.ts'
import { StaffMember } from './staff-member.entity.ts'
import { makePassword } from './staff-password.ts'
import { newSecrets, StaffMemberCreated } from './staff-secrets.ts'

@InputType({ description: 'Who is to have a log in to the staff desk.' })
export class CreateStaffMemberInput {
  @Field(() => String, { description: 'The e-mail address to log in with.' })
  email!: string

  @Field(() => String, { description: 'The name, as colleagues see it: 1 to 100 characters.' })
  name!: string

  @Field(() => [ID], {
    nullable: true,
    description: 'The codes of the clinics they work for. Left out: the clinics of the whole hospital.',
  })
  clinicCodes?: string[] | null

  @Field(() => Boolean, {
    nullable: true,
    description: 'True for clinicians: they release test results, hold them and take them back. Left out: they do not.',
  })
  releasesResults?: boolean | null

  @Field(() => String, {
    nullable: true,
    description: 'A password of at least 12 characters. Left out, one is made: better.',
  })
  password?: string | null
}

@ObjectType({ implements: Problem, description: 'Somebody has a log in with this e-mail address already.' })
export class StaffMemberExists extends Problem {
  override message =
    'Somebody has a log in with this e-mail address. To give them a new password and code app, reset it instead.'
}

const CreateStaffMemberResult = outcomes('CreateStaffMemberResult', 'What came of creating a log in for staff.', [
  StaffMemberCreated,
  StaffMemberExists,
])

/** Creates a log in. Its secrets are in the answer and nowhere else. */
export async function createStaffMember(
  context: PatientsContext,
  input: CreateStaffMemberInput,
): Promise<typeof CreateStaffMemberResult> {
  const { em, clock } = context
  const facts = { email: emailOf(input), name: nameOf(input), clinicCodes: clinicCodesOf(input) }
  const releasesResults = input.releasesResults ?? false
  const secrets = await newSecrets(context, facts.email, passwordOf(input))
  const kept = { ...facts, releasesResults, ...secrets.kept }
  const staffMember = em.create(StaffMember, { id: randomUUID(), ...kept, createdAt: clock.now() })
  try {
    await em.flush()
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException) return new StaffMemberExists()
    throw error
  }
  return new StaffMemberCreated(staffMember, secrets)
}

function emailOf({ email }: CreateStaffMemberInput): string {
  const parsed = parseEmail(email)
  if (!parsed) throw badInput('email: write an e-mail address, like name@example.com.')
  return parsed
}

function nameOf({ name }: CreateStaffMemberInput): string {
  const trimmed = name.trim()
  if (!trimmed || trimmed.length > 100) throw badInput('name: write the name, 100 characters at most.')
  return trimmed
}

function clinicCodesOf({ clinicCodes }: CreateStaffMemberInput): string[] | null {
  if (!clinicCodes) return null
  const codes = [...new Set(clinicCodes.map((it) => it.trim()))]
  if (!codes.length || codes.includes(''))
    throw badInput('clinicCodes: name at least one clinic, or leave it out for all of them.')
  return codes
}

function passwordOf({ password }: CreateStaffMemberInput): string {
  if (password === undefined || password === null) return makePassword()
  if ([...password].length < 12 || password.length > 200)
    throw badInput('password: use 12 to 200 characters, or leave it out to have one made.')
  return password
}

@Resolver()
export class CreateStaffMember {
  // Not kept for repeats, as every other mutation is: the answer is a secret. A second try says that there is somebody.
  @Auth({ roles: [Role.SYSTEM] })
  @Mutation(() => CreateStaffMemberResult, {
    description: 'Creates a log in to the staff desk. Its password and code app are in this answer alone.',
  })
  createStaffMember(
    @Arg('input', () => CreateStaffMemberInput) input: CreateStaffMemberInput,
    @Ctx() context: PatientsContext,
  ) {
    return createStaffMember(context, input)
  }
}
