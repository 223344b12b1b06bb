import { describe, expect, it } from 'vitest'
import { aGateway } from './test/a-gateway.ts'
import { amalsToken } from './test/canned-graph.ts'

const times = (n: number, make: (i: number) => string) => Array.from({ length: n }, (_, i) => make(i)).join(' ')
const nested = (depth: number) => `{ me { ${'friend { '.repeat(depth)} id ${'} '.repeat(depth)} } }`
const doubling = (levels: number) =>
  `{ me { ...F0 } } ${times(levels, (i) => `fragment F${i} on Patient { friend { ...F${i + 1} ...F${i + 1} } }`)} fragment F${levels} on Patient { id }`
const spreading = (levels: number, width: number) =>
  `{ me { ...F0 } } ${times(levels, (i) => `fragment F${i} on Patient { friend { ${times(width, () => `...F${i + 1}`)} } }`)} fragment F${levels} on Patient { id }`

describe('an operation that costs too much', () => {
  it.each([
    ['with a name as long as a letter', `query ${'Amal'.repeat(26)} { __typename }`],
    ['deep', nested(12)],
    [
      'deep by way of fragments',
      `{ me { ...A } } fragment A on Patient { ${'friend { '.repeat(5)} ...B ${'} '.repeat(5)} } fragment B on Patient { ${'friend { '.repeat(5)} id ${'} '.repeat(5)} }`,
    ],
    ['wide', `{ ${times(1_100, () => 'trust { name }')} }`],
    ['with 100 other names for a field', `{ ${times(100, (i) => `a${i}: __typename`)} }`],
    [
      'with other names spread over fragments',
      `{ ${times(20, (i) => `...F${i}`)} } ${times(20, (i) => `fragment F${i} on Query { a${i}: trust { name } }`)}`,
    ],
    ['with the same field 500 times', `{ ${times(500, () => '__typename')} }`],
    ['with ten directives nobody knows', `{ __typename ${times(10, () => '@aa')} }`],
    ['with ten directives everybody knows', `{ __typename ${times(10, () => '@include(if: true)')} }`],
    ['with a page of 5,000', '{ me { appointments(first: 5000) { id startsAt patient { id } } } }'],
    ['with a directive on each of six fields', `{ ${times(6, (i) => `a${i}: __typename @include(if: true)`)} }`],
    ['with fragments that double 22 times', doubling(22)],
    ['with fragments that spread six times at each of six levels', spreading(6, 6)],
    [
      'with fragments in a circle',
      '{ me { ...A } } fragment A on Patient { friend { ...B } } fragment B on Patient { friend { ...A } }',
    ],
    [
      'that reads the schema in circles',
      '{ __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }',
    ],
  ])('is refused before it is planned: %s', async (_, query) => {
    const { ask } = await aGateway()
    const started = performance.now()
    const { status, code, body, text } = await ask(query, { token: amalsToken })
    expect({ status, code, data: body.data }).toEqual({ status: 400, code: 'BAD_USER_INPUT', data: undefined })
    expect(performance.now() - started).toBeLessThan(1_000)
    expect(text.length).toBeLessThan(4_000)
  })

  it('is refused in words that say what to do and not where the limit is', async () => {
    const { ask } = await aGateway()
    const { body } = await ask(nested(12), { token: amalsToken })
    expect(body.errors?.map(({ message }) => message)).toEqual([
      'This operation is nested too deeply. Ask in several operations.',
    ])
    const many = await ask(`{ ${times(1_100, () => 'trust { name }')} }`)
    expect(many.body.errors?.[0]?.message).toBe('This operation is too long. Ask in several operations.')
  })

  it('is not what a page asks', async () => {
    const { ask } = await aGateway()
    const page =
      '{ me { id name friend { id friend { id } } appointments { id startsAt patient { id name } letter { id title about { name } } } } trust { name } }'
    expect((await ask(page, { token: amalsToken })).body.data).toBeDefined()
  })

  it('is not what GraphiQL asks to show the schema', async () => {
    const { getIntrospectionQuery } = await import('graphql')
    const { ask } = await aGateway()
    expect((await ask(getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true }))).status).toBe(200)
  })
})

describe('an operation that is wrong', () => {
  it.each([
    ['is not GraphQL', '{ me {', /^Syntax Error: /],
    ['asks for a field there is not', '{ trust { nam } }', /^Cannot query field "nam" on type "Trust"\.$/],
    ['asks a union for a field', '{ found { title } }', /^Cannot query field "title" on type "Found"\.$/],
    ['names a type there is not', '{ me { ... on Patien { id } } }', /^Unknown type "Patien"\.$/],
    [
      'gives an argument there is not',
      '{ patient(idd: "amal") { id } }',
      /^Unknown argument "idd" on field "Query\.patient"\.$/,
    ],
    ['is a subscription', 'subscription { trust { name } }', /subscription/],
    ['names no operation of several', 'query A { trust { name } } query B { trust { name } }', /operationName/],
    ['uses @defer', '{ me { ... @defer { id } } }', /^Unknown directive "@defer"\.$/],
    ['is empty', ' ', /must be the text of an operation/],
  ])('%s: is said to be, without a hint at what would be right', async (_, query, message) => {
    const { ask } = await aGateway()
    const { status, code, body, text } = await ask(query, { token: amalsToken })
    expect({ status, code }).toEqual({ status: 400, code: 'BAD_USER_INPUT' })
    expect(body.errors?.[0]?.message).toMatch(message)
    expect(text).not.toMatch(/did you mean|stacktrace|node_modules/i)
  })
})

describe('variables that do not fit', () => {
  const query =
    'mutation Start($input: StartLoginInput!) { startLogin(input: $input) { ... on LoginCodeSent { challengeId } } }'
  const contact = '07700 900123'

  it.each([
    [
      'a missing field',
      { input: { contact, channel: 'TEXT' } },
      'The variable "$input" cannot be used. Field "bornOn" of required type "String!" was not provided.',
    ],
    [
      'a field there is not',
      { input: { contact, channel: 'TEXT', bornOn: 'x', bornAt: 'x' } },
      'The variable "$input" cannot be used. Field "bornAt" is not defined by type "StartLoginInput".',
    ],
    [
      'a value that is none of the enum',
      { input: { contact, channel: contact, bornOn: 'x' } },
      'The value at "input.channel" cannot be used. It does not fit its type.',
    ],
    [
      'a value of another type',
      { input: { contact: { number: contact }, channel: 'TEXT', bornOn: 'x' } },
      'The value at "input.contact" cannot be used. It does not fit its type.',
    ],
    ['nothing', {}, 'The variable "$input" cannot be used. Of required type "StartLoginInput!" was not provided.'],
  ])('%s: says where, and never quotes what was sent', async (_, variables, message) => {
    const { ask, logged } = await aGateway()
    const { status, code, body, text } = await ask(query, { variables })
    expect({ status, code, message: body.errors?.[0]?.message }).toEqual({
      status: 400,
      code: 'BAD_USER_INPUT',
      message,
    })
    expect(text + logged.join('')).not.toContain(contact)
  })
})
