import { joinEmbedded } from './embedded-lines.ts'
import { MessageRefused, refuse } from './fault.ts'
import { Segment } from './segment.ts'
import type { Separators } from './escaping.ts'

type Decode = (bytes: Uint8Array) => string

/** A message, divided into its segments. */
export class Hl7Message {
  readonly segments: readonly Segment[]
  readonly header: Segment

  constructor(header: Segment, others: readonly Segment[]) {
    this.header = header
    this.segments = [header, ...others]
  }

  /** The first segment of this name. */
  segment(name: string): Segment | undefined {
    return this.segments.find((it) => it.name === name)
  }

  /** Every segment of this name, in order. */
  all(name: string): Segment[] {
    return this.segments.filter((it) => it.name === name)
  }
}

/** Reads a message. Refuses what is no message, or is broken in a way that would put a value in the wrong place. */
export function parseMessage(text: string, decode: Decode = (bytes) => new TextDecoder().decode(bytes)): Hl7Message {
  const written = linesOf(text)
  const [first = ''] = written
  if (/^(FHS|BHS)\W/.test(first))
    refuse('MSH', 'this is a batch (FHS or BHS). Send its messages one by one, each in a block of its own.')
  if (!first.startsWith('MSH')) refuse('MSH', 'the message does not begin with an MSH segment. Send MSH first.')
  const separators = separatorsOf(first)
  const lines = joinEmbedded(written, separators.field)
  refuseBrokenLines(lines, separators)
  const [header, ...others] = lines.map((line) => new Segment(line, separators, decode))
  if (!header) throw new MessageRefused([{ where: 'MSH', what: 'the message is empty.' }])
  if (others.some(({ name }) => name === 'MSH'))
    refuse('MSH', 'a second MSH stands in the same block. Send one message in each block.')
  return new Hl7Message(header, others)
}

/** Segments end with a carriage return; some systems send line feeds, or both. A line feed beside carriage returns is text. */
export function linesOf(text: string): string[] {
  const start = text.replace(/^[\ufeff\s]+/, '')
  const end = start.includes('\r') ? /\r\n?/ : /\n/
  return start.split(end).filter((line) => line.trim() !== '')
}

function separatorsOf(header: string): Separators {
  const [field = '', component = '', repetition = '', escape = '', subcomponent = ''] = header.slice(3, 8)
  const all = [field, component, repetition, escape, subcomponent]
  const usable = all.every((it) => /^[!-/:-@[-`{-~]$/.test(it)) && new Set(all).size === 5
  // A fifth separator (truncation, from version 2.7 on) is allowed and not needed.
  const closed = header[8] === field || (header[9] === field && header[8] !== undefined)
  if (!usable || !closed)
    refuse(
      'MSH-2',
      'the separators are missing, doubled, or cut off by a line end. Send four different signs, and the whole of MSH on one line.',
    )
  return { field, component, repetition, escape, subcomponent }
}

/** A line end inside a field turns the rest of its segment into a line that is none. */
function refuseBrokenLines(lines: readonly string[], { field }: Separators) {
  const broken = lines.findIndex((line) => !/^[A-Z][A-Z0-9]{2}$/.test(line.slice(0, 3)) || (line[3] ?? field) !== field)
  if (broken < 0) return
  const segment = lines[broken - 1]?.slice(0, 3) ?? 'MSH'
  refuse(
    segment,
    `line ${broken + 1} does not begin with the name of a segment: the ${segment} segment before it is broken by a line end. ` +
      'Send line ends inside a field as \\.br\\ and end each segment with one carriage return.',
  )
}
