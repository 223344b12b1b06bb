import type { Demonstration } from '../../gateway/main.ts'
import { readTrust } from '../../subgraphs/runtime/trust.ts'
import type { MachineSettings } from '../environment.ts'
import { askingAs, feeds } from './asking-as.ts'
import { type Desk, openDesk } from './desk.ts'
import type { Inbox } from './inbox-server.ts'
import { patients } from './log-ins.ts'
import { demonstratePartnerClient, partner } from './partner-client/demonstrate.ts'
import { keyFileIn } from './partner-client/kept-client.ts'
import { partnerCode } from './partner-hospital.ts'
import { staff } from './staff-log-in.ts'

export interface DemonstrationPlace {
  readonly machine: MachineSettings
  readonly graphUrl: string
  readonly systemSecret: string
  readonly inbox: Inbox
}

/** What somebody needs to know to try it. */
export interface Demonstrated {
  readonly desk: Desk
  /** The Royal Free's client of the graph; none where the portal is the Royal Free's own. */
  readonly client?: { readonly id: string; readonly keyId: string; readonly keyFile: string } | undefined
}

/** The Royal Free is a partner of every trust but itself. */
const royalFreeAsks = ({ trustProfile }: MachineSettings) => readTrust(trustProfile).odsCode !== partnerCode

/** Whom the sandbox can ask as. */
export const peopleOf = ({ machine, graphUrl, systemSecret, inbox }: DemonstrationPlace): Demonstration =>
  askingAs([
    patients(graphUrl, inbox),
    staff(graphUrl, machine.dataDir),
    ...(royalFreeAsks(machine) ? [partner(graphUrl, machine.dataDir)] : []),
    feeds(systemSecret),
  ])

/** Fills the portal with people and what they have here, opens the staff desk, and lets the Royal Free ask. */
export async function demonstrate(
  { machine, graphUrl, systemSecret }: DemonstrationPlace,
  { token: tokenOf }: Demonstration,
): Promise<Demonstrated> {
  const hl7 = { host: '127.0.0.1', port: machine.ports.hl7 }
  const facility = readTrust(machine.trustProfile).odsCode
  const folder = machine.dataDir
  // Only now: a portal without a demonstration never loads what writes its letters.
  const { loadDemonstration } = await import('./load.ts')
  await loadDemonstration({ graphUrl, systemSecret, hl7, facility, tokenOf })
  const desk = await openDesk({ graphUrl, systemSecret, folder })
  if (!royalFreeAsks(machine)) return { desk }
  const { clientId: id, keyId } = await demonstratePartnerClient({ graphUrl, systemSecret, folder, tokenOf })
  return { desk, client: { id, keyId, keyFile: keyFileIn(folder) } }
}
