import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { AcknowledgementCode } from './hl7/acknowledgement.ts'
import { parseMessage } from './hl7/message.ts'
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
}

/** Sends one message on a connection of its own, and waits for its acknowledgement. */
export async function sendHl7(address: Hl7Address, text: string, timeout = 30_000): Promise<Ack> {
  const where = `${address.host}:${address.port}`
  const socket = address.tls ? connectTls({ ...address, ...address.tls }) : connect(address)
  const reader = new BlockReader(1_000_000)
  try {
    return await new Promise<Ack>((resolve, reject) => {
      const fail = (what: string) => reject(new Hl7NotAnswered(what))
      socket.setTimeout(timeout, () => fail(`no answer from ${where} within ${Math.round(timeout / 1000)} seconds`))
      socket.once('error', (error: NodeJS.ErrnoException) =>
        fail(`cannot reach ${where}: ${error.code ?? error.message}`),
      )
      socket.once('close', () => fail(`${where} closed the connection without an answer`))
      socket.on('data', (chunk: Buffer) => {
        for (const block of reader.read(chunk)) resolve(readAck(block.bytes.toString('utf8')))
      })
      whenOpen(socket, address, () => socket.write(blockOf(text)))
    })
  } finally {
    socket.destroy()
  }
}

const whenOpen = (socket: Socket, { tls }: Hl7Address, then: () => void) =>
  socket.once(tls ? 'secureConnect' : 'connect', then)

/** Reads an acknowledgement. */
export function readAck(raw: string): Ack {
  const message = parseMessage(raw)
  const msa = message.segment('MSA')
  const code = msa?.text(1)
  if (code !== 'AA' && code !== 'AE' && code !== 'AR') throw new Hl7NotAnswered('the answer is no acknowledgement')
  const errors = message.all('ERR').map((it) => it.text(8))
  const lines = errors.filter((line) => line !== undefined)
  const said = msa?.text(3)
  return { code, controlId: msa?.text(2) ?? '', lines: lines.length > 0 || said === undefined ? lines : [said], raw }
}
