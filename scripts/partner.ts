/** The systems of partner organisations: `npm run partner -- register ...` on the machine of a running portal. */
import { createGraphClient } from '../client/main.ts'
import { readMachineSettings } from './environment.ts'
import { runPartner } from './partner/run.ts'
import { reachedAt } from './reached-at.ts'
import { readSecrets } from './secrets.ts'

try {
  const { host, ports, dataDir, production } = readMachineSettings(process.env)
  const { SYSTEM_SECRET_FEEDS } = readSecrets(dataDir, process.env, production)
  const url = process.env['GRAPH_URL'] ?? `http://${reachedAt(host)}:${ports.graph}/graphql`
  // Files are named from where the command was typed; npm runs it in the folder of the project.
  process.chdir(process.env['INIT_CWD'] ?? '.')
  process.exitCode = await runPartner(process.argv.slice(2), {
    graph: createGraphClient({ url, bearer: `system.feeds.${SYSTEM_SECRET_FEEDS}`, retry: { attempts: 1 } }),
    publicUrl: process.env['GRAPH_PUBLIC_URL'] || `http://localhost:${ports.graph}`,
    now: () => new Date(),
    print: (text) => void process.stdout.write(text),
    complain: (text) => void process.stderr.write(text),
  })
} catch (error) {
  process.exitCode = 1
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
}
