import { builtClock, builtMessages, builtSecrets, builtTrust } from '../built.ts'
import type { GraphSettings } from '../../scripts/graph.ts'

/** Nothing is sent while measuring: nobody here has a phone. The key has the form of GOV.UK Notify's. */
const notify = {
  url: new URL('http://127.0.0.1:9'),
  apiKey: `bench-${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}-${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}`,
  textTemplateId: '00000000-0000-4000-8000-000000000001',
  emailTemplateId: '00000000-0000-4000-8000-000000000002',
}

/** The whole graph in one process, as in production but for its limits. */
export async function graphSettings(folder: string, port: number): Promise<GraphSettings> {
  const [{ systemClock }, { readSecrets }, { readTrust }, { messagesExtra }] = await Promise.all([
    builtClock(),
    builtSecrets(),
    builtTrust(),
    builtMessages(),
  ])
  const secrets = readSecrets(folder, {}, false)
  const trust = readTrust('west-herts')
  const messagesKey = Buffer.from(secrets.MESSAGES_KEY, 'base64url')
  return {
    host: '127.0.0.1',
    port,
    production: true,
    dataDir: folder,
    clock: systemClock,
    trust,
    secrets,
    logLevel: 'silent',
    isDemonstration: false,
    messages: { ...messagesExtra({ publicUrl: new URL('https://portal.example'), messagesKey, notify }, trust) },
    limits: { ratePerSecond: null },
  }
}
