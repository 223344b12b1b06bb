import { describe, expect, it } from 'vitest'
import { readMachineSettings } from './environment.ts'

const faultsOf = (environment: NodeJS.ProcessEnv) => {
  try {
    readMachineSettings(environment)
    return []
  } catch (error) {
    return (error as Error).message.split('\n')
  }
}

describe('the settings of one machine', () => {
  it('says everything that is wrong at once', () => {
    expect(faultsOf({ WEB_PORT: 'three', HL7_PORT: '70000', QUIET_HOURS: 'maybe', PUBLIC_URL: 'portal' })).toEqual([
      'WEB_PORT: must be a port number (got "three")',
      'HL7_PORT: must be a port number, 65535 at most (got "70000")',
      'PUBLIC_URL: must be a URL that starts with http:// or https:// (got "portal")',
      'QUIET_HOURS: must be on or off (got "maybe")',
    ])
  })

  it('never repeats the password of a database', () => {
    expect(faultsOf({ DATABASE_URL: 'mysql://portal:hunter2@database/portal' })).toEqual([
      'DATABASE_URL: must be a PostgreSQL address: postgresql://user:password@host/database',
    ])
  })

  it('takes the former keys of the audit, and never repeats one', () => {
    const [one, other] = ['a'.repeat(43), 'b'.repeat(43)]
    expect(readMachineSettings({ AUDIT_KEYS_FORMER: `${one}, ${other}` }).formerAuditKeys).toEqual([one, other])
    expect(readMachineSettings({}).formerAuditKeys).toEqual([])
    expect(faultsOf({ AUDIT_KEYS_FORMER: `${one},hunter2` })).toEqual([
      'AUDIT_KEYS_FORMER: must be keys of 43 characters, with commas between',
    ])
  })

  it('takes a setting that is left blank as one that is left out', () => {
    const settings = readMachineSettings({ DATABASE_URL: '', QUIET_HOURS: '', WEB_PORT: '', PUBLIC_URL: '' })
    expect(settings).toEqual(readMachineSettings({}))
    expect(settings.ports.web).toBe(3000)
  })
})
