import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { examinations, type ExaminationName } from './laboratory.ts'
import type { HospitalPerson } from './messages.ts'

/** A clinic as the hospital's booking clerk knows it. */
export interface BookableClinic {
  readonly code: string
  readonly minutes: number
  readonly clinicians: readonly string[]
}

/** An appointment the hospital has booked: enough to move or cancel it. */
export interface BookedAppointment {
  readonly id: string
  readonly hospitalNumber: string
  readonly clinicCode: string
  readonly minutes: number
  /** Left out for one whose time the portal's demonstration chose. */
  readonly startsAt?: string | undefined
  readonly cancelled?: boolean | undefined
  /** How far a stay in hospital has come; left out for an appointment. */
  readonly stay?: 'PLANNED' | 'ADMITTED' | 'DISCHARGED' | undefined
}

/** A letter the hospital has sent, or a test result: enough to correct it, replace it or take it back. */
export interface SentDocument {
  /** A letter's id, or a result's order number. */
  readonly id: string
  readonly hospitalNumber: string
  /** Left out for a letter. */
  readonly test?: ExaminationName | undefined
}

/** Whom and what the hospital starts with. */
export interface HospitalOpening {
  readonly people: readonly HospitalPerson[]
  readonly clinics: readonly BookableClinic[]
  readonly appointments: readonly BookedAppointment[]
  readonly documents?: readonly SentDocument[] | undefined
}

const page = z.object({
  people: z.array(
    z.object({
      hospitalNumber: z.string(),
      title: z.string().optional(),
      given: z.array(z.string()).optional(),
      family: z.string().optional(),
      bornOn: z.string().optional(),
    }),
  ),
  appointments: z.array(
    z.object({
      id: z.string(),
      hospitalNumber: z.string(),
      clinicCode: z.string(),
      minutes: z.number(),
      startsAt: z.string().optional(),
      cancelled: z.boolean().optional(),
      stay: z.enum(['PLANNED', 'ADMITTED', 'DISCHARGED']).optional(),
    }),
  ),
  documents: z
    .array(
      z.object({
        id: z.string(),
        hospitalNumber: z.string(),
        test: z.enum(Object.keys(examinations) as ExaminationName[]).optional(),
      }),
    )
    .default([]),
})

/** The book is not to be used as it is, or does not hold what is asked for. The message says what to do. */
export class NotInTheBook extends Error {
  override name = 'NotInTheBook'
}

/** What the hospital in a box remembers from one command to the next, in one file. */
export class HospitalBook {
  readonly clinics: readonly BookableClinic[]
  readonly #people: Map<string, HospitalPerson>
  readonly #appointments: Map<string, BookedAppointment>
  readonly #documents: Map<string, SentDocument>
  readonly #file: string
  readonly #own: z.infer<typeof page>

  constructor(file: string, opening: HospitalOpening) {
    this.#file = file
    this.#own = read(file)
    this.clinics = opening.clinics
    this.#people = new Map([...opening.people, ...this.#own.people].map((it) => [it.hospitalNumber, it]))
    this.#appointments = new Map([...opening.appointments, ...this.#own.appointments].map((it) => [it.id, it]))
    this.#documents = new Map([...(opening.documents ?? []), ...this.#own.documents].map((it) => [it.id, it]))
  }

  get appointments(): BookedAppointment[] {
    return [...this.#appointments.values()]
  }

  appointment(id: string): BookedAppointment | undefined {
    return this.#appointments.get(id)
  }

  get documents(): SentDocument[] {
    return [...this.#documents.values()]
  }

  /** By hospital number, or by name as far as it is unmistakable. A number the book does not hold may still be the portal's. */
  person(asked: string): HospitalPerson {
    const known = this.#people.get(asked)
    if (known) return known
    const words = plain(asked).split(' ')
    const matches = [...this.#people.values()].filter((it) => {
      const name = plain(fullName(it)).split(' ')
      return words.every((word) => name.includes(word))
    })
    const [only, ...others] = matches
    if (only && others.length === 0) return only
    if (only)
      throw new NotInTheBook(
        `Several people are called ${asked}: ${matches.map(described).join(', ')}. Give the hospital number.`,
      )
    if (/^\S*\d\S*$/.test(asked)) return { hospitalNumber: asked }
    const some = [...this.#people.values()].slice(0, 5).map(described).join(', ')
    throw new NotInTheBook(
      `Nobody here is called ${asked}. Give a hospital number, or a name${some && ` such as ${some}`}.`,
    )
  }

  remember({ person, appointment, document }: Remembered): void {
    if (person) this.#people.set(person.hospitalNumber, person)
    if (appointment) this.#appointments.set(appointment.id, appointment)
    if (document) this.#documents.set(document.id, document)
    const people = person
      ? [...this.#own.people.filter((it) => it.hospitalNumber !== person.hospitalNumber), person]
      : this.#own.people
    const appointments = appointment
      ? [...this.#own.appointments.filter(({ id }) => id !== appointment.id), appointment]
      : this.#own.appointments
    const documents = document
      ? [...this.#own.documents.filter(({ id }) => id !== document.id), document]
      : this.#own.documents
    Object.assign(this.#own, { people, appointments, documents })
    mkdirSync(dirname(this.#file), { recursive: true })
    writeFileSync(`${this.#file}.new`, JSON.stringify(this.#own, null, 2), { mode: 0o600 })
    renameSync(`${this.#file}.new`, this.#file)
  }
}

interface Remembered {
  readonly person?: HospitalPerson
  readonly appointment?: BookedAppointment
  readonly document?: SentDocument
}

function read(file: string): z.infer<typeof page> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return { people: [], appointments: [], documents: [] }
  }
  try {
    return page.parse(JSON.parse(text))
  } catch {
    throw new NotInTheBook(`${file} cannot be read as the hospital's book. Delete it to begin a new one.`)
  }
}

export const fullName = ({ given = [], family = '' }: HospitalPerson): string => [...given, family].join(' ')
const described = (person: HospitalPerson) => `${fullName(person)} (${person.hospitalNumber})`

/** Small letters without accents, apostrophes or double spaces: how a name is looked for. */
const plain = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/[\u0300-\u036f'’]/g, '')
    .toLowerCase()
    .split(/[\s-]+/)
    .filter((word) => word !== '')
    .join(' ')
