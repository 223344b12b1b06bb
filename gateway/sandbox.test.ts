import { buildSchema, getVariableValues, Kind, parse, validate } from 'graphql'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { beforeAll, describe, expect, it } from 'vitest'
import { firstForbiddenField } from './permission.ts'
import { readers, readFieldRules, writeReference } from './reference/main.ts'
import { aGateway } from './test/a-gateway.ts'
import { amalsToken } from './test/canned-graph.ts'

const folder = fileURLToPath(new URL('./sandbox/', import.meta.url))
const reference = fileURLToPath(new URL('./reference/dist/', import.meta.url))
const text = (name: string) => readFileSync(new URL(`../schema/${name}.graphql`, import.meta.url), 'utf8')
const amal = { id: 'amal', role: 'PATIENT' as const, label: 'Amal Haddad, 42' }
const demonstration = { people: async () => [amal], token: async () => amalsToken }
const asJson = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }

describe('the sandbox', () => {
  beforeAll(async () => {
    if (!existsSync(`${folder}dist/index.html`))
      await build({ configFile: `${folder}vite.config.ts`, root: folder, logLevel: 'error' })
  })

  it('is a page that loads nothing from elsewhere', async () => {
    const { url } = await aGateway()
    const page = await fetch(`${url}/sandbox`)
    const html = await page.text()
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/)
    const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file ?? '')
    expect(files.length).toBeGreaterThan(2)
    for (const file of files) {
      expect(file).toMatch(/^\/sandbox\/assets\//)
      const response = await fetch(url + file)
      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toMatch(/javascript|css|svg/)
      expect(response.headers.get('cache-control')).toContain('immutable')
    }
  })

  it.each(['../main.ts', '%2e%2e/main.ts', 'assets/', 'dist/index.html', 'vite.config.ts'])(
    'gives no file but those of the page: %s',
    async (path) => {
      const { url } = await aGateway()
      expect((await fetch(`${url}/sandbox/${path}`)).status).toBe(404)
    },
  )

  it('is not there in production, unless it is asked for', async () => {
    const production = { production: true, operations: '{}' }
    expect((await fetch(`${(await aGateway(production)).url}/sandbox`)).status).toBe(404)
    expect((await fetch(`${(await aGateway({ ...production, demonstration })).url}/sandbox/people`)).status).toBe(404)
    expect((await fetch(`${(await aGateway({ ...production, sandbox: true })).url}/sandbox`)).status).toBe(200)
  })
})

describe('the reference beside it', () => {
  beforeAll(async () => {
    if (!existsSync(`${reference}index.html`))
      await writeReference(reference, { api: text('api'), supergraph: text('supergraph') })
  })

  it('is read without a script, and its pages name each other from where they are', async () => {
    const { url } = await aGateway()
    const start = await fetch(`${url}/sandbox/reference`)
    expect(start.url).toBe(`${url}/sandbox/reference/`)
    expect(start.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
    for (const [, file] of (await start.text()).matchAll(/href="([\w.]+)"/g))
      expect((await fetch(new URL(file ?? '', start.url))).status).toBe(200)
    const page = await fetch(`${url}/sandbox/reference/partners.html`)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  })

  it.each(['main.ts', '../main.ts', '%2e%2e/main.ts', 'dist/index.html', 'nothing.html'])(
    'gives no file but its own: %s',
    async (path) => {
      const { url } = await aGateway()
      expect((await fetch(`${url}/sandbox/reference/${path}`)).status).toBe(404)
    },
  )

  it('is not there in production, unless the sandbox is asked for', async () => {
    const production = { production: true, operations: '{}' }
    const { url } = await aGateway(production)
    expect((await fetch(`${url}/sandbox/reference/`)).status).toBe(404)
    const open = await aGateway({ ...production, sandbox: true })
    expect((await fetch(`${open.url}/sandbox/reference/`)).status).toBe(200)
  })
})

describe('the people of the demonstration', () => {
  it('are listed, and a token of theirs opens what is theirs', async () => {
    const { url, ask } = await aGateway({ demonstration })
    expect(await (await fetch(`${url}/sandbox/people`)).json()).toEqual([amal])
    const { token } = (await (await fetch(`${url}/sandbox/people/amal/token`, asJson)).json()) as { token: string }
    expect((await ask('{ me { name } }', { token })).body).toEqual({ data: { me: { name: 'Amal Haddad' } } })
  })

  it.each([
    ['somebody else', 'nobody', asJson, 404],
    ['a page of another site, by a form', 'amal', { method: 'POST', body: new URLSearchParams({ a: 'b' }) }, 400],
    ['a link', 'amal', { method: 'GET' }, 400],
  ] as [string, string, RequestInit, number][])('give no token to %s', async (_, id, request, status) => {
    const { url } = await aGateway({ demonstration })
    const response = await fetch(`${url}/sandbox/people/${id}/token`, request)
    expect(response.status).toBe(status)
    expect(await response.text()).not.toContain(amalsToken)
  })

  it('are nowhere in production, whatever is given', async () => {
    const { url } = await aGateway({ production: true, operations: '{}', sandbox: true, demonstration })
    expect((await fetch(`${url}/sandbox`)).status).toBe(200)
    expect((await fetch(`${url}/sandbox/people`)).status).toBe(404)
    expect((await fetch(`${url}/sandbox/people/amal/token`, asJson)).status).toBe(404)
  })

  it('are nowhere when this is no demonstration', async () => {
    const { url } = await aGateway()
    expect((await fetch(`${url}/sandbox/people`)).status).toBe(404)
    expect((await fetch(`${url}/sandbox/people/amal/token`, asJson)).status).toBe(404)
  })
})

describe('the example operations', () => {
  const schema = buildSchema(text('api'))
  const rules = readFieldRules(text('supergraph'))
  const scopes = [...rules.values()].flatMap((it) => it.scopes)
  const files = globSync('*/*.graphql', { cwd: `${folder}examples` }).map((it) => it.replaceAll('\\', '/'))

  it.each(files)('fit the graph, and those whose folder they are in: %s', (file) => {
    const document = parse(readFileSync(`${folder}examples/${file}`, 'utf8'))
    expect(validate(schema, document)).toEqual([])
    const [operation, ...others] = document.definitions.filter((it) => it.kind === Kind.OPERATION_DEFINITION)
    expect(others).toEqual([])
    const role = readers.find((it) => it.folder === file.split('/')[0])?.role
    expect(role).toBeDefined()
    const viewer = { role: role ?? 'GATEWAY', actorId: '', patientIds: [], scopes }
    expect(operation && firstForbiddenField(schema, rules, document, operation, viewer, false)).toBeUndefined()
  })

  it.each(files)('have every variable they need: %s', (file) => {
    const document = parse(readFileSync(`${folder}examples/${file}`, 'utf8'))
    const [operation] = document.definitions.filter((it) => it.kind === Kind.OPERATION_DEFINITION)
    const given = `${folder}examples/${file.replace(/graphql$/, 'json')}`
    const variables = existsSync(given) ? (JSON.parse(readFileSync(given, 'utf8')) as Record<string, unknown>) : {}
    // A name in braces stands for a moment too: what takes its place is seen when the demonstration is asked.
    const values = JSON.parse(
      JSON.stringify(variables).replaceAll('{{now}}', '2026-01-01T00:00:00Z'),
    ) as typeof variables
    const { errors } = getVariableValues(schema, operation?.variableDefinitions ?? [], values)
    expect(errors).toBeUndefined()
    const taken = operation?.variableDefinitions?.map((it) => it.variable.name.value) ?? []
    expect(Object.keys(variables).sort()).toEqual(taken.sort())
  })

  it('are there for everybody', () => {
    expect([...new Set(files.map((it) => it.split('/')[0]))].sort()).toEqual(readers.map((it) => it.folder).sort())
  })
})
