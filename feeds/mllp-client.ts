import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { AcknowledgementCode } from './hl7/acknowledgement.ts'
import { MessageRefused } from './hl7/fault.ts'
import { parseMessage, type Hl7Message } from './hl7/message.ts'
import { blockOf, BlockReader } from './mllp/framing.ts'

/** Where to send messages. */
export interface Hl7Address {
  host: string
  port: number
  tls?: { ca?: string; key?: string; cert?: string; servername?: string }
}

/** What the receiver answered. */
export interface Ack {
  code: AcknowledgementCode
  controlId: string
  /** What it said besides, a line for each thing; empty when it just took the message. */
  lines: string[]
  /** The acknowledgement as it came. */
  raw: string
}

/** The message could not be sent, or was not answered. */
export class Hl7NotAnswered extends Error {
  override name = 'Hl7NotAnswered'
  /** Whether somebody listened at all. */
  readonly isReached: boolean

  constructor(message: string, { isReached = true } = {}) {
    super(message)
    this.isReached = isReached
  }
}

/** Sends one message on a connection of its own, and waits for its acknowledgement. */
export async function sendHl7(address: Hl7Address, text: string, timeout = 30_000, signal?: AbortSignal): Promise<Ack> {
  const where = `${address.host}:${address.port}`
  const socket = address.tls ? connectTls({ ...address, ...address.tls }) : connect(address)
  const reader = new BlockReader(1_000_000)
  // Of the whole exchange: a receiver that drips one byte a second does not answer either.
  const time = AbortSignal.timeout(timeout)
  try {
    return await new Promise<Ack>((resolve, reject) => {
      const fail = (what: string) => reject(new Hl7NotAnswered(what))
      time.addEventListener('abort', () => fail(`no answer from ${where} within ${Math.round(timeout / 1000)} seconds`))
      signal?.addEventListener('abort', () => fail('it was broken off'))
      if (signal?.aborted) fail('it was broken off')
      socket.on('error', ({ code, message }: NodeJS.ErrnoException) =>
        reject(new Hl7NotAnswered(`cannot reach ${where}: ${code ?? message}`, { isReached: code !== 'ECONNREFUSED' })),
      )
      socket.once('close', () => fail(`${where} closed the connection without an answer`))
      socket.on('data', (chunk: Buffer) => {
        try {
          for (const block of reader.read(chunk)) resolve(readAck(block.bytes.toString('utf8')))
        } catch (error) {
          reject(error instanceof Error ? error : new Hl7NotAnswered(String(error)))
        }
      })
      whenOpen(socket, address, () => socket.write(blockOf(text)))
    })
  } finally {
    socket.destroy()
  }
}

const whenOpen = (socket: Socket, { tls }: Hl7Address, then: () => void) =>
  socket.once(tls ? 'secureConnect' : 'connect', then)

/** Systems in enhanced mode answer that they keep the message (CA), refuse it (CE), or cannot take it now (CR). */
const codes: Record<string, AcknowledgementCode> = { AA: 'AA', AE: 'AE', AR: 'AR', CA: 'AA', CE: 'AE', CR: 'AR' }

/** Reads an acknowledgement. */
export function readAck(raw: string): Ack {
  const message = parsed(raw)
  const msa = message?.segment('MSA')
  const said = msa?.text(1) ?? ''
  const code = Object.hasOwn(codes, said) ? codes[said] : undefined
  if (!message || !msa || !code) throw new Hl7NotAnswered('the answer is no acknowledgement')
  const errors = message.all('ERR').map((it) => it.text(8))
  const lines = errors.filter((line) => line !== undefined)
  const words = msa.text(3)
  return { code, controlId: msa.text(2) ?? '', lines: lines.length > 0 || words === undefined ? lines : [words], raw }
}

function parsed(raw: string): Hl7Message | undefined {
  try {
    return parseMessage(raw)
  } catch (error) {
    if (error instanceof MessageRefused) return undefined
    throw error
  }
}
