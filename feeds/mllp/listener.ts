import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { Logger } from 'pino'
import type { AllowList } from './allow-list.ts'
import { Conversation } from './conversation.ts'
import type { Block } from './framing.ts'
import { Turns } from './turns.ts'

/** Where and from whom messages are taken, and within which limits. */
export interface ListenerSettings {
  host: string
  port: number
  allows: AllowList
  /** With an authority, senders must show a certificate of it. */
  tls?: { key: string; cert: string; ca?: string | undefined } | undefined
  maximumBytes: number
  /** A message that has begun must be whole within this time. */
  messageSeconds: number
  /** A connection that says nothing for so long is closed. */
  idleSeconds: number
  maximumConnections: number
  log: Logger
  /** Takes one block, answers what is sent back. */
  take: (block: Block) => Promise<string>
}

/** Messages of more than a megabyte that are held at once, of all senders together: one is taken while the next comes in. */
const largeMessages = 2

/** A listener that is up. */
export interface Listener {
  port: number
  isListening: () => boolean
  /** Finishes the messages being taken, answers them, closes. */
  stop: () => Promise<void>
}

/** Listens for messages in MLLP blocks, over TLS when it has a key. */
export async function listen(settings: ListenerSettings): Promise<Listener> {
  const { host, port, tls, log, allows } = settings
  const talks = new Set<Conversation>()
  const rules = { ...settings, turns: new Turns(largeMessages) }
  const onConnection = (socket: Socket) => {
    socket.on('error', (error: NodeJS.ErrnoException) =>
      log.warn({ fault: error.code }, 'a connection of a sender broke'),
    )
    const talk = new Conversation(socket, rules)
    talks.add(talk)
    void talk.ended.then(() => talks.delete(talk))
  }
  const isWelcome = (socket: Socket) => {
    if (allows(socket.remoteAddress)) return true
    log.warn({ address: socket.remoteAddress }, 'turned away a sender that is not on the list of allowed addresses')
    socket.destroy()
    return false
  }
  const server = tls ? tlsServer(tls, isWelcome, onConnection, log) : plainServer(isWelcome, onConnection)
  server.maxConnections = settings.maximumConnections
  server.on('drop', (data) => log.warn({ address: data?.remoteAddress }, 'turned away a sender: too many connections'))
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await opened(server, host, port)
  return {
    port: (server.address() as AddressInfo).port,
    isListening: () => server.listening,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      await Promise.all(Array.from(talks, (talk) => talk.stop()))
      for (const socket of sockets) socket.destroy() // what never became a conversation: a handshake that nobody ends
      await closed
    },
  }
}

const plainServer = (isWelcome: (socket: Socket) => boolean, onConnection: (socket: Socket) => void) =>
  createServer({ allowHalfOpen: true, keepAlive: true }, (socket) => {
    if (isWelcome(socket)) onConnection(socket)
  })

function tlsServer(
  { key, cert, ca }: NonNullable<ListenerSettings['tls']>,
  isWelcome: (socket: Socket) => boolean,
  onConnection: (socket: Socket) => void,
  log: Logger,
): Server {
  const mutual = ca === undefined ? {} : { ca, requestCert: true, rejectUnauthorized: true }
  const options = {
    key,
    cert,
    ...mutual,
    minVersion: 'TLSv1.2',
    handshakeTimeout: 10_000,
    allowHalfOpen: true,
  } as const
  return createTlsServer(options, onConnection)
    .prependListener('connection', isWelcome) // before a stranger may as much as begin a handshake
    .on('tlsClientError', (error: NodeJS.ErrnoException, socket) => {
      log.warn({ address: socket.remoteAddress, fault: error.code }, 'a sender could not agree on TLS')
      socket.destroy()
    })
}

const opened = (server: Server, host: string, port: number) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
