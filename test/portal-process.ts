import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const build = (name: string) => fileURLToPath(new URL(`../dist/scripts/${name}.js`, import.meta.url))
const startWithinMs = 120_000
const portNames = [
  'WEB_PORT',
  'GRAPH_PORT',
  'HL7_PORT',
  'HL7_HOSPITAL_PORT',
  'HL7_LISTEN_PORT',
  'INBOX_PORT',
  'PARTNER_PORT',
  'SUBGRAPH_PORT_PATIENTS',
  'SUBGRAPH_PORT_APPOINTMENTS',
  'SUBGRAPH_PORT_DOCUMENTS',
  'SUBGRAPH_PORT_MESSAGES',
] as const

/** What a program printed, and how it ended. */
export interface Ended {
  code: number | null
  printed: string
  complained: string
}

export interface PortalOptions {
  /** Every part in a process of its own. */
  split?: boolean
  /** Settings besides the ports and the folder. */
  settings?: Record<string, string>
  /** The place of an earlier portal, to be started again with what it kept. */
  place?: Place
}

/** Where a portal keeps its data, and the ports that are its own. */
export interface Place {
  folder: string
  ports: Record<(typeof portNames)[number], number>
}

/** A message as the demonstration's inbox keeps it. */
export interface InboxMessage {
  type: 'sms' | 'email'
  phone_number: string | null
  email_address: string | null
  subject: string | null
  body: string
}

export async function aPlace(): Promise<Place> {
  const ports = await Promise.all(portNames.map(async (name) => [name, await freePort()] as const))
  return { folder: mkdtempSync(join(tmpdir(), 'portal-')), ports: Object.fromEntries(ports) as Place['ports'] }
}

export const removePlace = ({ folder }: Place) => rmSync(folder, { recursive: true, force: true })

/** The portal as a person starts it: from the build, as a process of its own. */
export class PortalProcess {
  readonly place: Place
  readonly url: string
  readonly graphUrl: string
  readonly ended: Promise<Ended>
  readonly #settings: Record<string, string>
  readonly #child: ChildProcess

  private constructor(place: Place, settings: Record<string, string>, split: boolean) {
    this.place = place
    this.url = `http://localhost:${place.ports.WEB_PORT}`
    this.graphUrl = `http://localhost:${place.ports.GRAPH_PORT}`
    this.#settings = variablesOf(place, settings)
    this.#child = node('start', split ? ['--split'] : [], this.#settings)
    this.ended = outputOf(this.#child)
  }

  /** Starts a portal and does not wait for it: for starts that are meant to fail, or to be interrupted. */
  static async launch({ split = false, settings = {}, place }: PortalOptions = {}): Promise<PortalProcess> {
    return new PortalProcess(place ?? (await aPlace()), settings, split)
  }

  /** Starts a portal; resolves when it says that it runs. */
  static async start(options: PortalOptions = {}): Promise<PortalProcess> {
    const portal = await PortalProcess.launch(options)
    await portal.running()
    return portal
  }

  async running(): Promise<void> {
    const { ended } = this
    await new Promise<void>((resolve, reject) => {
      const tooLate = setTimeout(() => reject(new Error('The portal did not start in time')), startWithinMs)
      this.#child.stdout?.on('data', (text: string) => text.includes('Press Ctrl-C to stop.') && resolve())
      void ended.then(({ complained }) => reject(new Error(`The portal did not start:\n${complained}`)))
      void ended.finally(() => clearTimeout(tooLate))
    })
  }

  /** Ctrl-C. Answers how the portal ended, and after how long. */
  async interrupt(): Promise<Ended & { seconds: number }> {
    const start = performance.now()
    this.#child.kill('SIGINT')
    return { ...(await this.ended), seconds: (performance.now() - start) / 1000 }
  }

  /** Stops the portal and removes what it kept. */
  async remove(): Promise<void> {
    await this.interrupt()
    removePlace(this.place)
  }

  /** `npm run hospital -- ...` on this portal. */
  hospital(...args: string[]): Promise<Ended> {
    return outputOf(node('hospital', args, this.#settings))
  }

  /** `npm run hospital -- listen ...` on this portal, from when it listens until it is stopped. */
  async hospitalListens(...args: string[]): Promise<{ stop: () => Promise<Ended> }> {
    const child = node('hospital', ['listen', ...args], this.#settings)
    const ended = outputOf(child)
    await new Promise<void>((resolve, reject) => {
      child.stdout?.on('data', (text: string) => text.includes('The hospital listens') && resolve())
      void ended.then(({ complained }) => reject(new Error(`The hospital does not listen:\n${complained}`)))
    })
    const stop = () => {
      child.kill('SIGINT')
      return ended
    }
    return { stop }
  }

  /** What arrived in the inbox for a mobile number (as +44...) or an e-mail address, newest first. */
  messagesTo(contact: string): InboxMessage[] {
    const file = join(this.place.folder, 'inbox.json')
    const all = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as InboxMessage[]) : []
    return all.filter(({ phone_number, email_address }) => [phone_number, email_address].includes(contact))
  }
}

/** Nothing of the caller's own settings gets in, but where Node keeps what it has compiled. */
function variablesOf({ folder, ports }: Place, settings: Record<string, string>): Record<string, string> {
  const numbers = Object.entries(ports).map(([name, port]) => [name, String(port)])
  const { PATH = '', HOME = '', NODE_COMPILE_CACHE } = process.env
  const compiled = NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE }
  const own = { ...(Object.fromEntries(numbers) as Record<string, string>), DATA_DIR: folder }
  return { PATH, HOME, ...compiled, ...own, ...settings }
}

function node(name: string, args: string[], env: Record<string, string>): ChildProcess {
  if (!existsSync(build(name))) throw new Error('The portal is not built. Build it with: npm run build')
  const child = spawn(process.execPath, [build(name), ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  // A run of tests that is broken off leaves nothing running.
  const end = () => void child.kill()
  process.once('exit', end)
  child.once('exit', () => process.off('exit', end))
  return child
}

function outputOf(child: ChildProcess): Promise<Ended> {
  let [printed, complained] = ['', '']
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (printed += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (complained += text))
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, printed, complained })))
}

/** Below the ports that systems hand out for connections of their own, so that it is still free when it is used. */
async function freePort(): Promise<number> {
  const port = 20_000 + Math.floor(Math.random() * 12_000)
  const probe = createServer()
  const isFree = await new Promise<boolean>((resolve) => {
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
  return isFree ? port : freePort()
}
