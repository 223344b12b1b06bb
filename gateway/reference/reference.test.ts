import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { referencePages } from './main.ts'

const file = (name: string) => readFileSync(new URL(`../../schema/${name}`, import.meta.url), 'utf8')
const real = { api: file('api.graphql'), supergraph: file('supergraph.graphql') }

const api = `
  type Query {
    "Somebody. By \`number\`, <b>not</b> by name."
    person("Ten digits." number: String!, first: Int! = 20): Person
    staffOnly: Desk
  }
  type Mutation { tidy: Boolean }
  type Person implements Named { name: String! letters: [Letter!]! secret: String old: String @deprecated(reason: "Ask for name.") }
  interface Named { name: String! }
  type Desk { papers: [Paper!]! }
  union Paper = Letter | Bill
  type Letter { text: String! }
  type Bill { pence: Int! }
`
const supergraph = `
  type Query {
    person(number: String!, first: Int): Person @auth(roles: [PARTNER, STAFF], scopes: ["people.read"])
    staffOnly: Desk @auth(roles: [STAFF])
  }
  type Mutation { tidy: Boolean @auth(roles: [STAFF]) }
  type Person { name: String! @auth(roles: [PARTNER, STAFF], scopes: ["people.read"]) letters: [Letter!]! @auth(roles: [PARTNER], scopes: ["people.read", "letters.read"])
    secret: String @auth(roles: [STAFF]) old: String @auth(roles: [ANONYMOUS, PATIENT, PARTNER, STAFF, SYSTEM]) }
  type Desk { papers: [Paper!]! @auth(roles: [STAFF]) }
  type Letter { text: String! @auth(roles: [PARTNER], scopes: ["letters.read"]) }
  type Bill { pence: Int! @auth(roles: [STAFF]) }
`
const made = referencePages({ api, supergraph })
/** The words of a page, as somebody reads them. */
const read = (name: string, pages = made) =>
  (pages.get(name) ?? '')
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, ' ')

describe('the reference of the graph', () => {
  it('shows a partner what is theirs, and which scope opens it', () => {
    const page = read('partners.html')
    expect(page).toContain('letters.read Letter, Person.letters')
    expect(page).toContain('letters: [Letter!]! For partner organisations (with people.read and letters.read).')
    expect(page).not.toMatch(/staffOnly|Desk|Bill|secret/)
  })

  it('shows staff what is theirs, and of a union the types they can meet', () => {
    const page = read('staff.html')
    expect(page).toContain('secret: String For staff at the desk.')
    expect(page).toContain('Paper One of Bill.')
    expect(page).not.toContain('letters.read')
  })

  it('says of everything who may use it', () => {
    const page = read('everything.html')
    expect(page).toContain('name: String! For partner organisations (with people.read) and staff at the desk.')
    expect(page).toContain('old: String Going away: Ask for name. For everybody.')
    expect(page).toContain('Paper One of Letter, Bill.')
  })

  it('tells a field with what it takes, and takes words for words', () => {
    expect(read('partners.html')).toContain('person(number, first): Person Somebody. By number, <b>not</b> by name.')
    expect(read('partners.html')).toContain('number: String! Ten digits.first: Int! = 20')
    expect(made.get('partners.html')).toContain('By <code>number</code>, &#60;b&#62;not&#60;/b&#62;')
  })

  it('counts what each may ask', () => {
    expect(read('index.html')).toMatch(/For patients.*no queries, no mutations/i)
    expect(read('index.html')).toMatch(/For staff at the desk.*2 queries, 1 mutation\./)
  })

  it('leads to the sandbox only where there is one', () => {
    expect(made.get('index.html')).not.toContain('sandbox')
    expect(referencePages({ api, supergraph, sandbox: '/sandbox' }).get('index.html')).toContain('href="/sandbox"')
  })
})

describe('the reference of the real graph', () => {
  const pages = referencePages(real)

  it.each([...pages.keys()])('has no link that leads nowhere, and no place twice: %s', (name) => {
    const idsOf = (text = '') => [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    const text = pages.get(name) ?? ''
    expect(idsOf(text)).toEqual([...new Set(idsOf(text))])
    for (const [, to = ''] of text.matchAll(/<a [^>]*href="([^"]+)"/g)) {
      const [page, place] = to.split('#')
      if (place !== undefined) expect(idsOf(pages.get(page || name)), to).toContain(place)
      else if (page) expect([...pages.keys()]).toContain(page)
    }
  })

  it('asks nothing of anywhere else', () => {
    for (const text of pages.values()) expect(text).not.toMatch(/<script|style=|(?:src|href)="(?:https?:)?\/\//)
  })
})
