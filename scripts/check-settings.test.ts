import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { checkSettings } from './check-settings.ts'
import { readMachineSettings } from './environment.ts'
import { partsEnvironment, type Places } from './parts-environment.ts'
import { anySecrets } from './secrets.ts'

const folder = mkdtempSync(join(tmpdir(), 'portal-settings-'))
afterAll(() => rmSync(folder, { recursive: true }))

const at = 'http://127.0.0.1:4000/graphql'
const places: Places = {
  graph: at,
  inbox: undefined,
  hospital: undefined,
  subgraphs: { patients: at, appointments: at, documents: at, messages: at },
}

function faultsOf(environment: NodeJS.ProcessEnv): string[] {
  try {
    checkSettings(readMachineSettings(environment), places, environment)
    return []
  } catch (error) {
    return (error as Error).message.split('\n')
  }
}

const production = {
  ...anySecrets,
  NODE_ENV: 'production',
  DATA_DIR: folder,
  PUBLIC_URL: 'https://portal.example.com',
  HL7_SEND_TO: '127.0.0.1:9',
  NOTIFY_API_KEY: 'live-00000000-0000-4000-8000-000000000000-00000000-0000-4000-8000-000000000000',
  NOTIFY_TEXT_TEMPLATE_ID: '00000000-0000-4000-8000-000000000001',
  NOTIFY_EMAIL_TEMPLATE_ID: '00000000-0000-4000-8000-000000000002',
}

const royalFree = {
  code: 'RAL',
  name: 'Royal Free London NHS Foundation Trust',
  shortName: 'Royal Free',
  fhirUrl: 'https://fhir.royalfree.example/R4',
  tokenUrl: 'https://login.royalfree.example/token',
  clientId: 'west-herts',
}

describe('the settings of every part', () => {
  it('are enough in production without a partner', () => {
    expect(faultsOf(production)).toEqual([])
  })

  it('stop the start when a partner has no secret, or is no list', () => {
    const PARTNER_SOURCES = join(folder, 'partners.json')
    writeFileSync(PARTNER_SOURCES, JSON.stringify([royalFree]))
    expect(faultsOf({ ...production, PARTNER_SOURCES })).toEqual([
      expect.stringMatching(/^PARTNER_SECRET_RAL: is missing/),
    ])
    expect(faultsOf({ ...production, PARTNER_SOURCES, PARTNER_SECRET_RAL: 'secret' })).toEqual([])
    writeFileSync(PARTNER_SOURCES, '{}')
    expect(faultsOf({ ...production, PARTNER_SOURCES })).toEqual([expect.stringMatching(/^PARTNER_SOURCES: must be/)])
  })

  it('stop the start when keys are to be fetched from what is no host', () => {
    expect(faultsOf({ ...production, PARTNER_KEY_HOSTS: 'keys.example.nhs.uk' })).toEqual([])
    expect(faultsOf({ ...production, PARTNER_KEY_HOSTS: 'https://keys.example.nhs.uk' })).toEqual([
      expect.stringMatching(/^PARTNER_KEY_HOSTS: must be names of hosts/),
    ])
  })

  it('tell the secret of the demonstration’s partner to documents alone', () => {
    const machine = readMachineSettings({})
    const { documents, subgraph, ...others } = partsEnvironment(machine, anySecrets, {
      ...places,
      partners: 'file.json',
    })
    expect(documents).toMatchObject({ PARTNER_SOURCES: 'file.json' })
    expect(subgraph('documents')).toMatchObject({ PARTNER_SOURCES: 'file.json' })
    const all = JSON.stringify([others, subgraph('patients'), subgraph('appointments'), subgraph('messages')])
    expect(all).not.toMatch(/PARTNER_S/)
  })

  it('name no partner when the owner names them', () => {
    expect(readMachineSettings({}).partnersAreElsewhere).toBe(false)
    expect(readMachineSettings({ PARTNER_SOURCES: 'mine.json' }).partnersAreElsewhere).toBe(true)
    expect(readMachineSettings({ PARTNER_SOURCES: '' }).partnersAreElsewhere).toBe(false)
    expect(readMachineSettings({ NODE_ENV: 'production' }).partnersAreElsewhere).toBe(true)
  })
})
