/** The hospital in a box: `npm run hospital -- book --patient ...` sends HL7 to a running portal. */
import { join } from 'node:path'
import { pino } from 'pino'
import { readEnvironment as readFeedsEnvironment } from '../feeds/environment.ts'
import { HospitalBook, NotInTheBook } from '../feeds/hospital/book.ts'
import { carryOut, type Hospital } from '../feeds/hospital/hospital.ts'
import { readOrder } from '../feeds/hospital/orders.ts'
import { NotUnderstoodCommand, usage } from '../feeds/hospital/usage.ts'
import { Hl7NotAnswered, refusedMessages } from '../feeds/main.ts'
import { readTrust } from '../subgraphs/runtime/trust.ts'
import { bookings } from './demonstration/bookings.ts'
import { clinics } from './demonstration/clinics.ts'
import { people } from './demonstration/people.ts'
import { type MachineSettings, readMachineSettings } from './environment.ts'
import { readSecrets } from './secrets.ts'

async function main(): Promise<number> {
  const order = readOrder(process.argv.slice(2))
  const machine = readMachineSettings(process.env)
  return carryOut(hospitalOn(machine), order)
}

function hospitalOn(machine: MachineSettings): Hospital {
  const shelf = () => {
    const { SYSTEM_SECRET_FEEDS } = readSecrets(machine.dataDir, process.env, machine.production)
    const graph = {
      GRAPH_URL: `http://${machine.host}:${machine.ports.graph}/graphql`,
      ...process.env,
      SYSTEM_SECRET_FEEDS,
    }
    return refusedMessages({ ...readFeedsEnvironment(graph), log: pino({ level: 'silent' }) })
  }
  return {
    book: new HospitalBook(join(machine.dataDir, 'hospital-in-a-box.json'), opening(machine.production)),
    portal: { host: process.env['HL7_HOST'] ?? '127.0.0.1', port: machine.ports.hl7 },
    facility: readTrust(machine.trustProfile).odsCode,
    now: () => new Date(),
    print: (text) => void process.stdout.write(text),
    refused: { list: () => shelf().list(), replay: (message) => shelf().replay(message) },
  }
}

/** The people and clinics of the demonstration; in production the hospital knows nobody. */
function opening(production: boolean) {
  if (production) return { people: [], clinics: [], appointments: [] }
  const minutesOf = new Map(clinics.map(({ code, minutes }) => [code, minutes]))
  return {
    people,
    clinics,
    appointments: bookings.map(({ id, hospitalNumber, clinic, cancelledBecause }) => ({
      id,
      hospitalNumber,
      clinicCode: clinic,
      minutes: minutesOf.get(clinic) ?? 30,
      cancelled: cancelledBecause !== undefined,
    })),
  }
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.exitCode = 1
    process.stderr.write(`${explained(error)}\n`)
  },
)

function explained(error: unknown): string {
  if (error instanceof NotUnderstoodCommand) return `${error.message}\n\n${usage}`
  if (error instanceof NotInTheBook) return error.message
  if (error instanceof Hl7NotAnswered)
    return `No answer from the portal: ${error.message}. Is it running? Start it with: npm start`
  return error instanceof Error ? error.message : String(error)
}
