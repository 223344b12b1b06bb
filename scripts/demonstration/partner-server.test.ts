import type { Bundle, Resource } from '@medplum/fhirtypes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AnsweredRequest, type PartnerServer, startPartnerServer } from './partner-server.ts'

const nhsNumber = 'https://fhir.nhs.uk/Id/nhs-number'
const patient = (id: string, value: string): Resource => ({
  resourceType: 'Patient',
  id,
  identifier: [{ system: nhsNumber, value }],
})
const report = (id: string, of: string, day: number): Resource => ({
  resourceType: 'DiagnosticReport',
  id,
  status: 'final',
  code: { text: 'Full blood count' },
  subject: { reference: `Patient/${of}` },
  effectiveDateTime: `2026-01-${String(day).padStart(2, '0')}`,
})
const resources: Resource[] = [
  patient('p-1', '9990041571'),
  patient('p-2', '9990083142'),
  ...Array.from({ length: 5 }, (_, index) => report(`r-${index + 1}`, 'p-1', index + 1)),
  report('r-9', 'p-2', 9),
  { resourceType: 'Binary', id: 'b-1', contentType: 'application/pdf', data: btoa('%PDF-1.7') },
]

const client = { id: 'portal', secret: 'a secret of the partner: 100% long/enough' }
const answered: AnsweredRequest[] = []
let partner: PartnerServer
beforeAll(async () => {
  partner = await startPartnerServer({ port: 0, client, resources, log: (it) => answered.push(it) })
})
afterAll(() => partner.stop())

async function ask(credentials = client, scope = 'system/*.read') {
  const basic = [credentials.id, credentials.secret].map(encodeURIComponent).join(':')
  const response = await fetch(partner.tokenUrl, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(basic)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...(scope && { scope }) }),
  })
  return { status: response.status, ...((await response.json()) as { access_token?: string; error?: string }) }
}

async function read(path: string, options: RequestInit & { token?: string | undefined } = {}) {
  const token = 'token' in options ? options.token : (await ask()).access_token
  const headers = { ...(token && { authorization: `Bearer ${token}` }), ...(options.headers as object) }
  const response = await fetch(path.startsWith('http') ? path : `${partner.fhirUrl}${path}`, { ...options, headers })
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
}

const found = async (path: string) => JSON.parse((await read(path)).text) as Bundle
const ids = ({ entry = [] }: Bundle) => entry.map(({ resource }) => resource?.id)

describe('the partner server', () => {
  it('gives a token to its client, and to nobody else', async () => {
    expect(await ask()).toMatchObject({ status: 200, access_token: expect.any(String) as string })
    expect(await ask({ ...client, secret: 'another' })).toMatchObject({ status: 401, error: 'invalid_client' })
    expect(await ask({ ...client, id: 'somebody' })).toMatchObject({ status: 401, error: 'invalid_client' })
  })

  it('shows nothing without a token that is good for it', async () => {
    expect((await read('/Patient/p-1', { token: undefined })).status).toBe(401)
    expect((await read('/Patient/p-1', { token: 'made-up' })).status).toBe(401)
    expect((await read('/Nothing', { token: undefined })).status).toBe(401)
    for (const scope of ['', 'system/*.write']) {
      const { access_token: token } = await ask(client, scope)
      expect((await read('/Patient/p-1', { token })).status).toBe(403)
    }
    expect((await read('/Patient/p-1')).status).toBe(200)
  })

  it('finds a person by NHS number, in the address or in a form', async () => {
    expect(ids(await found(`/Patient?identifier=${nhsNumber}|9990083142`))).toEqual(['p-2'])
    expect(ids(await found(`/Patient?identifier=${nhsNumber}|9990166285`))).toEqual([])
    const body = new URLSearchParams({ identifier: `${nhsNumber}|9990041571` })
    const { text } = await read('/Patient/_search', { method: 'POST', body })
    expect(ids(JSON.parse(text) as Bundle)).toEqual(['p-1'])
  })

  it('links the pages of what one patient has, in order', async () => {
    const pages: Bundle[] = []
    let next: string | undefined = '/DiagnosticReport?patient=Patient/p-1&_sort=-date&_count=2'
    while (next) {
      const page: Bundle = await found(next)
      pages.push(page)
      next = page.link?.find(({ relation }) => relation === 'next')?.url
    }
    expect(pages.map(ids)).toEqual([['r-5', 'r-4'], ['r-3', 'r-2'], ['r-1']])
    expect(pages[0]?.entry?.[0]?.fullUrl).toBe(`${partner.fhirUrl}/DiagnosticReport/r-5`)
  })

  it('gives a file as bytes, or as FHIR', async () => {
    expect(await read('/Binary/b-1')).toMatchObject({ type: 'application/pdf', text: '%PDF-1.7' })
    const asFhir = await read('/Binary/b-1', { headers: { accept: 'application/fhir+json' } })
    expect(JSON.parse(asFhir.text)).toMatchObject({ resourceType: 'Binary', data: btoa('%PDF-1.7') })
  })

  it('says what is not there, and changes nothing', async () => {
    expect((await read('/Patient/p-3')).status).toBe(404)
    expect((await read('/Patient/p-1', { method: 'DELETE' })).status).toBe(405)
    expect((await read('/Patient/p-1')).status).toBe(200)
  })

  it('tells its log nothing of whom was asked for', () => {
    expect(answered).toContainEqual({ method: 'GET', about: 'Patient', status: 200 })
    expect(answered).toContainEqual({ method: 'POST', about: 'token', status: 401 })
    expect(JSON.stringify(answered)).not.toMatch(/999|p-1/)
  })
})
