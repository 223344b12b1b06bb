import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { PartnerFailure } from './partner-failure.ts'

/** What partners are asked for. More is learnt when it turns up inside of these. */
const usualTypes = ['Patient', 'DiagnosticReport', 'Observation', 'DocumentReference', 'Composition', 'Organization']
const idleMilliseconds = 300_000
/** To start the process and learn the definitions, on a machine that has much to do. */
const startMilliseconds = 10_000
const program = fileURLToPath(new URL(`./validation-process${import.meta.url.slice(-3)}`, import.meta.url))
/** It may read, and nothing else: no writing, no other program, none of our settings. */
const confined = ['--permission', '--allow-fs-read=*', '--no-warnings', '--max-old-space-size=384']
/** Whoever waited has long gone: what still keeps the process busy was made to. */
const patienceMilliseconds = 10_000

interface Answer {
  readonly id: number
  readonly faults: string[][]
}

interface Waiting {
  resolve(faults: string[][]): void
  reject(error: Error): void
}

/** Checks resources against FHIR R4 in a process that is there only while it is needed: at rest it costs nothing. */
export class Validation {
  #child: ChildProcess | undefined
  #idle: NodeJS.Timeout | undefined
  #started = Promise.resolve()
  #count = 0
  readonly #waiting = new Map<number, Waiting>()

  /** Starts the process, and waits until it has learnt the definitions: that is no time of the partner's. */
  async ready(): Promise<void> {
    this.#child ??= this.#start()
    clearTimeout(this.#idle)
    this.#idle = setTimeout(() => this.stop(), idleMilliseconds).unref()
    await this.#started
  }

  /** For each resource where it is wrong; nothing for one that keeps to the standard. */
  async faultsOf(resources: readonly unknown[], signal: AbortSignal): Promise<string[][]> {
    if (!resources.length) return []
    await this.ready()
    const id = (this.#count += 1)
    const answered = new Promise<string[][]>((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
    const giveUp = () => this.#giveUp(id)
    signal.addEventListener('abort', giveUp, { once: true })
    try {
      this.#child?.send({ id, resources })
      return await answered
    } finally {
      signal.removeEventListener('abort', giveUp)
    }
  }

  /** Nobody waits for this one any longer. The process may be learning yet, which is of use to the next. */
  #giveUp(id: number): void {
    this.#waiting.get(id)?.reject(new PartnerFailure('NOT_VALIDATED'))
    setTimeout(() => this.#waiting.has(id) && this.stop(), patienceMilliseconds).unref()
  }

  /** Ends the process, whatever it is doing. */
  stop(): void {
    clearTimeout(this.#idle)
    const child = this.#child
    this.#child = undefined
    this.#failAll()
    child?.kill('SIGKILL')
  }

  #start(): ChildProcess {
    const child = fork(program, usualTypes, {
      execArgv: confined,
      env: {},
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    child.unref()
    child.channel?.unref()
    this.#started = once(child, 'message', { signal: AbortSignal.timeout(startMilliseconds) }).then(
      () => void child.on('message', (answer: Answer) => this.#answered(answer)),
      (cause: unknown) => {
        this.#lost(child)
        child.kill('SIGKILL')
        throw new PartnerFailure('NOT_VALIDATED', 'not started', { cause })
      },
    )
    // Whoever waits for it is told; that nobody does is no fault of the portal's.
    this.#started.catch(() => undefined)
    child.on('error', () => this.#lost(child))
    child.on('exit', () => this.#lost(child))
    return child
  }

  #answered({ id, faults }: Answer): void {
    this.#waiting.get(id)?.resolve(faults)
    this.#waiting.delete(id)
  }

  #lost(child: ChildProcess): void {
    if (this.#child !== child) return
    this.#child = undefined
    this.#failAll()
  }

  #failAll(): void {
    for (const { reject } of this.#waiting.values()) reject(new PartnerFailure('NOT_VALIDATED'))
    this.#waiting.clear()
  }
}
