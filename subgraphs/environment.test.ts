import { describe, expect, it } from 'vitest'
import { readEnvironment } from './environment.ts'

const key = Buffer.alloc(32, 1).toString('base64url')
const patients = {
  SUBGRAPH: 'patients',
  SUBGRAPH_PORT: '4001',
  SUBGRAPH_KEY: key,
  SHARING_KEY: key,
  AUDIT_KEY: key,
  PATIENTS_KEY: key,
}

describe('the settings of a subgraph that runs by itself', () => {
  it('are its own alone', () => {
    expect(readEnvironment(patients)).toMatchObject({
      name: 'patients',
      port: 4001,
      patientsSettings: { key, demonstration: false, partnerKeyHosts: [] },
      messagesSettings: undefined,
    })
  })

  it.each([
    [{}, undefined],
    [{ DEMONSTRATION: 'on' }, 'DEMONSTRATION'],
    [{ NODE_ENV: 'production' }, 'PRODUCTION'],
  ])('say whom its database is for: %j', (more, purpose) => {
    expect(readEnvironment({ ...patients, ...more }).purpose).toBe(purpose)
  })

  it('name the hosts of keys', () => {
    const { patientsSettings } = readEnvironment({
      ...patients,
      PARTNER_KEY_HOSTS: 'keys.example.nhs.uk, localhost:8443,',
    })
    expect(patientsSettings?.partnerKeyHosts).toEqual(['keys.example.nhs.uk', 'localhost:8443'])
  })

  it('are taken as left out when they are blank', () => {
    expect(readEnvironment({ ...patients, DATABASE_URL: '', TRUST_PROFILE: '', SYSTEM_SECRET: '' })).toEqual(
      readEnvironment(patients),
    )
  })

  it.each([
    [{ ...patients, SUBGRAPH: 'clinics' }, 'SUBGRAPH: must be one of patients, appointments, documents, messages'],
    [{ ...patients, PATIENTS_KEY: '' }, 'PATIENTS_KEY: is missing; patients needs it'],
    [{ ...patients, SUBGRAPH: 'documents' }, 'SYSTEM_SECRET: is missing; documents needs it'],
    [
      { ...patients, PARTNER_KEY_HOSTS: 'https://keys.example.nhs.uk/jwks' },
      'PARTNER_KEY_HOSTS: must be names of hosts',
    ],
    [{ ...patients, NODE_ENV: 'production', DEMONSTRATION: 'on' }, 'DEMONSTRATION: must not be on in production'],
  ])('are refused with what to do: %#', (environment, fault) => {
    expect(() => readEnvironment(environment)).toThrow(fault)
  })

  it('bring the former keys of the audit', () => {
    const former = Buffer.alloc(32, 2)
    const read = readEnvironment({ ...patients, AUDIT_KEYS_FORMER: `${key},${former.toString('base64url')}` })
    expect(read.formerAuditKeys).toEqual([Buffer.alloc(32, 1), former])
    expect(() => readEnvironment({ ...patients, AUDIT_KEYS_FORMER: 'hunter2' })).toThrow(
      /^AUDIT_KEYS_FORMER: must be keys of 43 characters, with commas between$/,
    )
  })

  it('never repeat a secret, nor the password of a database', () => {
    const read = () =>
      readEnvironment({ ...patients, SUBGRAPH_KEY: 'hunter2', DATABASE_URL: 'mysql://portal:hunter2@database/portal' })
    expect(read).toThrow(/^SUBGRAPH_KEY: .*\nDATABASE_URL: .*$/)
    expect(read).not.toThrow(/hunter2/)
  })
})
