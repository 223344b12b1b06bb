import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { PartnerFailure } from './partner-failure.ts'

/** What partners are asked for. More is learnt when it turns up inside of these. */
const usualTypes = ['Patient', 'DiagnosticReport', 'Observation', 'DocumentReference', 'Composition', 'Organization']
const idleMilliseconds = 300_000
/** To start the thread and learn the definitions, on a machine that has much to do. */
const startMilliseconds = 10_000
const largestHeapMegabytes = 384
/** Whoever waited has long gone: what still keeps the thread busy was made to. */
const patienceMilliseconds = 10_000

interface Answer {
  readonly id: number
  readonly faults: string[][]
}

interface Waiting {
  resolve(faults: string[][]): void
  reject(error: Error): void
}

/** Checks resources against FHIR R4 in a thread that is there only while it is needed: at rest it costs nothing. */
export class Validation {
  #worker: Worker | undefined
  #idle: NodeJS.Timeout | undefined
  #started = Promise.resolve()
  #count = 0
  readonly #waiting = new Map<number, Waiting>()

  /** Starts the thread, and waits until it has learnt the definitions: that is no time of the partner's. */
  async ready(): Promise<void> {
    this.#worker ??= this.#start()
    clearTimeout(this.#idle)
    this.#idle = setTimeout(() => void this.stop(), idleMilliseconds).unref()
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
      this.#worker?.postMessage({ id, resources })
      return await answered
    } finally {
      signal.removeEventListener('abort', giveUp)
    }
  }

  /** Nobody waits for this one any longer. The thread may be learning yet, which is of use to the next. */
  #giveUp(id: number): void {
    this.#waiting.get(id)?.reject(new PartnerFailure('NOT_VALIDATED'))
    setTimeout(() => this.#waiting.has(id) && void this.stop(), patienceMilliseconds).unref()
  }

  /** Ends the thread, whatever it is doing. */
  async stop(): Promise<void> {
    clearTimeout(this.#idle)
    const worker = this.#worker
    this.#worker = undefined
    this.#failAll()
    await worker?.terminate()
  }

  #start(): Worker {
    const file = import.meta.url.endsWith('.ts') ? './validation-worker.ts' : './validation-worker.js'
    const worker = new Worker(new URL(file, import.meta.url), {
      workerData: { types: usualTypes },
      resourceLimits: { maxOldGenerationSizeMb: largestHeapMegabytes },
    })
    worker.unref()
    this.#started = once(worker, 'message', { signal: AbortSignal.timeout(startMilliseconds) }).then(
      () => void worker.on('message', (answer: Answer) => this.#answered(answer)),
      (cause: unknown) => {
        this.#lost(worker)
        void worker.terminate()
        throw new PartnerFailure('NOT_VALIDATED', 'not started', { cause })
      },
    )
    // Whoever waits for it is told; that nobody does is no fault of the process.
    this.#started.catch(() => undefined)
    worker.on('error', () => this.#lost(worker))
    worker.on('exit', () => this.#lost(worker))
    return worker
  }

  #answered({ id, faults }: Answer): void {
    this.#waiting.get(id)?.resolve(faults)
    this.#waiting.delete(id)
  }

  #lost(worker: Worker): void {
    if (this.#worker !== worker) return
    this.#worker = undefined
    this.#failAll()
  }

  #failAll(): void {
    for (const { reject } of this.#waiting.values()) reject(new PartnerFailure('NOT_VALIDATED'))
    this.#waiting.clear()
  }
}
