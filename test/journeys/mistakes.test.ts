import { asksForCode, codeAfter } from './getting-in.ts'
import { expect, test } from './journey.ts'
import type { Visitor } from './visitor.ts'

interface Typed {
  mobile?: string
  day?: string
  month?: string
  year?: string
}

async function sends(visitor: Visitor, { mobile = '', day = '', month = '', year = '' }: Typed): Promise<void> {
  await visitor.types('Mobile number', mobile)
  await visitor.types('Day', day)
  await visitor.types('Month', month)
  await visitor.types('Year', year)
  await visitor.presses('Continue')
}

const known = { mobile: '07700 900 123', day: '31', month: '1', year: '1980' }
const mistakes: [string, Typed, Record<string, string>][] = [
  ['nothing at all', {}, { 'Enter your mobile number': 'contact', 'Enter your date of birth': 'born-on-day' }],
  ['no month', { ...known, month: '' }, { 'Date of birth must include a month': 'born-on-month' }],
  ['a year of two digits', { ...known, year: '80' }, { 'Year must include 4 numbers': 'born-on-year' }],
  ['30 February', { ...known, day: '30', month: 'Feb' }, { 'Date of birth must be a real date': 'born-on-day' }],
  ['a day to come', { ...known, year: '2999' }, { 'Date of birth must be in the past': 'born-on-day' }],
  ['month 13', { ...known, month: '13' }, { 'Date of birth must be a real date': 'born-on-day' }],
  [
    'a number that is no mobile',
    { ...known, mobile: '020 7946 0000' },
    { 'Enter a UK mobile number, like 07700 900 123.': 'contact' },
  ],
]

test('The log-in page says what is wrong, links to it, and keeps what was typed', async ({
  visitor,
  javaScriptEnabled,
}) => {
  for (const [what, typed, problems] of mistakes)
    await test.step(what, async () => {
      await visitor.opens('/log-in')
      await sends(visitor, typed)
      await expect(visitor.page).toHaveTitle(/^Error: Log in – /)
      const summary = visitor.page.locator('.nhsuk-error-summary')
      await expect(summary.getByRole('heading', { name: 'There is a problem' })).toBeVisible()
      await expect(summary.getByRole('link')).toHaveText(Object.keys(problems))
      if (javaScriptEnabled) await expect(summary).toBeFocused()
      await visitor.sees('Log in')
      for (const [message, field] of Object.entries(problems)) {
        await summary.getByRole('link', { name: message }).click()
        const input = visitor.page.locator(`#${field}`)
        await expect(input).toHaveAttribute('aria-invalid', 'true')
        if (javaScriptEnabled) await expect(input).toBeFocused()
        else await expect(visitor.page).toHaveURL(new RegExp(`#${field}$`))
        await expect(visitor.page.locator('.nhsuk-error-message', { hasText: message })).toBeVisible()
      }
      const { mobile = '', day = '', month = '', year = '' } = typed
      for (const [label, value] of Object.entries({ 'Mobile number': mobile, Day: day, Month: month, Year: year }))
        await expect(visitor.page.getByLabel(label)).toHaveValue(value)
    })
})

test('Mobile numbers, months and codes may be written in many ways', async ({ visitor, portal, hospital }) => {
  const person = await hospital.aPerson({ bornOn: '1992-02-29' })
  const ways = [person.mobile.replace(/^0/, '+44 (0) '), person.mobile.replace(/^0(\d{4})/, '0044 $1-')]
  for (const mobile of ways)
    await codeAfter(portal, person.mobile, async () => {
      await visitor.opens('/log-in')
      await sends(visitor, { mobile, day: '29', month: 'february', year: '1992' })
      await visitor.sees('Check your phone')
    })
})

test('A code with a letter in it, or none, is asked for again', async ({ visitor, portal, hospital }) => {
  const person = await hospital.aPerson()
  await visitor.opens('/log-in')
  await codeAfter(portal, person.mobile, () => asksForCode(visitor, person))
  for (const [typed, message] of [
    ['', 'Enter your security code'],
    ['12345', 'Security code must be 6 numbers'],
    ['I2345O', 'Security code must be 6 numbers'],
  ] as const) {
    await visitor.types('Security code', typed)
    await visitor.presses('Continue')
    await expect(visitor.page.getByRole('link', { name: message })).toHaveAttribute('href', '#code')
    await expect(visitor.page).toHaveTitle(/^Error: Check your phone/)
    await expect(visitor.page.getByLabel('Security code')).toHaveValue(typed)
    await visitor.sees('Check your phone')
  }
})

test('Whoever opens the code page without having asked for a code is shown the way', async ({ visitor }) => {
  await visitor.opens('/log-in/code')
  await visitor.sees('Log in again')
  await visitor.reads('You have not started to log in, or it was too long ago.')
  await visitor.presses('Log in')
  await visitor.sees('Log in')
  await visitor.opens('/log-in/nhs-number')
  await visitor.sees('Log in')
})
