import { renderUnicodeCompact } from 'uqr'
import {
  CreateStaffMemberDocument,
  DisableStaffMemberDocument,
  type GraphClient,
  ResetStaffMemberDocument,
  StaffMembersDocument,
} from '../../client/main.ts'
import { NotUnderstoodOrder, type Order, readOrder, usage } from './order.ts'

/** Where the command is run. */
export interface StaffSurroundings {
  readonly graph: GraphClient
  readonly print: (text: string) => void
  /** Where complaints go. */
  readonly complain: (text: string) => void
}

/** Runs one command on the log ins of staff, as it was typed. Answers the exit code. */
export async function runStaff(args: string[], { graph, print, complain }: StaffSurroundings): Promise<number> {
  try {
    print(await carryOut(readOrder(args), graph))
    return 0
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    complain(error instanceof NotUnderstoodOrder ? `${words}\n\n${usage}` : `${words}\n`)
    return 1
  }
}

/** Nothing was done, in words that say what to do. */
class NotDone extends Error {}

async function carryOut(order: Order, graph: GraphClient): Promise<string> {
  switch (order.act) {
    case 'help':
      return usage
    case 'list':
      return list((await graph.read(StaffMembersDocument, {})).staffMembers)
    case 'create': {
      const { email, name, clinicCodes, releasesResults = false } = order
      const input = { email, name, releasesResults, ...(clinicCodes && { clinicCodes }) }
      const { createStaffMember: outcome } = await graph.write(CreateStaffMemberDocument, { input })
      if (outcome.__typename === 'StaffMemberExists') throw new NotDone(outcome.message)
      return secrets(outcome)
    }
    case 'reset': {
      const { email, releasesResults } = order
      const input = { email, ...(releasesResults !== undefined && { releasesResults }) }
      const { resetStaffMember: outcome } = await graph.write(ResetStaffMemberDocument, { input })
      if (outcome.__typename === 'StaffMemberNotFound') throw new NotDone(outcome.message)
      return secrets(outcome)
    }
    case 'disable': {
      const input = { email: order.email }
      const { disableStaffMember: outcome } = await graph.write(DisableStaffMemberDocument, { input })
      if (outcome.__typename === 'StaffMemberNotFound') throw new NotDone(outcome.message)
      return `${outcome.staffMember.name} (${outcome.staffMember.email}) can no longer log in.\n`
    }
    default:
      return order satisfies never
  }
}

interface Shown {
  readonly email: string
  readonly name: string
  readonly clinicCodes: string[] | null
  readonly releasesResults: boolean
}

const clinicsOf = ({ clinicCodes }: Shown) => clinicCodes?.join(', ') ?? 'all clinics'
const releases = ({ releasesResults }: Shown, words: string) => (releasesResults ? words : '')

function list(members: (Shown & { lastLoggedInAt: string | null; disabledAt: string | null })[]): string {
  if (!members.length)
    return 'Nobody has a log in yet. Make one: npm run staff -- create <e-mail> --name "Rowan Ellis"\n'
  const last = ({ lastLoggedInAt, disabledAt }: (typeof members)[number]) =>
    disabledAt ? `disabled since ${day(disabledAt)}` : lastLoggedInAt ? `last seen ${day(lastLoggedInAt)}` : 'never yet'
  return members
    .map((it) => `${it.email}  ${it.name}  ${clinicsOf(it)}${releases(it, '  releases results')}  ${last(it)}\n`)
    .join('')
}

const day = (instant: string) => instant.slice(0, 10)

interface Secrets {
  readonly staffMember: Shown
  readonly password: string
  readonly totpUri: string
  readonly totpSecret: string
}

/** Shown once: afterwards nobody can read them again. */
const secrets = ({ staffMember, password, totpUri, totpSecret }: Secrets) => `
${staffMember.name} can log in to the staff desk, for ${clinicsOf(staffMember)}${releases(staffMember, ', and releases test results')}.

  E-mail     ${staffMember.email}
  Password   ${password}

The code app scans this:

${renderUnicodeCompact(totpUri, { border: 2 })}

or is given the address ${totpUri}
or the secret           ${totpSecret}

This is shown once. Whoever loses it is given new ones: npm run staff -- reset ${staffMember.email}
`
