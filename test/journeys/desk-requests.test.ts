import { asksForAnotherTime, opensRequest } from './asking-staff.ts'
import { isTold } from './changing.ts'
import { expect, test } from './journey.ts'
import { aStaffMember, comesToDesk } from './staff.ts'

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

  await one.opens(request)
  await one.reads('Oliver Second took this request', 'If they cannot, put it back.')
  await one.presses('Put it back')
  await one.reads('Nobody works on this request.', 'Put back by Nadia First')
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
  await staff.presses('Take this request')
  await staff.reads('You took this request on')
  const key = await staff.page.locator('form[action="?/release"] input[name="form-key"]').inputValue()
  const send = async () => {
    const answer = await staff.context.request.post(`${request}?/release`, {
      form: { 'form-key': key },
      headers: { origin: portal.url, accept: 'text/html' },
      maxRedirects: 0,
    })
    return [answer.status(), answer.headers()['location']]
  }
  expect(await Promise.all([send(), send(), send()])).toEqual(Array(3).fill([303, request]))
  await staff.opens(request)
  await expect(staff.main.getByText('Put back by Rowan Ellis')).toHaveCount(1)

  const [cookie] = await staff.context.cookies()
  await staff.presses('Log out')
  await staff.sees('You have logged out')
  if (cookie) await staff.context.addCookies([cookie])
  expect(await send()).toEqual([303, `/desk/log-in?return=${encodeURIComponent(request)}`])
})
