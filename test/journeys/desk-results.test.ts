import { plusDays } from '../../subgraphs/runtime/london.ts'
import { today } from '../../scripts/demonstration/calendar.ts'
import { isTold } from './changing.ts'
import { inWords } from './dates.ts'
import { comesHome, international, logsIn } from './getting-in.ts'
import { expect, test } from './journey.ts'
import { reports, writesPdf } from './laboratory.ts'
import { opensResult, xray } from './results-at-desk.ts'
import { aClinician, comesToDesk, aStaffMember } from './staff.ts'
import type { Visitor } from './visitor.ts'

async function typesLastDay(visitor: Visitor, date: string): Promise<void> {
  const [year = '', month = '', day = ''] = date.split('-')
  await visitor.types('Day', String(Number(day)))
  await visitor.types('Month', String(Number(month)))
  await visitor.types('Year', year)
}

test(
  'A clinician holds a report, releases it, and its patient is told and reads it, until it is taken back',
  { tag: ['@computer', '@thread'] },
  async ({ visitor, anotherVisitor, portal, hospital }) => {
    const person = await hospital.aPerson({ given: 'Hortensia' })
    await reports(portal, person)
    const staff = await anotherVisitor()
    await comesToDesk(staff, await aClinician(portal, 'Nadia First'))
    const page = await opensResult(staff, 'Hortensia')
    await staff.reads('The heart is of normal size.', '31 January 1980', person.hospitalNumber, 'Dr Priya Shah')
    await staff.reads('It is a report in words', 'or by themselves after 14 days', 'Received from the hospital')

    await staff.presses('Hold until a day')
    await staff.sees('Hold the result')
    await staff.presses('Hold the result')
    await isTold(staff, 'Enter the date until which you hold the result', 'Enter the reason, for colleagues')
    await typesLastDay(staff, '2020-02-01')
    await staff.types('Reason, for colleagues', 'I phone her on Friday.')
    await staff.presses('Hold the result')
    // It opens by itself on the last day to which it can be held, and a hold is no way to open it sooner.
    const lastDay = plusDays(today(), 14)
    const opens = plusDays(lastDay, 1)
    await staff.reads(`Today it can be held until ${inWords(lastDay)} only.`)
    await isTold(staff, `The date must be ${inWords(lastDay)} or later`)
    await expect(staff.page.getByLabel('Year')).toHaveValue('2020')
    await expect(staff.page.getByLabel('Reason, for colleagues')).toHaveValue('I phone her on Friday.')
    await typesLastDay(staff, lastDay)
    await staff.presses('Hold the result')
    await staff.sees(new RegExp(xray))
    await staff.reads('The result is held', 'A clinician holds it', 'Held by Nadia First', 'I phone her on Friday.')
    await staff.reads(`By itself on ${inWords(opens)}`)
    expect(portal.messagesTo(international(person.mobile))).toEqual([])
    await staff.presses('Hold until another day')
    await staff.sees('You cannot hold this result for longer today')
    await staff.reads(`It opens by itself on ${inWords(opens)}.`, 'To open it sooner, release it.')
    await staff.presses('Back to the result')

    await staff.presses('Release now')
    await staff.sees('Check before you release')
    await staff.reads('Hortensia Quillfeather', '31 January 1980')
    await staff.presses('Release the result')
    await staff.sees(new RegExp(xray))
    await staff.reads('The result is released', 'Open to the patient', 'Released by Nadia First')

    const texts = () => portal.messagesTo(international(person.mobile)).map(({ body }) => body)
    await expect.poll(texts).toEqual([expect.stringContaining('the hospital has something new for you to read')])
    await visitor.opens(/https?:\S+/.exec(texts()[0] ?? '')?.[0] ?? '')
    await logsIn(visitor, portal, person)
    await visitor.sees(new RegExp(xray))
    await visitor.reads('The heart is of normal size.')
    const read = visitor.page.url()

    await staff.presses('Take back')
    await staff.sees('Take back the result')
    await staff.presses('Take back the result')
    await isTold(staff, 'Enter the reason, for colleagues')
    await staff.types('Reason, for colleagues', 'The report is of another patient.')
    await staff.presses('Take back the result')
    await staff.sees(new RegExp(xray))
    await staff.reads(
      'The result is taken back',
      'Only when a clinician releases it',
      'The report is of another patient.',
    )
    expect(new URL(staff.page.url()).pathname).toBe(page)
    await visitor.opens(read)
    await visitor.doesNotRead('The heart is of normal size.')
  },
)

test('Of two clinicians who decide on one result the second is told, and nothing of theirs is lost', async ({
  anotherVisitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson({ given: 'Ignatius' })
  const order = await reports(portal, person)
  const [one, other] = [await anotherVisitor(), await anotherVisitor()]
  await comesToDesk(one, await aClinician(portal, 'Nadia First'))
  await comesToDesk(other, await aClinician(portal, 'Oliver Second'))
  const page = await opensResult(one, 'Ignatius')
  await opensResult(other, 'Ignatius')
  await other.presses('Hold until a day')
  await other.sees('Hold the result')
  await typesLastDay(other, plusDays(today(), 14))
  await other.types('Reason, for colleagues', 'He asked to be phoned.')
  await one.presses('Release now')
  await one.sees('Check before you release')

  // The laboratory corrects it while both of them think.
  await reports(portal, person, { orderNumber: order, status: 'C' })
  await one.presses('Release the result')
  await one.sees('The result was not released')
  await one.reads('This result has changed since you opened the page')
  await other.presses('Hold the result')
  await other.sees('The result is not held')
  await other.reads('You wrote:', 'He asked to be phoned.')

  await one.presses('See how the result stands')
  await one.reads('Corrected by the hospital')
  await one.presses('Release now')
  await one.presses('Release the result')
  await one.reads('The result is released')
  await other.opens(`${page}/release?steps=2`)
  await other.reads('This result has changed since you read it', 'Released by Nadia First')
})

test('What is critical waits on top of the overview of clinicians, and other staff see nothing of it', async ({
  visitor,
  anotherVisitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson({ given: 'Josephine' })
  const values = [
    {
      test: { code: '718-7', name: 'Haemoglobin', system: 'LN' },
      value: '61',
      unit: 'g/L',
      range: '115-165',
      flag: 'LL',
    },
  ] as const
  const panel = { code: '58410-2', name: 'Full blood count', system: 'LN' } as const
  await reports(portal, person, { panel, department: 'HM', report: [], values })
  await comesToDesk(visitor, await aClinician(portal))
  await expect(visitor.main.getByRole('listitem').filter({ hasText: 'Results to release' })).toContainText(
    /\d+ alarms?/,
  )
  const rows = visitor.main.getByRole('table', { name: /^Results to release/ }).getByRole('row')
  await expect(rows.nth(1)).toContainText(/A value is flagged as critical.*Critical value, came today/s)
  await expect(rows.filter({ hasText: 'Josephine Quillfeather' })).toContainText('Critical value, came today')
  await visitor.follows('Results')
  await visitor.follows('Full blood count of Josephine Quillfeather')
  await visitor.reads('A value is flagged as critical', 'Haemoglobin', '61 g/L', '115-165', 'Critically low')
  await expect(visitor.page.getByRole('button', { name: 'Hold until a day' })).toHaveCount(0)
  const { pathname } = new URL(visitor.page.url())

  const clerk = await anotherVisitor()
  await comesToDesk(clerk, await aStaffMember(portal))
  await clerk.doesNotRead('Results to release', 'Josephine')
  const ofResult = [pathname, `${pathname}/pdf`, `${pathname}/release?steps=1`]
  for (const address of ['/desk/results', '/desk/results/released', ...ofResult]) {
    expect(await clerk.opens(address)).toBe(403)
    await clerk.sees('You cannot see this page')
    await clerk.doesNotRead('Josephine', 'Haemoglobin')
  }
})

test('Who decides on a result knows that a PDF came with it which nobody is shown, and why', async ({
  visitor,
  anotherVisitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson({ given: 'Leocadia' })
  await reports(portal, person, { pdf: Buffer.from('This is no PDF at all.').toString('base64') })
  await comesToDesk(visitor, await aClinician(portal))
  await opensResult(visitor, 'Leocadia')
  await visitor.reads('The PDF is withheld', 'It is not a PDF.', 'may not be the whole result')
  await expect(visitor.page.getByRole('link', { name: /^Download/ })).toHaveCount(0)
  await visitor.presses('Release now')
  await visitor.sees('Check before you release')
  await visitor.reads('Withheld: it did not pass the checks')
  await visitor.presses('Release the result')
  await visitor.reads('The result is released', 'The PDF is withheld')

  const patient = await anotherVisitor()
  await comesHome(patient, portal, person)
  await patient.follows(/^Read your test result/)
  await patient.reads('The heart is of normal size.', 'did not pass our safety checks')
})

test('A file that does not pass the checks stands at the desk, with what to do about it', async ({
  visitor,
  anotherVisitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson({ given: 'Kassandra' })
  const id = await writesPdf(portal, person, 'This is no PDF at all.')
  await comesToDesk(visitor, await aStaffMember(portal))
  await expect(visitor.main.getByRole('link', { name: /^[1-9]\d* Withheld PDFs$/ })).toBeVisible()
  await visitor.follows('Withheld PDFs')
  await visitor.sees('Withheld PDFs')
  const card = visitor.main.getByRole('article', { name: 'Kassandra Quillfeather' })
  await expect(card).toContainText('It is not a PDF')
  await expect(card).toContainText(id)
  const patient = await anotherVisitor()
  await comesHome(patient, portal, person)
  await patient.opens('/letters-and-results')
  await patient.reads('Clinic letter')
})
