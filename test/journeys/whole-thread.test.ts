import { today } from '../../scripts/demonstration/calendar.ts'
import { downloadsCalendar } from './calendar-file.ts'
import { inWords } from './dates.ts'
import { asksForCode, international } from './getting-in.ts'
import { expect, test } from './journey.ts'
import { Visitor } from './visitor.ts'

const nextSummer = `${Number(today().slice(0, 4)) + 1}-06-15`
const personal = ['Zephyrine', 'Quillfeather', 'Eye clinic', 'Priya', '10:30', 'Watford General']

test(
  'A text from the hospital leads to the appointment, which is accepted, kept in a calendar and left behind on log out',
  { tag: ['@computer', '@thread'] },
  async ({ visitor, portal, hospital, auditor, javaScriptEnabled }) => {
    const person = await hospital.aPerson()
    const { hospitalNumber, mobile } = person

    const booked = await portal.hospital('book', '--patient', hospitalNumber, '--at', `${nextSummer} 10:30`)
    expect(booked).toMatchObject({ code: 0, complained: '' })
    expect(booked.printed).toMatch(/SIU\^S12.*MSA\|AA\|.*AA: the portal took the message\./s)

    await expect.poll(() => portal.messagesTo(international(mobile)).length).toBe(1)
    const [text] = portal.messagesTo(international(mobile))
    expect(text?.body).toMatch(/^Zephyrine, Patient Portal: /)
    expect(text?.body).not.toMatch(/eye|ophthal|shah|watford/i)

    await visitor.opens('/inbox')
    await visitor.sees('Inbox of the demonstration')
    const bubble = visitor.main.getByRole('article').filter({ hasText: 'Zephyrine, Patient Portal' }).first()
    await bubble.getByRole('link').click()

    await asksForCode(visitor, person)
    const phone = new Visitor(await visitor.context.newPage(), { auditor, hasJavaScript: javaScriptEnabled })
    const codeText = phone.main.getByRole('article').filter({ hasText: 'is your' }).first()
    await expect(async () => {
      await phone.opens('/inbox')
      await expect(codeText).toContainText(mobile.replace(/(\d{5})(\d{3})(\d{3})/, '$1 $2 $3'), { timeout: 100 })
    }).toPass()
    const code = /\d{6}(?= is your)/.exec((await codeText.textContent()) ?? '')?.[0] ?? ''
    await phone.page.close()
    await visitor.types('Security code', `${code.slice(0, 3)} ${code.slice(3)}`)
    await visitor.presses('Continue')

    await visitor.sees(/Eye clinic/)
    await visitor.reads('To accept', inWords(nextSummer), '10:30am to 11:30am')
    await visitor.presses('Accept this appointment')
    await visitor.sees('Appointment accepted')

    const event = await downloadsCalendar(visitor.page.getByRole('link', { name: 'Add to your calendar' }))
    expect(event.startsAt.toISOString()).toBe(`${nextSummer}T09:30:00.000Z`)
    expect(event.endsAt.toISOString()).toBe(`${nextSummer}T10:30:00.000Z`)
    expect(event.properties.get('SUMMARY')).toBe('Hospital appointment')
    expect(event.text).not.toMatch(/eye|ophthal|shah|zephyrine|quillfeather/i)

    await visitor.follows('Read your appointment letter')
    await visitor.sees(/appointment/i)
    await visitor.reads('Zephyrine Quillfeather', inWords(nextSummer), '10:30am')

    await visitor.presses('Log out')
    await visitor.sees('You have logged out')
    expect(await visitor.context.cookies()).toEqual([])
    await visitor.page.goBack()
    await visitor.sees('Log in')
    await visitor.doesNotRead(...personal)
  },
)
