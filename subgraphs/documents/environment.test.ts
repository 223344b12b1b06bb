import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readDocumentsSettings } from './environment.ts'

const folder = mkdtempSync(join(tmpdir(), 'partners-'))
afterAll(() => rmSync(folder, { recursive: true }))

const DOCUMENTS_KEY = Buffer.alloc(32, 7).toString('base64url')
const royalFree = {
  code: 'RAL',
  name: 'Royal Free London NHS Foundation Trust',
  shortName: 'Royal Free',
  fhirUrl: 'https://fhir.royalfree.example/R4',
  tokenUrl: 'https://login.royalfree.example/token',
  clientId: 'west-herts',
}
const southampton = { ...royalFree, code: 'RHM', name: 'University Hospital Southampton', shortName: 'Southampton' }

function fileOf(content: unknown): string {
  const file = join(folder, 'partners.json')
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

describe('the settings of documents', () => {
  it('need no partner', () => {
    expect(readDocumentsSettings({ DOCUMENTS_KEY })).toEqual({ documentsKey: Buffer.alloc(32, 7), partners: [] })
  })

  it('name partners in a file, and keep their secrets out of it', () => {
    const { partners } = readDocumentsSettings({
      DOCUMENTS_KEY,
      PARTNER_SOURCES: fileOf([royalFree, { ...southampton, scope: 'system/*.rs', asks: ['DiagnosticReport'] }]),
      PARTNER_SECRET_RAL: 'one',
      PARTNER_SECRET_RHM: 'two',
    })
    expect(partners).toMatchObject([
      {
        code: 'RAL',
        clientSecret: 'one',
        asks: ['DiagnosticReport', 'Observation', 'DocumentReference', 'Composition'],
      },
      { code: 'RHM', clientSecret: 'two', scope: 'system/*.rs', asks: ['DiagnosticReport'] },
    ])
    expect(partners[0]?.fhirUrl.href).toBe('https://fhir.royalfree.example/R4')
  })

  it('are refused with every fault at once', () => {
    const PARTNER_SOURCES = fileOf([
      { ...royalFree, code: 'royal', fhirUrl: 'ftp://x', secret: 'never here' },
      { ...southampton, fhirUrl: 'https://x.example/?a=b', asks: ['Patient'] },
    ])
    expect(faults({ DOCUMENTS_KEY: 'short', PARTNER_SOURCES })).toEqual([
      'DOCUMENTS_KEY: must be 32 bytes as base64url (43 characters)',
      'PARTNER_SOURCES: partner 1: code: must be an ODS code, such as RAL',
      'PARTNER_SOURCES: partner 1: fhirUrl: must be an http or https address',
      'PARTNER_SOURCES: partner 1: Unrecognized key: "secret"',
      'PARTNER_SOURCES: partner 2: fhirUrl: must be an address without a question mark, # or user name',
      expect.stringMatching(/^PARTNER_SOURCES: partner 2: asks.0: /),
    ])
  })

  it('are refused when partners contradict each other, lack a secret or are not private', () => {
    const PARTNER_SOURCES = fileOf([royalFree, { ...royalFree, tokenUrl: 'http://login.royalfree.example' }])
    expect(faults({ DOCUMENTS_KEY, PARTNER_SOURCES, NODE_ENV: 'production' })).toEqual([
      "PARTNER_SECRET_RAL: is missing; it is the secret of the portal's client at RAL",
      'PARTNER_SOURCES: RAL is there twice',
      "PARTNER_SECRET_RAL: is missing; it is the secret of the portal's client at RAL",
      'PARTNER_SOURCES: RAL: tokenUrl must start with https:// in production',
    ])
  })

  it.each([
    ['not json', '{'],
    ['no list', '{}'],
  ])('are refused when the file is %s', (_, content) => {
    expect(faults({ DOCUMENTS_KEY, PARTNER_SOURCES: fileOf(content) })).toEqual([
      expect.stringMatching(/^PARTNER_SOURCES: must be /),
    ])
  })

  it('are refused when there is no such file, and without a key', () => {
    expect(faults({ PARTNER_SOURCES: join(folder, 'none.json') })).toEqual([
      expect.stringMatching(/^DOCUMENTS_KEY: is missing; make one with/),
      `PARTNER_SOURCES: must be the path of a JSON file (got "${join(folder, 'none.json')}")`,
    ])
  })
})

function faults(environment: NodeJS.ProcessEnv): string[] {
  try {
    readDocumentsSettings(environment)
    return []
  } catch (error) {
    return error instanceof Error ? error.message.split('\n') : []
  }
}
