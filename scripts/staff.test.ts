import { afterAll, beforeAll, expect, it } from 'vitest'
import { createGraphClient } from '../client/main.ts'
import { codeNow } from '../test/staff.ts'
import { signedAddress, type World, world } from '../test/world.ts'
import { runStaff } from './staff/run.ts'

let portal: World
beforeAll(async () => {
  portal = await world()
})
afterAll(() => portal.stop())

const run = async (...args: string[]) => {
  let printed = ''
  let complained = ''
  const bearer = `system.feeds.${portal.secrets.SYSTEM_SECRET_FEEDS}`
  const exit = await runStaff(args, {
    graph: createGraphClient({ url: portal.url, bearer, retry: { attempts: 1 } }),
    print: (text) => (printed += text),
    complain: (text) => (complained += text),
  })
  return { exit, printed, complained }
}

const logIn = async (email: string, printed: string) => {
  const password = /Password +(\S+)/.exec(printed)?.[1] ?? ''
  const code = codeNow(portal, /otpauth:\S+/.exec(printed)?.[0] ?? '')
  const query = `mutation L($input: LogInStaffInput!) { logInStaff(input: $input) { __typename ... on StaffLoggedIn { token } } }`
  const input = { email, password, code, device: 'A test' }
  const { data } = await portal.ask(undefined, query, { input }, signedAddress(portal))
  return data?.logInStaff as unknown as { __typename: string; token: string }
}

it('makes a log in with which somebody gets in, and shows it with a code to scan', async () => {
  const { exit, printed } = await run('create', 'Rowan@Example.com', '--name', 'Rowan Ellis', '--clinics', 'EYE1, DER1')
  expect(exit).toBe(0)
  expect(printed).toContain('Rowan Ellis can log in to the staff desk, for EYE1, DER1.')
  expect(printed).toMatch(/[█▀▄ ]{30,}\n/)
  const { token } = await logIn('rowan@example.com', printed)
  const { data } = await portal.ask(token, '{ staffMember { name clinicCodes } }')
  expect(data?.staffMember).toEqual({ name: 'Rowan Ellis', clinicCodes: ['EYE1', 'DER1'] })
})

it('says who releases results, and changes it with new secrets', async () => {
  const created = await run('create', 'robin@example.com', '--name', 'Robin Clay', '--releases-results')
  expect(created.printed).toContain(
    'Robin Clay can log in to the staff desk, for all clinics, and releases test results.',
  )
  const listed = 'robin@example.com  Robin Clay  all clinics  releases results  never yet\n'
  expect((await run('list')).printed).toContain(listed)
  await run('reset', 'robin@example.com')
  expect((await run('list')).printed).toContain(listed)
  await run('reset', 'robin@example.com', '--no-releases-results')
  expect((await run('list')).printed).toContain('robin@example.com  Robin Clay  all clinics  never yet\n')
})

it('gives new secrets, and ends a log in', async () => {
  const first = await run('create', 'sam@example.com', '--name', 'Sam Hale')
  const second = await run('reset', 'sam@example.com')
  expect((await logIn('sam@example.com', first.printed)).__typename).toBe('StaffLoginRefused')
  const { token } = await logIn('sam@example.com', second.printed)
  expect(await run('disable', 'sam@example.com')).toMatchObject({
    exit: 0,
    printed: 'Sam Hale (sam@example.com) can no longer log in.\n',
  })
  expect((await portal.ask(token, '{ staffMember { name } }')).errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
  expect((await run('list')).printed).toContain('sam@example.com  Sam Hale  all clinics  disabled since 2026-11-23\n')
})

it.each([
  [['create', 'tess@example.com'], '--name is missing.'],
  [['create', '--name', 'Tess'], '<e-mail> is missing.'],
  [['create', 'tess', '--name', 'Tess'], 'email: write an e-mail address'],
  [['create', 'tess@example.com', '--name', 'Tess', '--clinics', ','], 'clinicCodes: name at least one clinic'],
  [['create', 'twice@example.com', '--name', 'T'], 'reset it instead'],
  [['reset', 'nobody@example.com'], 'Nobody of the staff logs in with this e-mail address.'],
  [['disable', 'nobody@example.com'], 'Nobody of the staff logs in with this e-mail address.'],
  [['dismiss', 'tess@example.com'], 'There is no command "dismiss".'],
  [['list', '--loud'], "Unknown option '--loud'"],
  [['list', 'all', 'of', 'them'], 'Not understood: of them.'],
])('says what is wrong with %j', async (args, words) => {
  if (args[1] === 'twice@example.com') await run(...args)
  expect(await run(...args)).toMatchObject({
    exit: 1,
    printed: '',
    complained: expect.stringContaining(words) as string,
  })
})

it('helps', async () => {
  expect((await run()).printed).toContain('npm run staff -- create')
})
