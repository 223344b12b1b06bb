import type { Socket } from 'node:net'
import type { Logger } from 'pino'
import { blockOf, BlockReader, type Block } from './framing.ts'
import type { Turns } from './turns.ts'

/** From here on a message waits for its turn: what one sender may send, all of them at once may not. */
const largeBytes = 1_000_000

interface Rules {
  maximumBytes: number
  messageSeconds: number
  idleSeconds: number
  log: Logger
  /** Places for large messages, of all senders together. */
  turns: Turns
  take: (block: Block) => Promise<string>
}

/** The connection of one sender: its messages are taken one at a time and in order; it waits while one is taken. */
export class Conversation {
  /** When the connection is closed. */
  readonly ended: Promise<void>
  readonly #socket: Socket
  readonly #rules: Rules
  readonly #reader: BlockReader
  #taking: Promise<void> | undefined
  #stopping = false
  #over = false
  #deadline: NodeJS.Timeout | undefined
  /** When the block that is coming in began. */
  #begun: number | undefined
  /** Gives back the place of a large message. */
  #endTurn: (() => void) | undefined

  constructor(socket: Socket, rules: Rules) {
    this.#socket = socket
    this.#rules = rules
    this.#reader = new BlockReader(rules.maximumBytes)
    this.ended = new Promise((resolve) => socket.once('close', () => resolve()))
    socket.on('data', (chunk: Buffer) => this.#during(() => this.#takeAll(chunk)))
    socket.on('end', () => this.#during(() => this.#finish()))
    socket.on('close', () => this.#closed())
    this.#watch()
  }

  /** Answers the message being taken, then hangs up. What has not begun stays unanswered: its sender sends it again. */
  async stop(): Promise<void> {
    this.#stopping = true
    await this.#taking
    this.#hangUp()
    await this.ended
  }

  /** Nothing more is read from the sender while this lasts: a fast sender fills its own buffers, not ours. */
  #during(work: () => Promise<void>) {
    this.#socket.pause()
    clearTimeout(this.#deadline)
    this.#taking = (this.#taking ?? Promise.resolve()).then(work).then(
      () => {
        if (this.#over) return
        this.#watch()
        this.#socket.resume()
      },
      (error: unknown) => {
        this.#rules.log.error(
          { fault: error instanceof Error ? error.name : 'unknown' },
          'a message was left unanswered',
        )
        this.#socket.destroy()
      },
    )
  }

  async #takeAll(chunk: Buffer) {
    if (this.#reader.held + chunk.length > largeBytes) await this.#waitForTurn()
    let since = this.#begun
    for (const block of this.#reader.read(chunk)) {
      if (this.#stopping || this.#over) return
      await this.#answer(block)
      this.#giveTurnBack()
      since = undefined
    }
    this.#begun = this.#reader.isInsideBlock ? (since ?? performance.now()) : undefined
  }

  /** The time of waiting is ours, and not taken from the sender's. */
  async #waitForTurn() {
    if (this.#endTurn) return
    const since = performance.now()
    this.#endTurn = await this.#rules.turns.take()
    if (this.#begun !== undefined) this.#begun += performance.now() - since
  }

  #giveTurnBack() {
    this.#endTurn?.()
    this.#endTurn = undefined
  }

  async #answer(block: Block) {
    const acknowledgement = await this.#rules.take(block)
    if (this.#socket.writable) this.#socket.write(blockOf(acknowledgement))
  }

  /** The sender has said all it will say: what it began and did not end is answered too. */
  async #finish() {
    const rest = this.#reader.abandon()
    if (rest && !this.#stopping) await this.#answer(rest)
    this.#hangUp()
  }

  /** A message that has begun has until its deadline however slowly it drips; between messages every byte buys time. */
  #watch() {
    const { messageSeconds, idleSeconds } = this.#rules
    const left =
      this.#begun === undefined ? idleSeconds * 1000 : this.#begun + messageSeconds * 1000 - performance.now()
    clearTimeout(this.#deadline)
    this.#deadline = setTimeout(() => this.#during(() => this.#finish()), Math.max(left, 0))
  }

  #hangUp() {
    this.#over = true
    clearTimeout(this.#deadline)
    if (this.#socket.writable) this.#socket.end()
    // A sender that does not hang up in its turn is not waited for long.
    const patience = setTimeout(() => this.#socket.destroy(), 1000).unref()
    this.#socket.once('close', () => clearTimeout(patience)).resume()
  }

  #closed() {
    this.#over = true
    clearTimeout(this.#deadline)
    void (this.#taking ?? Promise.resolve()).then(() => this.#giveTurnBack())
    const bytes = this.#reader.skippedBytes
    if (bytes > 0) this.#rules.log.warn({ bytes }, 'a sender sent bytes outside of any block')
  }
}
