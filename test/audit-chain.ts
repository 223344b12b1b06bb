import type { Fault } from '../subgraphs/runtime/audit-chain.ts'
import { readAudit } from '../subgraphs/runtime/open-audit.ts'
import { verifyAudit } from '../subgraphs/runtime/verify-audit.ts'
import type { World } from './world.ts'

type Subgraph = 'patients' | 'appointments' | 'documents' | 'messages'

/** Everything that is wrong with the audit of one subgraph, as `npm run audit` finds it. */
export async function faultsOf(
  { folder, databaseUrl, secrets }: Pick<World, 'folder' | 'databaseUrl' | 'secrets'>,
  subgraph: Subgraph,
): Promise<Fault[]> {
  const key = { subgraph, key: Buffer.from(secrets.AUDIT_KEY, 'base64url') }
  const faults: Fault[] = []
  await readAudit({ name: subgraph, folder, ...(databaseUrl !== undefined && { url: databaseUrl }) }, (source) =>
    verifyAudit(source, key, (fault) => faults.push(fault)),
  )
  return faults
}
