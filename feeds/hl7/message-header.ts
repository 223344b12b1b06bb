import { standardSeparators, type Separators } from './escaping.ts'
import { linesOf } from './message.ts'

/** What an answer needs of a message's first segment. Found even in a message that is otherwise broken; empty where it is not. */
export interface MessageHeader {
  separators: Separators
  sendingApplication: string
  sendingFacility: string
  receivingApplication: string
  receivingFacility: string
  sentAt: string
  /** Such as `ADT` and `A31`. */
  type: string
  event: string
  controlId: string
  processingId: string
  version: string
  characterSet: string
}

/** Reads as much of MSH as there is. */
export function findHeader(text: string): MessageHeader {
  const line = headerLine(linesOf(text.slice(0, 20_000)))
  const separators = separatorsIn(line)
  const { field, component, repetition } = separators
  const fields = line.split(field)
  const at = (number: number) => printable(fields[number - 1] ?? '')
  const first = (number: number) => at(number).split(repetition)[0]?.split(component)[0] ?? ''
  return {
    separators,
    sendingApplication: at(3),
    sendingFacility: at(4),
    receivingApplication: at(5),
    receivingFacility: at(6),
    sentAt: at(7),
    type: first(9),
    event: at(9).split(component)[1] ?? '',
    controlId: at(10),
    processingId: first(11),
    version: first(12),
    characterSet: first(18),
  }
}

const knownSegment = /^(EVN|PID|PD1|NK1|PV1|PV2|SCH|TQ1|RGS|AI[SGLP]|MRG|NTE|SPM|TXA|AL1|DG1|ORC|OB[RX]|Z[A-Z0-9]{2})\W/

/** A header broken over lines is put together again, to find whom to answer; the message itself stays refused. */
function headerLine(lines: string[]): string {
  const start = lines.findIndex((line) => line.startsWith('MSH'))
  if (start < 0) return ''
  const after = lines.slice(start + 1)
  const end = after.findIndex((line) => knownSegment.test(line))
  const rest = end < 0 ? after.slice(0, 10) : after.slice(0, end)
  return [lines[start], ...rest].join('')
}

/** The separators the line names, if an answer can be written with them; else those that everybody uses. */
function separatorsIn(line: string): Separators {
  const signs = /^MSH([!-/:-@[-`{-~])([!-/:-@[-`{-~]{4})/.exec(line)
  const [field = '', component = '', repetition = '', escape = '', subcomponent = ''] = [
    ...(signs?.[1] ?? ''),
    ...(signs?.[2] ?? ''),
  ]
  const isUsable = new Set([field, component, repetition, escape, subcomponent]).size === 5
  return isUsable ? { field, component, repetition, escape, subcomponent } : standardSeparators
}

const printable = (value: string) =>
  value
    .replace(/[\u0000-\u001f\u007f]/g, '')
    .trim()
    .slice(0, 199)
