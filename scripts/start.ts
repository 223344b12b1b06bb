/** Starts the portal on one machine: in one process, or with `--split` every part in its own. */
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { Demonstration } from '../gateway/main.ts'
import { readTrust } from '../subgraphs/runtime/trust.ts'
import { startHospitalListener } from './demonstration/hospital-listener.ts'
import { openPartnerHospital, partnerCode } from './demonstration/partner-hospital.ts'
import { type Inbox, startInbox } from './demonstration/inbox-server.ts'
import { demonstrate, peopleOf } from './demonstration/demonstration.ts'
import { startPeopleServer } from './demonstration/people-server.ts'
import { welcome } from './demonstration/welcome.ts'
import { checkSettings } from './check-settings.ts'
import { type MachineSettings, readMachineSettings } from './environment.ts'
import { type Running, startInOneProcess } from './one-process.ts'
import { partsEnvironment, type Places } from './parts-environment.ts'
import { reachedAt } from './reached-at.ts'
import { demonstrationNotifyKey, readSecrets } from './secrets.ts'
import { startSplit } from './split.ts'

const split = process.argv.includes('--split')
const stops: Running[] = []

async function start(): Promise<void> {
  const machine = readMachineSettings(process.env)
  const places = placesOf(machine)
  checkSettings(machine, places, process.env)
  const secrets = readSecrets(machine.dataDir, process.env, machine.production)
  await portsAreFree(machine)
  const inbox = machine.production ? undefined : await openInbox(machine)
  if (!machine.hospitalIsElsewhere) stops.push(await openHospital(machine))
  const partners = hasPartner(machine) ? await openPartner(machine) : undefined
  const place = inbox && { machine, graphUrl: places.graph, systemSecret: secrets.SYSTEM_SECRET_FEEDS, inbox }
  const demonstration = place && peopleOf(place)
  const people = split && demonstration ? await openPeople(demonstration) : undefined
  const parts = partsEnvironment(machine, secrets, { ...places, partners, people })
  const portal = split
    ? await startSplit(parts, places, `http://${reachedAt(machine.host)}:${machine.ports.web}`)
    : await startInOneProcess(machine, secrets, parts, demonstration)
  stops.push(portal)
  portal.failed?.catch(giveUp)
  const shown = place && demonstration && (await demonstrate(place, demonstration))
  await partnerIsReady
  process.stdout.write(welcome(machine, { ...shown, hasPartner: partners !== undefined }))
}

async function openInbox({ ports, host, dataDir }: MachineSettings): Promise<Inbox> {
  const inbox = await startInbox({ port: ports.inbox, host, folder: dataDir, apiKey: demonstrationNotifyKey })
  stops.push(inbox)
  return inbox
}

/** A gateway in a process of its own borrows the people from this one, which has the inbox. */
async function openPeople(demonstration: Demonstration): Promise<{ url: string; key: string }> {
  const key = randomBytes(32).toString('base64url')
  const server = await startPeopleServer(demonstration, key)
  stops.push(server)
  return { url: server.url, key }
}

/** The hospital listens on loopback: only this machine's portal has something to tell it. */
const openHospital = ({ ports }: MachineSettings): Promise<Running> =>
  startHospitalListener({ host: '127.0.0.1', port: ports.hospital, handOnTo: ports.listen })

/** The demonstration's partner is the Royal Free: not of the Royal Free itself, and not where the settings say who the partners are. */
const hasPartner = ({ partnersAreElsewhere, trustProfile }: MachineSettings): boolean =>
  !partnersAreElsewhere && readTrust(trustProfile).odsCode !== partnerCode

/** The partner learns its records while the portal starts. */
let partnerIsReady: Promise<void> | undefined

/** Answers with the file in which the portal reads how its partner is reached. */
async function openPartner({ ports, dataDir }: MachineSettings): Promise<string> {
  const file = join(dataDir, 'demonstration-partners.json')
  const partner = await openPartnerHospital({ port: ports.partner, file })
  stops.push(partner)
  partnerIsReady = partner.ready
  return file
}

function placesOf({ host, ports, subgraphPorts, production, hospitalIsElsewhere }: MachineSettings): Places {
  const at = (port: number) => `http://${reachedAt(host)}:${port}/graphql`
  const { patients, appointments, documents, messages } = subgraphPorts
  return {
    graph: at(ports.graph),
    inbox: production ? undefined : `http://${reachedAt(host)}:${ports.inbox}`,
    hospital: hospitalIsElsewhere ? undefined : `127.0.0.1:${ports.hospital}`,
    subgraphs: {
      patients: at(patients),
      appointments: at(appointments),
      documents: at(documents),
      messages: at(messages),
    },
  }
}

/** Says which ports are taken, all at once, before anything is started. */
async function portsAreFree(machine: MachineSettings): Promise<void> {
  const { host, ports, subgraphPorts, production, hospitalIsElsewhere } = machine
  const wanted = {
    WEB_PORT: ports.web,
    GRAPH_PORT: ports.graph,
    HL7_PORT: ports.hl7,
    ...(!hospitalIsElsewhere && { HL7_HOSPITAL_PORT: ports.hospital }),
    ...(!production && { INBOX_PORT: ports.inbox }),
    ...(hasPartner(machine) && { PARTNER_PORT: ports.partner }),
    ...(split && {
      SUBGRAPH_PORT_PATIENTS: subgraphPorts.patients,
      SUBGRAPH_PORT_APPOINTMENTS: subgraphPorts.appointments,
      SUBGRAPH_PORT_DOCUMENTS: subgraphPorts.documents,
      SUBGRAPH_PORT_MESSAGES: subgraphPorts.messages,
    }),
  }
  const faults = await Promise.all(
    Object.entries(wanted).map(async ([name, port]) =>
      (await isFree(host, port))
        ? undefined
        : `${name}: port ${port} is in use. Stop what uses it, or choose another: ${name}=${port + 1} npm start`,
    ),
  )
  const taken = faults.filter((it) => it !== undefined)
  if (taken.length) throw new Error(taken.join('\n'))
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, host, () => probe.close(() => resolve(true)))
  })
}

let stopping: Promise<void> | undefined
/** One Ctrl-C may come as several signals, from the terminal and through npm: none cuts short what another began. */
const stop = () => (stopping ??= stopAll())

async function stopAll(): Promise<void> {
  for (const part of stops.reverse()) await part.stop()
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => void stop().then(() => process.exit(0)))

async function giveUp(error: unknown): Promise<void> {
  // Broken off in the middle of a start: what fails now fails because of that.
  if (stopping) return
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  await stop()
  process.exit(1)
}

start().catch(giveUp)
