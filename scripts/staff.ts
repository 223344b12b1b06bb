/** Log ins to the staff desk: `npm run staff -- create <e-mail> --name "Rowan Ellis"` on the machine of a running portal. */
import { createGraphClient } from '../client/main.ts'
import { readMachineSettings } from './environment.ts'
import { reachedAt } from './reached-at.ts'
import { readSecrets } from './secrets.ts'
import { runStaff } from './staff/run.ts'

try {
  const { host, ports, dataDir, production } = readMachineSettings(process.env)
  const { SYSTEM_SECRET_FEEDS } = readSecrets(dataDir, process.env, production)
  const url = process.env['GRAPH_URL'] ?? `http://${reachedAt(host)}:${ports.graph}/graphql`
  process.exitCode = await runStaff(process.argv.slice(2), {
    graph: createGraphClient({ url, bearer: `system.feeds.${SYSTEM_SECRET_FEEDS}`, retry: { attempts: 1 } }),
    print: (text) => void process.stdout.write(text),
    complain: (text) => void process.stderr.write(text),
  })
} catch (error) {
  process.exitCode = 1
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
}
