import { createHash } from 'node:crypto'
import { decodeAnyhow, decodeMessage } from '../hl7/character-set.ts'
import { MessageRefused, refuse } from '../hl7/fault.ts'
import { findHeader, type MessageHeader } from '../hl7/message-header.ts'
import { linesOf } from '../hl7/message.ts'
import type { Block } from '../mllp/framing.ts'

/** A message as it came in: who sent it, under which number, with which content, and whether it can be read. */
export interface Arrival {
  header: MessageHeader
  text: string
  sender: string
  controlId: string
  /** Such as `ADT^A31`; `unknown` when it cannot be told. */
  type: string
  /** Of the content: the same number with another digest is another message. */
  digest: string
  decode?: (bytes: Uint8Array) => string
  /** Why it cannot be read at all. */
  refused?: MessageRefused
}

/** Reads what arrived far enough to know it again. */
export function arrivalOf(block: Block): Arrival {
  const { text, ...reading } = read(block)
  const header = findHeader(text)
  const content = linesOf(text).join('\r') + (block.kind === 'TOO_LONG' ? `\n${block.size}` : '')
  const digest = createHash('sha256').update(content).digest('hex')
  const first = (value: string) => value.split(header.separators.component)[0] ?? ''
  const sender = [header.sendingApplication, header.sendingFacility].map(first).filter((part) => part !== '')
  return {
    header,
    text,
    sender: sender.length > 0 ? sender.join('/') : 'unknown',
    controlId: header.controlId || `none-${digest.slice(0, 16)}`,
    type: header.type === '' ? 'unknown' : [header.type, header.event].filter((part) => part !== '').join('^'),
    digest,
    ...reading,
  }
}

function read(block: Block): Pick<Arrival, 'text' | 'decode' | 'refused'> {
  try {
    if (block.kind === 'TOO_LONG')
      refuse(
        'MSH',
        `the message has ${block.size} bytes; ${block.limit} are taken. Send documents by another way, or in parts.`,
      )
    return decodeMessage(block.bytes)
  } catch (error) {
    if (!(error instanceof MessageRefused)) throw error
    return { text: decodeAnyhow(block.bytes), refused: error }
  }
}
