import { Arg, Ctx, Query, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { addGrant } from '../runtime/grant.ts'
import { londonDate } from '../runtime/london.ts'
import { badInput } from '../runtime/problem.ts'
import { LocalDate } from '../runtime/scalars.ts'
import { Role } from '../runtime/viewer.ts'
import { isPossibleBirthDate } from './contact.ts'
import { parseNhsNumber } from './nhs-number.ts'
import { Patient } from './patient.entity.ts'
import { PatientType } from './patient.type.ts'
import { sharedWith } from './sharing/shared-with.ts'

/**
 * The person a partner asks for, if something is shared with it. No row of theirs is loaded before that is known, and
 * whoever cannot be shown costs the same two questions, whatever the reason.
 */
export async function patientByNhsNumber(context: Context, written: string, bornOn: string): Promise<Patient | null> {
  const { em, viewer, clock, audit } = context
  if (asked.has(context)) throw badInput('patientByNhsNumber: ask for one person in a request.')
  asked.add(context)
  const nhsNumber = parseNhsNumber(written)
  if (!nhsNumber)
    throw badInput(
      'nhsNumber: this is not an NHS number. Write its 10 digits, with or without spaces, and look for a slip.',
    )
  if (!isPossibleBirthDate(bornOn, clock.now()))
    throw badInput('bornOn: a date of birth is not in the future, and not more than 130 years ago.')
  const patientIds = await recordsOf(context, nhsNumber, bornOn)
  const categories = await sharedWith(context, viewer.organisation?.code ?? '', patientIds)
  const [id] = patientIds
  if (id === undefined || !categories.length) return null
  addGrant(viewer, { patientIds, categories })
  const patient = await em.findOne(Patient, { id })
  if (!patient?.mayUsePortal(context)) return null
  // Also when nothing is asked of them: that they share something here is seen.
  audit.note(id, 'Patient')
  return patient
}

/** One person in a request: or a partner could try out so many dates of birth at once as fit into an operation. */
const asked = new WeakSet<Context>()

/**
 * The ids of a person who could use the portal, the surviving record's first; none of anybody else. In one statement, so that
 * two records of one person take no longer than one, and in plain SQL, which loads nobody.
 */
async function recordsOf({ em, clock, trust }: Context, nhsNumber: string, bornOn: string): Promise<string[]> {
  const facts = [nhsNumber, bornOn, latestBirthDate(londonDate(clock.now()), trust.minimumAge)]
  const rows = await em.execute<{ id: string }[]>(findRecords, facts)
  return rows.map(({ id }) => id)
}

const findRecords = `
  with recursive "record" ("id", "step") as (
    select "id", 0 from "patient"
    where "nhs_number" = ? and "born_on" = ? and "born_on" <= ? and "merged_into_id" is null
      and "deceased_at" is null and not "former_deceased" and not "sensitive" and not "former_sensitive"
    union all
    select "patient"."id", "record"."step" + 1 from "patient" join "record" on "patient"."merged_into_id" = "record"."id"
    where "record"."step" < 50
  )
  select "id" from "record" order by "step", "id"`

/** Whoever was born on this date is so old today; on a 29 February, on the 1 March of other years. */
const latestBirthDate = (today: string, years: number) =>
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
    @Ctx() context: Context,
  ) {
    return patientByNhsNumber(context, nhsNumber, bornOn)
  }
}
