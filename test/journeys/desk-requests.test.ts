import type { PortalProcess } from '../portal-process.ts'
import { chooses, isTold, opensAppointment } from './changing.ts'
import { comesHome } from './getting-in.ts'
import { type Hospital, onWeekday, type Person } from './hospital.ts'
import { expect, test } from './journey.ts'
import { aStaffMember, comesToDesk } from './staff.ts'
import type { Visitor } from './visitor.ts'

/** A patient of a clinic where staff decide asks for another time. Answers the page of their appointment. */
async function asksForAnotherTime(visitor: Visitor, portal: PortalProcess, hospital: Hospital, person: Person) {
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
async function opensRequest(visitor: Visitor, name: string): Promise<string> {
  await visitor.follows('Requests')
  await visitor.sees('Requests: to answer')
  await visitor.follows(new RegExp(`^${name} `))
  await visitor.sees(new RegExp(`${name} .* asks for another time`))
  return new URL(visitor.page.url()).pathname
}

test(
  'Staff take a request, agree to it with a free time, and the patient comes at that time',
  { tag: ['@computer', '@thread'] },
  async ({ visitor, anotherVisitor, portal, hospital }) => {
    const person = await hospital.aPerson({ given: 'Agatha' })
    const page = await asksForAnotherTime(visitor, portal, hospital, person)
    const staff = await anotherVisitor()
    await comesToDesk(staff, await aStaffMember(portal))
    const request = await opensRequest(staff, 'Agatha')
    await staff.reads('I cannot get there at that time', 'Monday', 'All of next week', 'Skin clinic', 'Dr Mei Tan')
    await staff.reads('31 January 1980', person.hospitalNumber, person.email, 'Nobody works on this request.')
    await expect(staff.page.locator(`a[href="tel:+44${person.mobile.slice(1)}"]`)).toBeVisible()
    await staff.opens(`${request}/agree`)
    await staff.sees(/Agatha .* asks for another time/)

    await staff.presses('Take this request')
    await staff.reads('You took this request on', 'Taken by Rowan Ellis')
    await staff.presses('Agree: choose a time')
    await staff.sees(/Choose a time/)
    await staff.presses('Continue')
    await isTold(staff, 'Choose a time for the appointment')
    await staff.page.locator('input[name="slot"]').nth(3).check()
    await staff.presses('Continue')
    await staff.sees(/Check the new time/)
    await staff.types('Message to the patient (optional)', 'x'.repeat(501))
    await staff.presses('Move the appointment')
    await isTold(staff, 'Message must be 500 characters or fewer. It has 501 now')
    await staff.types('Message to the patient (optional)', 'Please have good light.')
    const newTime = (await staff.page.getByRole('definition').last().textContent()) ?? ''
    await staff.presses('Move the appointment')
    await staff.sees(/Agatha .* asks for another time/)
    await staff.reads('Agreed', 'The patient is told.', 'Please have good light.', newTime.replace(/ at .*/, ''))
    await staff.opens('/desk/requests?status=agreed')
    await staff.reads('Agatha')

    await visitor.opens(page)
    await visitor.reads(newTime.replace(/ at .*/, ''), 'Please have good light.')
  },
)

test('Staff refuse a request with a reason, which the patient reads', async ({
  visitor,
  anotherVisitor,
  portal,
  hospital,
}) => {
  const page = await asksForAnotherTime(visitor, portal, hospital, await hospital.aPerson({ given: 'Bertram' }))
  const staff = await anotherVisitor()
  await comesToDesk(staff, await aStaffMember(portal))
  await opensRequest(staff, 'Bertram')
  await staff.presses('Take this request')
  await staff.presses('Refuse')
  await staff.sees(/Refuse the request/)
  await staff.presses('Refuse the request')
  await isTold(staff, 'Enter the reason, for the patient')
  await staff.types('Reason, for the patient', 'This clinic is only on Thursdays.')
  await staff.presses('Refuse the request')
  await staff.reads('Refused', 'This clinic is only on Thursdays.')
  await visitor.opens(page)
  await visitor.reads('This clinic is only on Thursdays.')
})

test('Two of the staff cannot take one request, and who put it back no longer answers it', async ({
  visitor,
  anotherVisitor,
  portal,
  hospital,
}) => {
  await asksForAnotherTime(visitor, portal, hospital, await hospital.aPerson({ given: 'Clementine' }))
  const [one, other] = [await anotherVisitor(), await anotherVisitor()]
  await comesToDesk(one, await aStaffMember(portal, 'Nadia First'))
  await comesToDesk(other, await aStaffMember(portal, 'Oliver Second'))
  const request = await opensRequest(one, 'Clementine')
  await opensRequest(other, 'Clementine')
  await one.presses('Take this request')
  await one.reads('You took this request on')
  await other.presses('Take this request')
  await other.reads('Not done', 'Nadia First took this request')
  await other.opens(`${request}/refuse`)
  await other.reads('Nadia First took this request')

  const tab = await one.context.newPage()
  await tab.goto(`${request}/refuse`)
  await one.presses('Put it back')
  await one.reads('Nobody works on this request.')
  await other.opens(request)
  await other.presses('Take this request')
  await other.reads('You took this request on')
  await tab.getByLabel('Reason, for the patient').fill('Too late by now.')
  await tab.getByRole('button', { name: 'Refuse the request' }).click()
  await expect(tab.getByRole('heading', { level: 1 })).toHaveText('Your answer was not sent')
  await expect(tab.getByRole('main')).toContainText('Too late by now.')
})

test('A form that is sent twice is one act, and after the log out none', async ({
  visitor,
  anotherVisitor,
  portal,
  hospital,
}) => {
  await asksForAnotherTime(visitor, portal, hospital, await hospital.aPerson({ given: 'Dorothea' }))
  const staff = await anotherVisitor()
  await comesToDesk(staff, await aStaffMember(portal))
  const request = await opensRequest(staff, 'Dorothea')
  const key = await staff.page.locator('form[action="?/claim"] input[name="form-key"]').inputValue()
  const send = async () => {
    const answer = await staff.context.request.post(`${request}?/claim`, {
      form: { 'form-key': key },
      headers: { origin: portal.url, accept: 'text/html' },
      maxRedirects: 0,
    })
    return [answer.status(), answer.headers()['location']]
  }
  expect(await Promise.all([send(), send(), send()])).toEqual(Array(3).fill([303, request]))
  await staff.opens(request)
  await expect(staff.main.getByText('Taken by Rowan Ellis')).toHaveCount(1)

  const [cookie] = await staff.context.cookies()
  await staff.presses('Log out')
  await staff.sees('You have logged out')
  if (cookie) await staff.context.addCookies([cookie])
  expect(await send()).toEqual([303, `/desk/log-in?return=${encodeURIComponent(request)}`])
})
