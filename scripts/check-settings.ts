import { readEnvironment as readFeedsEnvironment } from '../feeds/environment.ts'
import { readEnvironment as readGatewayEnvironment } from '../gateway/environment.ts'
import { readDocumentsSettings } from '../subgraphs/documents/main.ts'
import { readMessagesSettings } from '../subgraphs/messages/main.ts'
import { readTrust } from '../subgraphs/runtime/trust.ts'
import { readEnvironment as readSiteEnvironment } from '../web/main.ts'
import type { MachineSettings } from './environment.ts'
import { partsEnvironment, type Places } from './parts-environment.ts'
import { anySecrets, readSecrets } from './secrets.ts'

/** Reads the settings of every part before any is started, and throws with the faults of all of them at once. */
export function checkSettings(machine: MachineSettings, places: Places, environment: NodeJS.ProcessEnv): void {
  const faults = new Set<string>()
  const collect = (read: () => unknown) => {
    try {
      read()
    } catch (error) {
      for (const line of (error instanceof Error ? error.message : String(error)).split('\n')) faults.add(line)
    }
  }
  // The secrets are judged by themselves; each part is then given some that are well formed.
  collect(() => readSecrets(machine.dataDir, environment, machine.production))
  const parts = partsEnvironment(machine, anySecrets, places)
  collect(() => readTrust(machine.trustProfile))
  collect(() => readGatewayEnvironment({ ...environment, ...parts.gateway }))
  collect(() => readFeedsEnvironment({ ...environment, ...parts.feeds }))
  collect(() => readDocumentsSettings({ ...environment, ...parts.documents }))
  collect(() => readMessagesSettings({ ...environment, ...parts.messages }))
  collect(() => readSiteEnvironment({ ...environment, ...parts.web }))
  if (faults.size) throw new Error([...faults].join('\n'))
}
