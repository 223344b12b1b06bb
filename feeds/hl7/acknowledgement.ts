import { randomBytes } from 'node:crypto'
import { escapeText, type Separators } from './escaping.ts'
import type { MessageHeader } from './message-header.ts'
import { writeTimestamp } from './timestamp.ts'

/** AA: done and kept. AE: can never work as it is. AR: try again. */
export type AcknowledgementCode = 'AA' | 'AE' | 'AR'

/** What the sender is told: the code, and a line for each thing worth saying, `PID-7: ...`. */
export interface Answer {
  code: AcknowledgementCode
  reason?: string | undefined
}

/** Builds the acknowledgement of a message: to its sender, in its separators, version and character set. */
export function acknowledgementOf(header: MessageHeader, { code, reason }: Answer, now: Date): string {
  const { separators } = header
  const { field, component, repetition, escape, subcomponent } = separators
  const write = (text: string) => escapeText(text, separators)
  const lines = reason?.split('\n').filter((line) => line !== '') ?? []
  const msh = [
    'MSH',
    component + repetition + escape + subcomponent,
    header.receivingApplication,
    header.receivingFacility,
    header.sendingApplication,
    header.sendingFacility,
    writeTimestamp(now),
    '',
    ['ACK', header.event, 'ACK'].filter((part) => part !== '').join(component),
    randomBytes(10).toString('hex'),
    header.processingId || 'P',
    header.version || '2.4',
    ...Array<string>(5).fill(''),
    header.characterSet,
  ]
  const msa = ['MSA', code, header.controlId, ...(lines.length > 0 ? [write(lines.join('; ').slice(0, 500))] : [])]
  const errors = lines.slice(0, 20).map((line) => errorSegment(line, code === 'AA' ? 'W' : 'E', separators))
  return [msh, msa, ...errors].map((fields) => withoutEmptyEnd(fields).join(field) + '\r').join('')
}

function withoutEmptyEnd(fields: string[]): string[] {
  const last = fields.findLastIndex((value) => value !== '')
  return fields.slice(0, last + 1)
}

/** ERR-1 for version 2.4 and before, ERR-2 to ERR-8 for later ones: whoever reads it finds the segment, the field and the words. */
function errorSegment(line: string, severity: 'E' | 'W', separators: Separators): string[] {
  const { component, subcomponent } = separators
  const [, segment = '', field = '', part = ''] = /^([A-Z][A-Z0-9]{2})(?:-(\d+))?(?:\.(\d+))?: /.exec(line) ?? []
  const place = segment === '' ? [] : [segment, '1', field, ...(part === '' ? [] : ['1', part])]
  const kind = ['207', 'Application internal error', 'HL70357']
  const code =
    field === ''
      ? segment === ''
        ? kind
        : ['100', 'Segment sequence error', 'HL70357']
      : ['102', 'Data type error', 'HL70357']
  const old = [segment, segment && '1', field, code.join(subcomponent)].join(component)
  const words = escapeText(line, separators)
  return ['ERR', old, place.join(component), code.join(component), severity, '', '', '', words]
}
