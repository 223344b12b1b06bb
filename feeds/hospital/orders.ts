import { randomInt } from 'node:crypto'
import { parseArgs, type ParseArgsConfig } from 'node:util'
import { readTimestamp } from '../hl7/timestamp.ts'
import type { HospitalAppointment, HospitalPerson } from './messages.ts'
import { NotUnderstoodCommand } from './usage.ts'

/** What somebody at the hospital wants done, as it was typed. */
export type Order =
  | ({ kind: 'book'; patient: string; clinic?: string; at?: Date; minutes?: number; id: string } & Pick<
      HospitalAppointment,
      'clinician' | 'medium'
    > & { admission: boolean })
  | { kind: 'move'; id: string; at: Date; patient?: string }
  | { kind: 'cancel'; id: string; reason?: string; patient?: string }
  | { kind: 'register'; person: HospitalPerson }
  | { kind: 'send'; file: string }
  | { kind: 'replay'; id?: string }
  | { kind: 'list' }
  | { kind: 'refused' }
  | { kind: 'help' }

type Values = Record<string, string | boolean | undefined>

const text = { type: 'string' } as const
const kinds: Record<Order['kind'], { options: ParseArgsConfig['options']; read: (given: Given) => Order }> = {
  book: {
    options: {
      patient: text,
      clinic: text,
      at: text,
      minutes: text,
      clinician: text,
      medium: text,
      id: text,
      admission: { type: 'boolean' },
    },
    read: readBooking,
  },
  move: {
    options: { at: text, patient: text },
    read: (given) => ({
      kind: 'move',
      id: given.word('appointment'),
      at: given.time('at') ?? missing('--at'),
      ...given.optional('patient'),
    }),
  },
  cancel: {
    options: { reason: text, patient: text },
    read: (given) => ({
      kind: 'cancel',
      id: given.word('appointment'),
      ...given.optional('reason'),
      ...given.optional('patient'),
    }),
  },
  register: {
    options: {
      number: text,
      given: text,
      family: text,
      born: text,
      title: text,
      mobile: text,
      email: text,
      'nhs-number': text,
    },
    read: readRegistration,
  },
  send: { options: {}, read: (given) => ({ kind: 'send', file: given.word('file') }) },
  replay: { options: {}, read: ({ words: [id] }) => ({ kind: 'replay', ...(id !== undefined && { id }) }) },
  list: { options: {}, read: () => ({ kind: 'list' }) },
  refused: { options: {}, read: () => ({ kind: 'refused' }) },
  help: { options: {}, read: () => ({ kind: 'help' }) },
}

/** Understands what was typed after `npm run hospital --`. */
export function readOrder([name = 'help', ...args]: string[]): Order {
  if (['-h', '--help'].includes(name) || args.includes('--help')) return { kind: 'help' }
  if (!Object.hasOwn(kinds, name)) throw new NotUnderstoodCommand(`There is no command "${name}".`)
  const { options, read } = kinds[name as Order['kind']]
  const { values, positionals } = parse(args, options)
  return read(new Given(values as Values, positionals))
}

function parse(args: string[], options: ParseArgsConfig['options']) {
  try {
    return parseArgs({ args, options: options ?? {}, allowPositionals: true, strict: true })
  } catch (error) {
    throw new NotUnderstoodCommand(error instanceof Error ? (error.message.split('. ')[0] ?? '') + '.' : String(error))
  }
}

class Given {
  readonly values: Values
  readonly words: string[]

  constructor(values: Values, words: string[]) {
    this.values = values
    this.words = words
  }

  word(name: string): string {
    return this.words[0] ?? missing(`<${name}>`)
  }

  text(name: string): string | undefined {
    const value = this.values[name]
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
  }

  optional<Name extends string>(name: Name): { [N in Name]?: string } {
    const value = this.text(name)
    return (value === undefined ? {} : { [name]: value }) as { [N in Name]?: string }
  }

  time(name: string): Date | undefined {
    const value = this.text(name)
    if (value === undefined) return undefined
    const time = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d$/.test(value) ? readTimestamp(value.replace(/\D/g, '')) : undefined
    if (!time || time.clockChange === 'SKIPPED')
      throw new NotUnderstoodCommand(`--${name}: "${value}" is no time in London. Write it like "2026-12-01 10:30".`)
    return time.instant
  }

  minutes(): number | undefined {
    const value = this.text('minutes')
    if (value !== undefined && !/^[1-9]\d{0,3}$/.test(value))
      throw new NotUnderstoodCommand(`--minutes: "${value}" is no number of minutes.`)
    return value === undefined ? undefined : Number(value)
  }
}

const media = { 'face-to-face': 'FACE_TO_FACE', video: 'VIDEO', phone: 'PHONE' } as const

function readBooking(given: Given): Order {
  const at = given.time('at')
  const minutes = given.minutes()
  const medium = given.text('medium')
  if (medium !== undefined && !Object.hasOwn(media, medium))
    throw new NotUnderstoodCommand(`--medium: "${medium}" is none of face-to-face, video, phone.`)
  return {
    kind: 'book',
    patient: given.text('patient') ?? missing('--patient'),
    admission: given.values['admission'] === true,
    id: given.text('id') ?? `HB-${randomInt(100_000, 999_999)}`,
    ...given.optional('clinic'),
    ...given.optional('clinician'),
    ...(at && { at }),
    ...(minutes !== undefined && { minutes }),
    ...(medium !== undefined && { medium: media[medium as keyof typeof media] }),
  }
}

function readRegistration(given: Given): Order {
  const bornOn = given.text('born') ?? missing('--born')
  if (readTimestamp(bornOn.replaceAll('-', ''))?.date !== bornOn)
    throw new NotUnderstoodCommand(`--born: "${bornOn}" is no date. Write it like 1980-01-31.`)
  const person: HospitalPerson = {
    hospitalNumber: given.text('number') ?? missing('--number'),
    given: (given.text('given') ?? missing('--given')).split(/\s+/),
    family: given.text('family') ?? missing('--family'),
    bornOn,
    title: given.text('title'),
    mobile: given.text('mobile'),
    email: given.text('email'),
    nhsNumber: given.text('nhs-number'),
  }
  return { kind: 'register', person }
}

function missing(name: string): never {
  throw new NotUnderstoodCommand(`${name} is missing.`)
}
