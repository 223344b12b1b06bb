import { Arg, Ctx, Query, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { addGrant } from '../runtime/grant.ts'
import { londonDate } from '../runtime/london.ts'
import { badInput } from '../runtime/problem.ts'
import { LocalDate } from '../runtime/scalars.ts'
import { Role } from '../runtime/viewer.ts'
import { isPossibleBirthDate } from './contact.ts'
import type { PatientsContext } from './keys.ts'
import { parseNhsNumber } from './nhs-number.ts'
import { searchWithinLimits } from './partners/search-limits.ts'
import { Patient } from './patient.entity.ts'
import { PatientType } from './patient.type.ts'
import { type Asked, idsOf, sharedBy } from './sharing/shared-by.ts'

/**
 * The person a partner asks for, if something is shared with it. No row of theirs is loaded before that is known, and
 * whoever is not shown costs the same question of the database, whatever the reason.
 */
export async function patientByNhsNumber(
  context: PatientsContext,
  written: string,
  bornOn: string,
): Promise<Patient | null> {
  const { viewer, clock, trust } = context
  if (askedBefore.has(context)) throw badInput('patientByNhsNumber: ask for one person in a request.')
  askedBefore.add(context)
  const nhsNumber = parseNhsNumber(written)
  if (!nhsNumber)
    throw badInput(
      'nhsNumber: this is not an NHS number. Write its 10 digits, with or without spaces, and look for a slip.',
    )
  if (!isPossibleBirthDate(bornOn, clock.now()))
    throw badInput('bornOn: a date of birth is not in the future, and not more than 130 years ago.')
  const asked = {
    nhsNumber,
    bornOn,
    latestBirthDate: latestBirthDateFor(londonDate(clock.now()), trust.minimumAge),
    organisationCode: viewer.organisation?.code ?? '',
  }
  return searchWithinLimits(context, asked, () => personWhoShares(context, asked))
}

async function personWhoShares(context: Context, asked: Asked): Promise<Patient | null> {
  const { em, viewer, audit } = context
  const categories = await sharedBy(context, asked)
  if (!categories.length) return null
  const patientIds = await idsOf(context, asked)
  addGrant(viewer, { patientIds, categories })
  const [id = ''] = patientIds
  const patient = await em.findOne(Patient, { id })
  if (!patient?.mayUsePortal(context)) return null
  // Also when nothing is asked of them: that they share something here is seen.
  audit.note(id, 'Patient')
  return patient
}

/** One person in a request: or a partner could try out so many dates of birth at once as fit into an operation. */
const askedBefore = new WeakSet<Context>()

/** Whoever was born on this date is so old today; on a 29 February, on the 1 March of other years. */
const latestBirthDateFor = (today: string, years: number) =>
  `${String(Number(today.slice(0, 4)) - years).padStart(4, '0')}${today.slice(4)}`

@Resolver()
export class PatientByNhsNumber {
  @Auth({ roles: [Role.PARTNER], scopes: ['patients.read'] })
  @Query(() => PatientType, {
    nullable: true,
    description:
      'The one way of a partner to a record: the person with this NHS number and date of birth who shares something with the organisation that asks. Null in every other case, whatever the reason: a wrong number or date, nothing shared, under age, kept out of the portal, deceased.',
  })
  patientByNhsNumber(
    @Arg('nhsNumber', () => String, { description: 'Ten digits, with or without spaces.' }) nhsNumber: string,
    @Arg('bornOn', () => LocalDate, { description: 'Their date of birth.' }) bornOn: string,
    @Ctx() context: PatientsContext,
  ) {
    return patientByNhsNumber(context, nhsNumber, bornOn)
  }
}
