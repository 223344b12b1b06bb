import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Answer, post, type World } from '../world.ts'

const program = fileURLToPath(new URL('graph-process.mjs', import.meta.url))
const build = fileURLToPath(new URL('../../dist/scripts/graph.js', import.meta.url))

export interface MortalSettings extends Pick<World, 'folder' | 'databaseUrl'> {
  readonly rescheduleLimit: number
  /** Where messages go. */
  readonly inboxUrl: string
}

/** The graph as a process that is killed without warning, and started again on the rows it left. */
export class MortalGraph {
  readonly #settings: MortalSettings
  #running: { child: ChildProcess; url: Promise<string> }
  #spare: Promise<ChildProcess>
  #inFlight = 0
  kills = 0
  answers = 0

  private constructor(settings: MortalSettings) {
    this.#settings = settings
    this.#running = this.#begin(loaded())
    this.#spare = loaded()
  }

  static async start(settings: MortalSettings): Promise<MortalGraph> {
    if (!existsSync(build)) throw new Error('The portal is not built. Build it with: npm run build')
    const graph = new MortalGraph(settings)
    await graph.#running.url
    return graph
  }

  /** How many questions are asked and not answered at this moment. */
  get inFlight(): number {
    return this.#inFlight
  }

  /** Asks until there is an answer: a question that was cut off is asked again, word for word, of the next process. */
  async ask(bearer: string, query: string, variables: Record<string, unknown>): Promise<Answer & { tries: number }> {
    for (let tries = 1; ; tries += 1) {
      const url = await this.#running.url
      this.#inFlight += 1
      try {
        const answer = await post(url, bearer, { query, variables })
        this.answers += 1
        return { ...answer, tries }
      } catch (error) {
        if (!(error instanceof TypeError || error instanceof SyntaxError) || tries > 20) throw error
      } finally {
        this.#inFlight -= 1
      }
    }
  }

  /** SIGKILL: nothing is finished, nothing is said. The next process goes on at once. */
  async kill(): Promise<void> {
    const { child, url } = this.#running
    await url
    const gone = once(child, 'exit')
    // Whoever asks from now on waits for the next one, which opens the files only when this one is gone.
    const next = gone.then(() => this.#spare)
    this.#running = this.#begin(next)
    child.kill('SIGKILL')
    this.kills += 1
    await gone
    this.#spare = next.then(() => loaded())
    await this.#running.url
  }

  async stop(): Promise<void> {
    await this.#running.url
    for (const child of [this.#running.child, await this.#spare]) {
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    }
  }

  #begin(coming: Promise<ChildProcess>) {
    const running = { child: undefined as unknown as ChildProcess, url: Promise.resolve('') }
    running.url = coming.then(async (child) => {
      running.child = child
      const { inboxUrl, ...settings } = this.#settings
      const key = `test-${randomUUID()}-${randomUUID()}`
      const notify = { url: inboxUrl, apiKey: key, textTemplateId: randomUUID(), emailTemplateId: randomUUID() }
      child.send({ ...settings, notify })
      const [message] = (await once(child, 'message')) as [{ url: string }]
      return message.url
    })
    return running
  }
}

/** A process that has loaded its code and waits: what a restart costs is not the loading. */
async function loaded(): Promise<ChildProcess> {
  // It lives for seconds, and does not need what makes long lives fast.
  const child = fork(program, { execArgv: ['--single-threaded-gc'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  await once(child, 'message')
  return child
}
