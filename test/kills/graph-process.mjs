// The graph in a process of its own that can be killed: loads everything, waits for its settings, starts, says where it is.
import { flushCompileCache } from 'node:module'

const built = (path) => import(new URL(`../../dist/${path}`, import.meta.url))
const [{ startGraph }, { readSecrets }, { readTrust }, { messagesExtra }, { systemClock }] = await Promise.all(
  [
    'scripts/graph',
    'scripts/secrets',
    'subgraphs/runtime/trust',
    'subgraphs/messages/main',
    'subgraphs/runtime/clock',
  ].map((part) => built(`${part}.js`)),
)

process.once('message', async ({ folder, databaseUrl, notify, rescheduleLimit }) => {
  const secrets = readSecrets(folder, {}, false)
  const trust = { ...readTrust('west-herts'), quietHours: null, rescheduleLimit }
  const messages = {
    publicUrl: new URL('https://portal.example'),
    messagesKey: Buffer.from(secrets.MESSAGES_KEY, 'base64url'),
    notify: { ...notify, url: new URL(notify.url) },
  }
  const { gateway } = await startGraph({
    host: '127.0.0.1',
    port: 0,
    production: false,
    dataDir: folder,
    databaseUrl,
    clock: systemClock,
    trust,
    secrets,
    logLevel: 'silent',
    isDemonstration: false,
    messages: { ...messagesExtra(messages, trust) },
    limits: { ratePerSecond: null },
  })
  process.send({ url: `${gateway.url}/graphql` })
  // Node writes at its end what it compiled, and this process has none: the next ones need not compile it again.
  flushCompileCache()
})
process.once('disconnect', () => process.exit())
process.send('loaded')
