import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readSecret, readSecrets } from './secrets.ts'

let folder: string
const file = () => join(folder, 'secrets.json')
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'portal-secrets-'))))
afterEach(() => rmSync(folder, { recursive: true }))

describe('the secrets of one machine', () => {
  it('are made once, for their owner alone, and are the same at the next start', () => {
    const first = readSecrets(folder, {}, false)
    expect(new Set(Object.values(first)).size).toBe(Object.keys(first).length)
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    expect(readSecrets(folder, { PATIENTS_KEY: '' }, false)).toEqual(first)
  })

  it('are all given by the owner in production, whatever lies in the folder', () => {
    const { PATIENTS_KEY, ...others } = readSecrets(folder, {}, false)
    expect(() => readSecrets(folder, others, true)).toThrow(/^PATIENTS_KEY: is missing[^\n]*$/)
    expect(readSecrets(folder, { ...others, PATIENTS_KEY }, true)).toEqual({ ...others, PATIENTS_KEY })
  })

  it('are not repeated when one is wrong', () => {
    expect(() => readSecrets(folder, { PATIENTS_KEY: 'hunter2' }, false)).toThrow(/^PATIENTS_KEY: must be 32 [^\n]*$/)
    expect(() => readSecrets(folder, { PATIENTS_KEY: 'hunter2' }, false)).not.toThrow(/hunter2/)
  })

  it('are not made anew over a file that is damaged', () => {
    writeFileSync(file(), '{"PATIENTS_KEY": "')
    expect(() => readSecrets(folder, {}, false)).toThrow(/secrets\.json: cannot be read/)
    expect(readFileSync(file(), 'utf8')).toBe('{"PATIENTS_KEY": "')
  })
})

describe('one secret of a portal that has run', () => {
  const auditKey = (environment: NodeJS.ProcessEnv, production = false) =>
    readSecret('AUDIT_KEY', folder, environment, production)

  it('is the one it runs with, given or kept', () => {
    const { AUDIT_KEY, PATIENTS_KEY } = readSecrets(folder, {}, false)
    expect(auditKey({})).toBe(AUDIT_KEY)
    expect(auditKey({ AUDIT_KEY: PATIENTS_KEY })).toBe(PATIENTS_KEY)
  })

  it('is never made, and in production never found', () => {
    expect(() => auditKey({})).toThrow(/^AUDIT_KEY: is missing/)
    expect(() => statSync(file())).toThrow('ENOENT')
    readSecrets(folder, {}, false)
    expect(() => auditKey({}, true)).toThrow(/^AUDIT_KEY: is missing/)
    expect(() => auditKey({ AUDIT_KEY: 'hunter2' })).toThrow(/^AUDIT_KEY: must be 32 (?!.*hunter2)/)
  })
})
