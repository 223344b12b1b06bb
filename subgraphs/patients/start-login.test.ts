import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Alone, alone, anonymous } from '../../test/alone.ts'
import { startLogin } from '../../test/people.ts'
import { patients, patientsExtra } from './main.ts'

const bornOn = '1984-03-09'

describe('what a log in begins with', () => {
  let portal: Alone
  beforeAll(async () => {
    const key = Buffer.alloc(32, 7).toString('base64url')
    portal = await alone(patients, { extra: patientsExtra({ key, demonstration: false }) })
  })
  afterAll(() => portal.stop())

  it.each([
    ['a landline', { contact: '020 7946 0000', bornOn }, 'contact'],
    ['a personal number', { contact: '070 1234 5678', bornOn }, 'contact'],
    ['a pager', { contact: '07600 123456', bornOn }, 'contact'],
    ['words', { contact: "'; drop table patient --", bornOn }, 'contact'],
    ['no number', { contact: '', bornOn }, 'contact'],
    ['an e-mail without a domain', { channel: 'EMAIL', contact: 'amal@', bornOn }, 'contact'],
    ['a birth date in the future', { contact: '07700900001', bornOn: '2026-11-24' }, 'bornOn'],
    ['a birth date of a giant tortoise', { contact: '07700900001', bornOn: '1890-01-01' }, 'bornOn'],
  ])('says which field is wrong: %s', async (_, input, field) => {
    expect(await startLogin(portal, input)).toMatchObject({ __typename: 'ContactNotUsable', field })
  })

  it('refuses a day that is not in the calendar', async () => {
    const input = { channel: 'TEXT', contact: '07700900001', bornOn: '1984-02-30' }
    const answer = await portal.ask(
      anonymous(),
      `mutation S($input: StartLoginInput!) { startLogin(input: $input) { __typename } }`,
      { input },
    )
    expect(answer.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
  })
})
