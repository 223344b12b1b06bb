import { asksForCode, codeAfter, codesTo, international, logsIn, otherThan, typesDateOfBirth } from './getting-in.ts'
import { expect, test } from './journey.ts'

test('The log-in page switches to e-mail and keeps the date of birth', async ({ visitor, portal, hospital }) => {
  const person = await hospital.aPerson()
  await visitor.opens('/log-in')
  await visitor.sees('Log in')
  await expect(visitor.page.getByLabel('Mobile number')).toHaveAttribute('autocomplete', 'tel')
  await typesDateOfBirth(visitor, person.bornOn)
  await visitor.presses('Use your email address instead')
  await expect(visitor.page.getByLabel('Email address')).toHaveAttribute('autocomplete', 'email')
  for (const [part, value] of [
    ['Day', '31'],
    ['Month', '1'],
    ['Year', '1980'],
  ] as const)
    await expect(visitor.page.getByLabel(part)).toHaveValue(value)

  await visitor.types('Email address', ` ${person.email.toUpperCase()} `)
  const code = await codeAfter(portal, person.email, async () => {
    await visitor.presses('Continue')
    await visitor.sees('Check your email')
  })
  expect(portal.messagesTo(international(person.mobile))).toEqual([])
  await expect(visitor.page.getByText('Not received an email?')).toBeVisible()
  await visitor.types('Security code', code)
  await visitor.presses('Continue')
  await visitor.sees('Hello, Zephyrine')
})

test('A wrong code can be put right, and the fifth wrong one needs a new code', async ({
  visitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson()
  await visitor.opens('/log-in')
  const code = await codeAfter(portal, person.mobile, () => asksForCode(visitor, person))
  const box = visitor.page.getByLabel('Security code')
  await expect(box).toHaveAttribute('inputmode', 'numeric')
  await expect(box).toHaveAttribute('autocomplete', 'one-time-code')

  const trouble = visitor.page.getByRole('alert')
  for (const message of [...Array<string>(4).fill('The security code is not right.'), 'wrong too many times']) {
    await visitor.types('Security code', otherThan(code))
    await visitor.presses('Continue')
    await expect(trouble).toContainText(message)
    await expect(visitor.page).toHaveTitle(/^Error: /)
    await expect(box).toHaveValue(otherThan(code))
  }
  await visitor.types('Security code', code)
  await visitor.presses('Continue')
  await expect(trouble).toContainText('Ask for a new code.')

  await expect(visitor.page.getByRole('button', { name: 'Send a new code' })).toBeVisible()
  const newest = await codeAfter(portal, person.mobile, () => visitor.presses('Send a new code'))
  await visitor.reads('We have sent a new code. Only the newest code works.')
  await visitor.types('Security code', newest)
  await visitor.presses('Continue')
  await visitor.sees('Hello, Zephyrine')
})

test('A code that did not come is sent again with nothing typed again, and only the newest works', async ({
  visitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson()
  await visitor.opens('/log-in')
  const first = await codeAfter(portal, person.mobile, () => asksForCode(visitor, person))
  await visitor.page.getByText('Not received a text message?').click()
  const second = await codeAfter(portal, person.mobile, () => visitor.presses('Send a new code'))
  await visitor.reads('We have sent a new code.')
  if (first !== second) {
    await visitor.types('Security code', first)
    await visitor.presses('Continue')
    await expect(visitor.page.getByRole('alert')).toContainText('The security code is not right.')
  }
  await visitor.types('Security code', ` ${second.slice(0, 3)}-${second.slice(3)} `)
  await visitor.presses('Continue')
  await visitor.sees('Hello, Zephyrine')
})

test('A code is over once a newer one was asked for on another device, and the page offers to send a new one', async ({
  visitor,
  anotherVisitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson()
  await visitor.opens('/log-in')
  const code = await codeAfter(portal, person.mobile, () => asksForCode(visitor, person))
  const elsewhere = await anotherVisitor()
  await elsewhere.opens('/log-in')
  await codeAfter(portal, person.mobile, () => asksForCode(elsewhere, person))

  await visitor.types('Security code', code)
  await visitor.presses('Continue')
  const problem = visitor.page.getByRole('link', { name: 'This security code has expired. Ask for a new code.' })
  await expect(problem).toHaveAttribute('href', '#send-again')
  const newest = await codeAfter(portal, person.mobile, () => visitor.presses('Send a new code'))
  await visitor.types('Security code', newest)
  await visitor.presses('Continue')
  await visitor.sees('Hello, Zephyrine')
})

test('The fourth code within 15 minutes is not sent: a page says when to try again and whom to phone', async ({
  visitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson()
  await visitor.opens('/log-in')
  await codeAfter(portal, person.mobile, () => asksForCode(visitor, person))
  for (let again = 0; again < 2; again += 1) {
    await visitor.page.getByText('Not received a text message?').click()
    await codeAfter(portal, person.mobile, () => visitor.presses('Send a new code'))
    await visitor.reads('We have sent a new code.')
  }
  await visitor.page.getByText('Not received a text message?').click()
  await visitor.presses('Send a new code')
  await visitor.sees('You cannot log in for now')
  await visitor.reads(/at (midnight|midday|\d+(:\d\d)?[ap]m)\./, 'Appointments team', '020 7946 0100')
  expect(codesTo(portal, person.mobile)).toHaveLength(3)

  await visitor.follows('try again')
  await visitor.sees('Log in')
  await visitor.types('Mobile number', person.mobile)
  await typesDateOfBirth(visitor, person.bornOn)
  await visitor.presses('Continue')
  await visitor.sees('You cannot log in for now')
})

test('Two people on one mobile each come to their own record', async ({ visitor, portal, hospital }) => {
  const one = await hospital.aPerson({ given: 'Bertrand', bornOn: '1947-11-30' })
  const other = await hospital.aPerson({ given: 'Marigold', bornOn: '1950-02-14', mobile: one.mobile })
  await visitor.opens('/log-in')
  await logsIn(visitor, portal, one)
  await visitor.sees('Hello, Bertrand')
  await visitor.presses('Log out')
  await visitor.sees('You have logged out')
  await visitor.opens('/log-in')
  await logsIn(visitor, portal, other)
  await visitor.sees('Hello, Marigold')
  await visitor.doesNotRead('Bertrand')
})

test('Twins with the same mobile are told apart by the NHS number, and no name is shown', async ({
  visitor,
  portal,
  hospital,
}) => {
  const one = await hospital.aPerson({ given: 'Castor', nhsNumber: '9990621624' })
  await hospital.aPerson({ given: 'Pollux', nhsNumber: '9990705712', mobile: one.mobile })
  await visitor.opens('/log-in')
  await logsIn(visitor, portal, one)
  await visitor.sees('Your NHS number')
  await visitor.doesNotRead('Castor', 'Pollux')

  await visitor.presses('Continue')
  await expect(visitor.page.getByRole('alert')).toContainText('Enter the last 4 digits of your NHS number')
  await visitor.types('Last 4 digits of your NHS number', '0000')
  await visitor.presses('Continue')
  await expect(visitor.page.getByRole('alert')).toContainText('These are not the last 4 digits')
  await visitor.types('Last 4 digits of your NHS number', '999 062 1624')
  await visitor.presses('Continue')
  await visitor.sees('Hello, Castor')
})

test('Three wrong NHS numbers end the log in with a phone number', async ({ visitor, portal, hospital }) => {
  const one = await hospital.aPerson({ given: 'Castor', nhsNumber: '9990746222' })
  await hospital.aPerson({ given: 'Pollux', nhsNumber: '9990788138', mobile: one.mobile })
  await visitor.opens('/log-in')
  await logsIn(visitor, portal, one)
  await visitor.sees('Your NHS number')
  for (let wrong = 1; wrong <= 3; wrong += 1) {
    await visitor.types('Last 4 digits of your NHS number', `000${wrong}`)
    await visitor.presses('Continue')
    await visitor.sees(wrong < 3 ? 'Your NHS number' : 'Log in again')
  }
  await visitor.reads('We could not log you in.', 'Patient Portal support', '020 7946 0102')
})
