import type { PortalProcess } from '../portal-process.ts'
import { chooses, opensAppointment } from './changing.ts'
import { comesHome } from './getting-in.ts'
import { type Hospital, onWeekday, type Person } from './hospital.ts'
import type { Visitor } from './visitor.ts'

/** A patient of a clinic where staff decide asks for another time. Answers the page of their appointment. */
export async function asksForAnotherTime(visitor: Visitor, portal: PortalProcess, hospital: Hospital, person: Person) {
  const clinic = {
    clinicCode: 'DER1',
    medium: 'VIDEO',
    clinician: 'Dr Mei Tan',
    startsAt: onWeekday(12, '16:00'),
  } as const
  await hospital.books(person, clinic)
  await comesHome(visitor, portal, person)
  const page = await opensAppointment(visitor, /Skin clinic/)
  await visitor.follows('Ask to change this appointment')
  await visitor.sees('Ask to change your appointment')
  await chooses(visitor, 'I cannot get there at that time')
  await visitor.presses('Continue')
  await visitor.sees('When you can come')
  await chooses(visitor, 'Monday')
  await visitor.types('Are there dates that do not suit you? (optional)', 'All of next week')
  await visitor.presses('Continue')
  await visitor.sees('Check your request')
  await visitor.presses('Send your request')
  await visitor.sees('Request sent')
  return page
}

/** From the overview of the desk to the request of a patient. */
export async function opensRequest(visitor: Visitor, name: string): Promise<string> {
  await visitor.follows('Requests')
  await visitor.sees('Requests: to answer')
  await visitor.follows(new RegExp(`^${name} `))
  await visitor.sees(new RegExp(`${name} .* asks for another time`))
  return new URL(visitor.page.url()).pathname
}
