import { describe, expect, it } from 'vitest'
import { readMachineSettings } from '../environment.ts'
import { welcome } from './welcome.ts'

const desk = { email: 'desk@example.com', password: 'demonstration-desk', totpUri: 'otpauth://totp/x' }

describe('what is said when everything runs', () => {
  it('tells whom to log in as, and of whom the partner hospital knows something', () => {
    const said = welcome(readMachineSettings({ PARTNER_PORT: '4999' }), { desk, hasPartner: true })
    expect(said).toMatch(/07700 ?900001 +9 March 1984 +Amal Haddad, who /)
    expect(said).toContain('The partner hospital      the Royal Free: FHIR R4 on port 4999, for the portal alone')
    expect(said).toContain('Amal, Bernard and Chiamaka have letters and results of both hospitals.')
    expect(said).toContain('The Royal Free does not know Gladys.')
    expect(said).toMatch(/desk@example\.com +demonstration-desk/)
  })

  it('tells as what the Royal Free asks, and where its key is', () => {
    const client = { id: 'client-1', keyId: 'demonstration', keyFile: '/data/key.pem' }
    const said = welcome(readMachineSettings({}), { desk, client, hasPartner: true })
    expect(said).toMatch(/Client id +client-1\n +Private key +\/data\/key\.pem \(kid demonstration\)/)
  })

  it('says nothing of a partner when the demonstration has none', () => {
    expect(welcome(readMachineSettings({}), { desk, hasPartner: false })).not.toMatch(/partner|Royal Free/)
  })

  it('names nobody in production', () => {
    const said = welcome(readMachineSettings({ NODE_ENV: 'production' }), { hasPartner: false })
    expect(said).not.toMatch(/Amal|inbox|sandbox|desk@|Royal Free|key/)
  })
})
