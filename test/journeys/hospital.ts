import { expect } from '@playwright/test'
import { bookAppointment, registerPatient, sendHl7, type HospitalAppointment } from '../../feeds/main.ts'
import { londonInstant } from '../../subgraphs/runtime/london.ts'
import { plusWeekdays, today } from '../../scripts/demonstration/calendar.ts'
import type { PortalProcess } from '../portal-process.ts'

/** What a person types to log in, and what the hospital knows besides. */
export interface Person {
  hospitalNumber: string
  given: string
  bornOn: string
  mobile: string
  email: string
  nhsNumber?: string
}

/** The hospital of a portal: it registers people and books for them, by HL7. */
export class Hospital {
  readonly #portal: PortalProcess
  #count = 0
  #bookings = 0

  constructor(portal: PortalProcess) {
    this.#portal = portal
  }

  /** A person nobody else is. The numbers are from the range that is kept for invented people. */
  async aPerson(facts: Partial<Person> & { deceased?: boolean } = {}): Promise<Person> {
    const number = (this.#count += 1)
    const person = {
      hospitalNumber: `J${number}`,
      given: 'Zephyrine',
      bornOn: '1980-01-31',
      mobile: `07700900${100 + number}`,
      email: `zephyrine.${number}@example.com`,
      ...facts,
    }
    const { given, ...rest } = person
    await this.#send(registerPatient({ ...rest, given: [given], family: 'Quillfeather' }, this.#envelope()))
    return person
  }

  /** Books an appointment, ten weekdays from now unless it is said otherwise. Answers the hospital's id of it. */
  async books(person: Person, facts: Partial<HospitalAppointment> = {}): Promise<string> {
    const id = `JB-${(this.#bookings += 1)}`
    const startsAt = onWeekday(10, '10:30')
    const appointment = { id, clinicCode: 'EYE1', startsAt, minutes: 30, clinician: 'Dr Priya Shah', ...facts }
    await this.#send(bookAppointment({ hospitalNumber: person.hospitalNumber }, appointment, this.#envelope()))
    return appointment.id
  }

  async #send(message: string): Promise<void> {
    const address = { host: '127.0.0.1', port: this.#portal.place.ports.HL7_PORT }
    const { code, lines } = await sendHl7(address, message)
    expect(code, lines.join('\n')).toBe('AA')
  }

  #envelope = () => ({ at: new Date(), facility: 'RWG' })
}

/** A time on a weekday so many weekdays from now, or before now. */
export const onWeekday = (days: number, time: string) => londonInstant(plusWeekdays(today(), days), time)
