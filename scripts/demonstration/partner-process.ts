/** The Royal Free of a demonstration, as a process of its own: it ends when whoever started it has ended. */
import { once } from 'node:events'
import type { PartnerClient } from './partner/partner-tokens.ts'
import { startPartnerServer } from './partner-server.ts'
import { royalFree } from './royal-free/royal-free.ts'

process.once('disconnect', () => process.exit())
// Ctrl-C in a terminal reaches every process in it: the portal stops first.
process.on('SIGINT', () => undefined)

const [told] = (await once(process, 'message')) as [{ port: number; client: PartnerClient }]
await startPartnerServer({ ...told, resources: await royalFree() })
process.send?.('ready')
