import { readFile } from 'node:fs/promises'
import { people } from '../../scripts/demonstration/people.ts'
import { bloodCount } from './blood-count.ts'
import { inWords } from './dates.ts'
import { codeAfter, comesHome, typesDateOfBirth } from './getting-in.ts'
import { expect, test } from './journey.ts'
import { reports, writes, writesPdf } from './laboratory.ts'
import type { Visitor } from './visitor.ts'

const entries = (visitor: Visitor) => visitor.main.getByRole('listitem')

test(
  'A test result is new until it is read: each value in words, beside its usual range, and over time',
  { tag: '@computer' },
  async ({ visitor, portal, hospital }) => {
    const person = await hospital.aPerson()
    await reports(portal, person, bloodCount(200, '<80', 'L'))
    await reports(portal, person, bloodCount(90, '101', 'L'))
    const order = await reports(portal, person, bloodCount(2, '131', 'N'))
    await comesHome(visitor, portal, person)
    await visitor.reads('Read your test result: Full blood count', '3 unread')

    await visitor.follows('Letters and results')
    await visitor.sees('Letters and test results')
    await expect(entries(visitor).filter({ hasText: 'Unread' })).toHaveCount(3)
    await visitor.follows('Full blood count')
    await visitor.sees(/Test result, West Hertfordshire.*Full blood count/s)
    await visitor.reads(
      '131 g/L',
      'In the usual range',
      'Usual range: 115 to 165 g/L',
      '1450 x10⁹/L',
      'Higher than usual',
    )
    await visitor.reads('The laboratory marked 1 of these 4 values as unusual: Platelets.', '<5 mg/L')
    await visitor.reads('About 1 in 20 healthy people', 'Call 111', 'Call 999', 'The value before was 101 g/L')
    for (const picture of [
      'A number line. The value is 131 g/L. The usual range is 115 to 165 g/L.',
      'A number line. The value is less than 5 mg/L. The usual range is less than 5 mg/L.',
      'A number line. The value is 1450 x10⁹/L. The usual range is 150 to 400 x10⁹/L. The value lies further out than the line goes.',
    ])
      await expect(visitor.page.getByRole('img', { name: picture, exact: true })).toBeVisible()

    await visitor.page.emulateMedia({ media: 'print' })
    const unusual = visitor.page.getByRole('link', { name: 'Platelets' })
    const printedAfter = await unusual.evaluate((link) => {
      return link.ownerDocument.defaultView?.getComputedStyle(link, '::after').content
    })
    expect(printedAfter, 'the address of a part of the page').toBe('none')
    await expect(visitor.page.getByText('In an emergency, call 999.')).toBeVisible()
    const whose = visitor.page.getByText(/^Patient: .+Date of birth: .+NHS number: .+Hospital number: /s)
    await expect(whose).toBeVisible()
    await visitor.page.emulateMedia({ media: 'screen' })
    await expect(whose).toBeHidden()

    await visitor.follows('See 3 values over time for Haemoglobin')
    await visitor.sees('Haemoglobin over time')
    await expect(
      visitor.page.getByRole('img', { name: /^A chart of 3 values of Haemoglobin, from less than 80/ }),
    ).toBeVisible()
    await visitor.reads('<80 g/L', '101 g/L', '131 g/L', '(this result)', 'the line to it is broken')
    await visitor.follows('Back to this result')
    await visitor.follows('Back to your letters and results')
    await expect(entries(visitor).filter({ hasText: 'Unread' })).toHaveCount(2)

    await reports(portal, person, { ...bloodCount(2, '113', 'L'), orderNumber: order, status: 'C' })
    await visitor.follows('Letters and results')
    await expect(entries(visitor).filter({ hasText: 'Corrected' })).toContainText('Unread')
    await visitor.follows('Full blood count')
    await visitor.reads('113 g/L', 'The hospital corrected this on', 'Lower than usual')
    await reports(portal, person, { ...bloodCount(2, '113', 'L'), orderNumber: order, status: 'X' })
    await visitor.page.reload()
    await visitor.sees(/This result was withdrawn/)
    await visitor.doesNotRead('113 g/L')
  },
)

test('A result that waits says that it is there, and nothing of what it says', async ({
  visitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson()
  await reports(portal, person)
  await comesHome(visitor, portal, person)
  await visitor.doesNotRead('unread')
  await visitor.follows('Letters and results')
  await visitor.sees('Letters and test results')
  await visitor.reads('Not open yet', 'You can read it by')
  await visitor.follows('Test result')
  await visitor.sees(/You cannot read this result yet/)
  await visitor.reads('at the latest', 'You do not need to do anything', 'Call 111')
  await visitor.doesNotRead('X-ray', 'heart', 'Download')
  const [, id] = /results\/(.+)$/.exec(visitor.page.url()) ?? []
  await visitor.opens(`/results/${id}/pdf`)
  await visitor.sees(/You cannot read this result yet/)
})

test('A letter is read on the page, in large print, and as a file that says what the page says', async ({
  visitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson()
  const sections = [
    { heading: 'Diagnoses', items: ['Worn cartilage in the right knee'] },
    { heading: 'Plan and requested actions', paragraphs: ['Exercise every day.\nSee you in 6 months.'] },
  ]
  await writes(portal, person, { title: 'Knee clinic letter', author: 'Miss Ruth Adeyemi', sections })
  await comesHome(visitor, portal, person)
  await visitor.follows('Read your clinic letter: Knee clinic letter')
  await visitor.sees(/Clinic letter, West Hertfordshire.*Knee clinic letter/s)
  await visitor.reads('Written by Miss Ruth Adeyemi', 'Worn cartilage in the right knee', 'See you in 6 months.')
  for (const name of [/^Download \(PDF\)$/, /^Download in large print/]) {
    const downloading = visitor.page.waitForEvent('download')
    await visitor.page.getByRole('link', { name }).click()
    const file = await downloading
    expect(file.suggestedFilename()).toMatch(/^clinic-letter-[\w-]+\.pdf$/)
    expect((await readFile(await file.path())).subarray(0, 5).toString()).toBe('%PDF-')
  }
  const size = () =>
    visitor.page
      .getByText('Exercise every day.')
      .evaluate((words) => words.ownerDocument.defaultView?.getComputedStyle(words).fontSize ?? '')
  expect(parseFloat(await size())).toBeLessThan(20)
  await visitor.follows('Show this page in large print')
  await visitor.sees(/Knee clinic letter/)
  expect(parseFloat(await size())).toBeGreaterThanOrEqual(24)
  await visitor.follows('Show this page in standard print')
  await visitor.sees(/Knee clinic letter/)

  await expect(visitor.page.getByText(/^Patient: /)).toBeHidden()
  await visitor.page.emulateMedia({ media: 'print' })
  await expect(visitor.page.getByText(/^Patient: .+Date of birth: .+NHS number: .+Hospital number: /s)).toBeVisible()
  await expect(visitor.page.getByText('Exercise every day.')).toBeVisible()
  await expect(visitor.page.getByRole('link', { name: 'Letters and results' })).toBeHidden()
  await expect(visitor.page.getByRole('link', { name: /^Download/ })).toHaveCount(0)
  await visitor.page.emulateMedia({ media: 'screen' })
})

test('The list is searched and filtered, and says when nothing matches', async ({ visitor, portal, hospital }) => {
  const person = await hospital.aPerson()
  await comesHome(visitor, portal, person)
  await visitor.follows('Letters and results')
  await visitor.sees('Letters and test results')
  await visitor.reads('You have no letters or test results yet.')

  const sections = [{ heading: 'Plan', paragraphs: ['Wear the splint at night.'] }]
  await writes(portal, person, { title: 'Hand clinic letter', sections })
  for (let count = 1; count <= 21; count += 1) await reports(portal, person, bloodCount(count * 20, '130', 'N'))
  await visitor.follows('Letters and results')
  await expect(entries(visitor)).toHaveCount(20)
  await visitor.follows('Show older letters and results')
  await expect(entries(visitor)).toHaveCount(2)
  await visitor.follows('Back to the newest letters and results')

  await visitor.types('Search letters and results', 'SPLINT night')
  await visitor.presses('Search')
  await visitor.reads('1 letter or result matches.', 'Hand clinic letter')
  await expect(entries(visitor)).toHaveCount(1)
  await visitor.types('Search letters and results', 'zebra')
  await visitor.presses('Search')
  await visitor.reads('No letters or results match')
  await visitor.follows('Show all letters and results')
  await expect(entries(visitor)).toHaveCount(20)
  await visitor.page.getByText('Filter by kind, hospital or unread').click()
  await visitor.page.getByLabel('Kind').selectOption('Letters after a clinic')
  await visitor.page.getByLabel('Only what I have not read').check()
  await visitor.presses('Apply filter')
  await visitor.reads('1 letter or result matches.')
  await visitor.types('Search letters and results', 'a'.repeat(101))
  await visitor.presses('Search')
  await expect(visitor.page).toHaveTitle(/^Error: /)
  await visitor.reads('There is a problem', 'Search for 100 characters or fewer. You entered 101')
})

test('What both hospitals wrote stands in one list, each with its hospital', async ({ visitor, portal }) => {
  const amal = people.find(({ hospitalNumber }) => hospitalNumber === 'W100001')
  const mobile = amal?.mobile ?? ''
  await visitor.opens('/log-in')
  await visitor.sees('Log in')
  const code = await codeAfter(portal, mobile, async () => {
    await visitor.types('Mobile number', mobile)
    await typesDateOfBirth(visitor, String(amal?.born))
    await visitor.presses('Continue')
    await visitor.sees('Check your phone')
  })
  await visitor.types('Security code', code)
  await visitor.presses('Continue')
  await visitor.sees('Hello, Amal')
  await visitor.opens('/letters-and-results?wait=yes')
  await visitor.sees('Letters and test results')
  await visitor.reads('Test result, Royal Free', 'West Hertfordshire', '1 record of Royal Free could not be read')

  await visitor.page.getByText('Filter by kind, hospital or unread').click()
  await visitor.page.getByLabel('Hospital').selectOption('Royal Free')
  await visitor.presses('Apply filter')
  await expect(entries(visitor).filter({ hasText: 'Royal Free' })).not.toHaveCount(0)
  await expect(entries(visitor).filter({ hasText: 'West Hertfordshire' })).toHaveCount(0)
  await visitor.follows('Liver clinic letter')
  await visitor.sees(/Clinic letter, Royal Free London NHS Foundation Trust.*Liver clinic letter/s)
  await visitor.reads(
    'From the records of Royal Free London NHS Foundation Trust',
    'did not write this and cannot change it',
  )
  await visitor.follows('Back to your letters and results')
  await visitor.opens('/letters/RAL.DocumentReference.nowhere')
  await visitor.sees('Page not found')
})

test('Somebody else’s letters and results are not there', async ({ visitor, anotherVisitor, portal, hospital }) => {
  const [person, other] = [await hospital.aPerson(), await hospital.aPerson({ given: 'Ottoline' })]
  await reports(portal, person, bloodCount(1, '131', 'N'))
  await comesHome(visitor, portal, person)
  await visitor.follows('Read your test result: Full blood count')
  await visitor.sees(/Full blood count/)
  const { pathname } = new URL(visitor.page.url())
  const stranger = await anotherVisitor()
  await comesHome(stranger, portal, other)
  for (const address of [pathname, `${pathname}/pdf`, `${pathname}/trend/1`, pathname.replace('results', 'letters')])
    expect(await stranger.opens(address), address).toBe(404)
})

test('Of a letter whose file is not safe the rest is shown, and why the file is not', async ({
  visitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson()
  await writesPdf(portal, person, 'This is no PDF.')
  await comesHome(visitor, portal, person)
  await visitor.follows(/^Read your clinic letter/)
  await visitor.reads('did not pass our safety checks', 'The words of this letter cannot be shown here.')
  await expect(visitor.page.getByRole('link', { name: /^Download/ })).toHaveCount(0)
})

test('An appointment has its letter, and says which of two times is right', async ({ visitor, portal, hospital }) => {
  const person = await hospital.aPerson()
  await hospital.books(person)
  await comesHome(visitor, portal, person)
  await visitor.follows(/^Accept your appointment on/)
  const appointment = visitor.page.url()
  await visitor.follows('Read your appointment letter')
  await visitor.sees(/Your appointment on/)
  await visitor.doesNotRead('Your letter shows the old time')
  await visitor.follows(/^See your appointment on/)
  await visitor.follows('Change this appointment')
  await visitor.page.getByLabel('I prefer not to say').check()
  await visitor.presses('Continue')
  const slot = visitor.page.locator('input[name="slot"]').first()
  const day = (await slot.getAttribute('value'))?.slice(0, 10) ?? ''
  await slot.check()
  await visitor.presses('Continue')
  await visitor.presses(/^(Change|Confirm)/)
  await visitor.opens(appointment)
  await visitor.reads('Your letter shows the old time', inWords(day))
  await visitor.opens(`${appointment}/letter`)
  await visitor.sees(/Your appointment on/)
  await visitor.reads('Your letter shows the old time', `Your appointment is now on ${inWords(day)}`)
})
