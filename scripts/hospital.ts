/** The hospital in a box: `npm run hospital -- book --patient ...` sends HL7 to a running portal. */
import { join } from 'node:path'
import { pino } from 'pino'
import { readEnvironment as readFeedsEnvironment } from '../feeds/environment.ts'
import { type HospitalSurroundings, refusedMessages, runHospital } from '../feeds/main.ts'
import { readTrust } from '../subgraphs/runtime/trust.ts'
import { bookings } from './demonstration/bookings.ts'
import { clinics } from './demonstration/clinics.ts'
import { letters } from './demonstration/letters.ts'
import { people } from './demonstration/people.ts'
import { results } from './demonstration/results.ts'
import { type MachineSettings, readMachineSettings } from './environment.ts'
import { reachedAt } from './reached-at.ts'
import { readSecrets } from './secrets.ts'

/** The hospital whose portal runs on this machine, with these settings. */
function hospitalOn(machine: MachineSettings): HospitalSurroundings {
  const shelf = () => {
    const { SYSTEM_SECRET_FEEDS } = readSecrets(machine.dataDir, process.env, machine.production)
    const graph = {
      GRAPH_URL: `http://${reachedAt(machine.host)}:${machine.ports.graph}/graphql`,
      ...process.env,
      SYSTEM_SECRET_FEEDS,
    }
    return refusedMessages({ ...readFeedsEnvironment(graph), log: pino({ level: 'silent' }) })
  }
  return {
    bookFile: join(machine.dataDir, 'hospital-in-a-box.json'),
    opening: opening(machine.production),
    portal: { host: process.env['HL7_HOST'] ?? '127.0.0.1', port: machine.ports.hl7 },
    facility: readTrust(machine.trustProfile).odsCode,
    now: () => new Date(),
    print: (text) => void process.stdout.write(text),
    complain: (text) => void process.stderr.write(text),
    listeningPort: machine.ports.listen,
    untilStopped: () =>
      new Promise((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
      }),
    refused: { list: () => shelf().list(), replay: (message) => shelf().replay(message) },
  }
}

/** The people and clinics of the demonstration; in production the hospital knows nobody. */
function opening(production: boolean): HospitalSurroundings['opening'] {
  if (production) return { people: [], clinics: [], appointments: [] }
  const minutesOf = new Map(clinics.map(({ code, minutes }) => [code, minutes]))
  const appointments = bookings.map(({ id, hospitalNumber, clinic, cancelledBecause }) => ({
    id,
    hospitalNumber,
    clinicCode: clinic,
    minutes: minutesOf.get(clinic) ?? 30,
    cancelled: cancelledBecause !== undefined,
  }))
  const documents = [
    ...letters.map(({ id, hospitalNumber }) => ({ id, hospitalNumber })),
    ...results.map(({ order, hospitalNumber, test }) => ({ id: order, hospitalNumber, test })),
  ]
  return { people, clinics, appointments, documents }
}

try {
  process.exitCode = await runHospital(process.argv.slice(2), hospitalOn(readMachineSettings(process.env)))
} catch (error) {
  process.exitCode = 1
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
}
