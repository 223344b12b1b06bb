import { expect } from './journey.ts'
import type { Visitor } from './visitor.ts'

/** The free times on a page, as radio buttons. */
export const freeTimes = (visitor: Visitor) => visitor.page.locator('input[name="slot"]')

export const chooses = (visitor: Visitor, name: string) => visitor.page.getByLabel(name, { exact: true }).check()

/** From the page of an appointment to the page of free times. */
export async function asksForTimes(visitor: Visitor, detail = ''): Promise<void> {
  await visitor.follows('Change this appointment')
  await visitor.sees('Change your appointment')
  await chooses(visitor, 'Work, school or study')
  await visitor.types('Anything else we should know (optional)', detail)
  await visitor.presses('Continue')
  await visitor.sees('Choose a new time')
}

/** Chooses one of the free times, counted from the first, and answers its value. */
export async function choosesTime(visitor: Visitor, index: number): Promise<string> {
  const time = freeTimes(visitor).nth(index)
  await time.check()
  const value = await time.inputValue()
  await visitor.presses('Continue')
  await visitor.sees('Check your new time')
  return value
}

/** From home to the page of the one appointment that is still to be accepted. */
export async function opensAppointment(visitor: Visitor, clinic: RegExp): Promise<string> {
  await visitor.follows(/^Accept your appointment on/)
  await visitor.sees(clinic)
  return new URL(visitor.page.url()).pathname
}

/** The errors of a form: named on top, and each a step away from its input. */
export async function isTold(visitor: Visitor, ...problems: string[]): Promise<void> {
  await expect(visitor.page).toHaveTitle(/^Error: /)
  const summary = visitor.page.locator('.nhsuk-error-summary')
  for (const problem of problems) {
    const link = summary.getByRole('link', { name: problem, exact: true })
    const field = ((await link.getAttribute('href')) ?? '').slice(1)
    await expect(visitor.page.locator(`[id="${field}"]`)).toBeVisible()
  }
  await visitor.isWelcome()
}
