import { asksForAnotherTime, opensRequest } from './asking-staff.ts'
import { bloodCount } from './blood-count.ts'
import { chooses, isTold } from './changing.ts'
import { comesHome } from './getting-in.ts'
import { expect, test } from './journey.ts'
import { reports } from './laboratory.ts'
import { aFindablePerson, PartnerHospital } from './partner-hospital.ts'
import { aStaffMember, comesToDesk } from './staff.ts'
import type { Visitor } from './visitor.ts'

const looks = (visitor: Visitor) => visitor.page.getByRole('article')
const cardOf = (visitor: Visitor, { name }: PartnerHospital) =>
  visitor.page.locator('.nhsuk-card').filter({ has: visitor.page.getByRole('heading', { name, exact: true }) })

/** From the page about who can see the record to the page that shows what was chosen. */
async function choosesFor(visitor: Visitor, { name }: PartnerHospital, share: string[], not: string[]): Promise<void> {
  await visitor.follows(`Change what ${name} can see`)
  await visitor.sees(`Choose what ${name} can see`)
  for (const category of share) await chooses(visitor, category)
  for (const category of not) await visitor.page.getByLabel(category, { exact: true }).uncheck()
  await visitor.presses('Continue')
  await visitor.sees(`Check what ${name} can see`)
}

test(
  'A person sees who looked at their record, and decides what that hospital sees from then on',
  { tag: ['@computer', '@thread'] },
  async ({ visitor, portal, hospital }) => {
    const person = await aFindablePerson(hospital)
    await hospital.books(person)
    await reports(portal, person, bloodCount(1, '131', 'N'))
    const partner = await PartnerHospital.joins(portal)
    await partner.isShownByHospital(person, 'APPOINTMENTS', 'RESULTS')
    const found = await partner.looks(person, { id: 'a.kaur', role: 'Médecin référent' })
    expect(found?.appointments?.nodes).toHaveLength(1)
    expect(found?.documents?.nodes.map(({ title }) => title)).toEqual(['Full blood count'])

    await comesHome(visitor, portal, person)
    await visitor.follows('Who can see my record')
    await visitor.sees('Who can see my record')
    await expect(cardOf(visitor, partner)).toContainText('Hospital staff share this for your care there since')
    await visitor.follows('See who has looked at my record')
    await visitor.sees('Who has looked at my record')
    await expect(looks(visitor)).toHaveCount(1)
    for (const words of [partner.name, 'a.kaur, Médecin référent', 'They told us this. We have not checked it.'])
      await expect(looks(visitor)).toContainText(words)
    await expect(looks(visitor).getByRole('listitem')).toHaveText([
      'Your personal details',
      'Your appointments',
      'Your test results',
    ])

    await visitor.follows('Choose what other hospitals can see')
    await choosesFor(visitor, partner, ['Letters and summaries'], ['Test results'])
    await visitor.reads('They can see it until you save.', 'They cannot see it until you save.', 'No change')
    await visitor.reads('or repeat a test')
    await visitor.presses('Save my choices')
    await visitor.sees('Your choices are saved')
    await visitor.reads('appointments and hospital stays', 'letters and summaries')
    const after = await partner.looks(person)
    expect(after?.appointments?.nodes).toHaveLength(1)
    expect(after?.documents?.nodes.map(({ kind }) => kind)).toEqual(['APPOINTMENT_LETTER'])

    await visitor.follows('See who can see my record')
    await expect(cardOf(visitor, partner)).toContainText('You chose this.')
    await expect(cardOf(visitor, partner).getByText('Can see', { exact: true })).toHaveCount(2)
  },
)

test(
  'Whoever stops all sharing is found by no other hospital, whatever our hospital says later',
  { tag: '@computer' },
  async ({ visitor, portal, hospital }) => {
    const person = await aFindablePerson(hospital)
    const [one, other] = [
      await PartnerHospital.joins(portal),
      await PartnerHospital.joins(portal, 'Saint Neot Hospital'),
    ]
    await one.isShownByHospital(person, 'LETTERS')
    expect(await one.looks(person)).not.toBeNull()
    expect(await other.looks(person)).toBeNull()
    await comesHome(visitor, portal, person)
    await visitor.follows('My details')
    await visitor.follows('Choose who can see my record')
    await visitor.reads('Hospital staff may share what is not shared so far')
    await visitor.presses('Stop all sharing')
    await visitor.sees('Stop all sharing of your record')
    await visitor.reads('even if it is urgent', one.name, other.name, 'any hospital that can ask for records later')
    await visitor.presses('Stop all sharing')
    await visitor.sees('All sharing has stopped')
    expect(await one.looks(person)).toBeNull()
    await expect(other.isShownByHospital(person, 'LETTERS')).rejects.toThrow('The patient objected')
    expect(await other.looks(person)).toBeNull()
    await visitor.follows('See who can see my record')
    await visitor.sees('Who can see my record')
    await expect(visitor.page.getByText('Can see', { exact: true })).toHaveCount(0)
    await expect(visitor.page.getByRole('button', { name: 'Stop all sharing' })).toHaveCount(0)

    const newcomer = await PartnerHospital.joins(portal, 'Saint Petroc Hospital')
    await expect(newcomer.isShownByHospital(person, 'LETTERS')).rejects.toThrow('The patient objected')
    expect(await newcomer.looks(person)).toBeNull()
    await visitor.opens('/my-details/sharing')
    await visitor.reads('You stopped all sharing on')
    await expect(cardOf(visitor, newcomer)).toContainText('You chose this. Not shared since')
    await choosesFor(visitor, newcomer, ['Letters and summaries'], [])
    await visitor.presses('Save my choices')
    await visitor.sees('Your choices are saved')
    expect(await newcomer.looks(person)).not.toBeNull()
    expect(await one.looks(person)).toBeNull()
    await visitor.opens('/my-details/sharing')
    await expect(visitor.page.getByRole('button', { name: 'Stop all sharing' })).toHaveCount(1)
  },
)

test('A choice is not kept over what our hospital shared meanwhile', async ({ visitor, portal, hospital }) => {
  const person = await aFindablePerson(hospital)
  const partner = await PartnerHospital.joins(portal)
  await comesHome(visitor, portal, person)
  await visitor.opens('/my-details/sharing')
  await visitor.sees('Who can see my record')
  await choosesFor(visitor, partner, ['Appointments and hospital stays'], [])
  await partner.isShownByHospital(person, 'RESULTS')
  await visitor.presses('Save my choices')
  await isTold(visitor, `What ${partner.name} can see has changed since you opened this page. Check your choices again`)
  expect((await partner.looks(person))?.name.full).toBe('Zephyrine Quillfeather')
  await visitor.presses('Save my choices')
  await visitor.sees('Your choices are saved')
  await visitor.doesNotRead('test results')
})

test('Older looks are on pages of their own, and nobody is on none', async ({ visitor, portal, hospital }) => {
  const person = await aFindablePerson(hospital)
  const partner = await PartnerHospital.joins(portal)
  await comesHome(visitor, portal, person)
  await visitor.opens('/my-details/who-has-looked')
  await visitor.sees('Who has looked at my record')
  await visitor.reads('Nobody has looked yet')
  await partner.isShownByHospital(person, 'APPOINTMENTS')
  const people = Array.from({ length: 23 }, (_, index) => `clerk-${index + 1}`)
  for (const id of people) await partner.looks(person, { id, role: 'Ward clerk' })
  await visitor.opens('/my-details/who-has-looked')
  await visitor.page.getByText('What this page shows').click()
  await visitor.reads('what our computer systems do without anybody looking')
  const seen = async () => (await looks(visitor).allTextContents()).map((text) => /clerk-\d+/.exec(text)?.[0])
  expect(await seen()).toEqual(people.toReversed().slice(0, 20))
  await visitor.follows('Show who looked before that')
  await visitor.sees('Who has looked at my record')
  expect(await seen()).toEqual(['clerk-3', 'clerk-2', 'clerk-1'])
  await visitor.follows('Back to the newest')
  await expect(looks(visitor)).toHaveCount(20)
  expect(await visitor.opens('/my-details/who-has-looked?before=yesterday')).toBe(400)
})

test('What our own staff looked at is shown too, by their name', async ({
  visitor,
  anotherVisitor,
  portal,
  hospital,
}) => {
  const person = await aFindablePerson(hospital, 'Cosima')
  await asksForAnotherTime(visitor, portal, hospital, person)
  const staff = await anotherVisitor()
  await comesToDesk(staff, await aStaffMember(portal, 'Rowan Ellis'))
  await opensRequest(staff, 'Cosima')
  await visitor.opens('/my-details/who-has-looked')
  await visitor.sees('Who has looked at my record')
  await expect(looks(visitor).first()).toContainText(/West Hertfordshire.*Rowan Ellis.*A member of our staff/s)
  await expect(looks(visitor).first()).toContainText('Your requests about appointments')
})

test('Nobody else decides who sees a record, and nobody who is not logged in', async ({
  visitor,
  anotherVisitor,
  portal,
  hospital,
}) => {
  const person = await aFindablePerson(hospital)
  const partner = await PartnerHospital.joins(portal)
  await partner.isShownByHospital(person, 'LETTERS')
  await partner.looks(person)
  const stranger = await anotherVisitor()
  await comesHome(stranger, portal, await hospital.aPerson({ given: 'Ottoline' }))
  await stranger.opens('/my-details/who-has-looked')
  await stranger.reads('Nobody has looked yet')
  await stranger.opens('/my-details/sharing')
  await expect(cardOf(stranger, partner)).not.toContainText('since')
  await visitor.opens('/my-details/sharing/stop')
  await expect(visitor.page).toHaveURL('/log-in?return=%2Fmy-details%2Fsharing%2Fstop')
})
