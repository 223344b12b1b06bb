import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { TOTP, URI } from 'otpauth'
import { createGraphClient, CreateStaffMemberDocument, type GraphClient } from '../../client/main.ts'
import type { PortalProcess } from '../portal-process.ts'
import type { Visitor } from './visitor.ts'

/** Somebody with a log in to the staff desk, and their code app. */
export interface StaffMember {
  name: string
  email: string
  password: string
  /** What the code app shows now. A code works once. */
  code: () => string
}

let count = 0

/** The graph of a portal, as the hospital's feeds ask it. */
export function graphOfFeeds({ place, graphUrl }: PortalProcess): GraphClient {
  const secrets = JSON.parse(readFileSync(join(place.folder, 'secrets.json'), 'utf8')) as {
    SYSTEM_SECRET_FEEDS: string
  }
  return createGraphClient({ url: `${graphUrl}/graphql`, bearer: `system.feeds.${secrets.SYSTEM_SECRET_FEEDS}` })
}

/** A new member of staff, of all clinics, who releases results. */
export const aClinician = (portal: PortalProcess, name?: string): Promise<StaffMember> =>
  aStaffMember(portal, name, { releasesResults: true })

/** A new member of staff, of all clinics. */
export async function aStaffMember(
  portal: PortalProcess,
  name = 'Rowan Ellis',
  { releasesResults = false } = {},
): Promise<StaffMember> {
  const email = `staff.${(count += 1)}.${process.pid}@example.com`
  const { createStaffMember: outcome } = await graphOfFeeds(portal).write(CreateStaffMemberDocument, {
    input: { email, name, releasesResults },
  })
  if (outcome.__typename !== 'StaffMemberCreated') throw new Error(outcome.message)
  const app = URI.parse(outcome.totpUri)
  if (!(app instanceof TOTP)) throw new Error('The address is not for a code app that goes by the clock')
  return { name, email, password: outcome.password, code: () => app.generate() }
}

/** Fills in the log-in page of the desk, and sends it. */
export async function typesStaffLogIn(
  visitor: Visitor,
  { email, password, code }: { email: string; password: string; code: string },
): Promise<void> {
  await visitor.sees('Log in to the staff desk')
  await visitor.types('Email address', email)
  await visitor.types('Password', password)
  await visitor.types('Security code', code)
  await visitor.presses('Log in')
}

/** Opens the desk, logs in, and sees the overview. */
export async function comesToDesk(visitor: Visitor, member: StaffMember): Promise<void> {
  await visitor.opens('/desk')
  await typesStaffLogIn(visitor, { ...member, code: member.code() })
  await visitor.sees('Overview')
}
