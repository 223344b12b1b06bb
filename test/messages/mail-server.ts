import { createServer, type AddressInfo, type Socket } from 'node:net'
import { createInterface } from 'node:readline'

export interface MailServer {
  readonly url: URL
  /** Whole e-mails, headers included, in the order they came. */
  readonly received: string[]
  /** The answers to RCPT that replace "250", one for each e-mail. */
  readonly refusals: string[]
  stop(): Promise<void>
}

/** Speaks as much SMTP (RFC 5321) as a mail server needs to take an e-mail. */
export async function aMailServer(): Promise<MailServer> {
  const received: string[] = []
  const refusals: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    void converse(socket, received, refusals).catch(() => socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: new URL(`smtp://127.0.0.1:${port}`),
    received,
    refusals,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

async function converse(socket: Socket, received: string[], refusals: string[]): Promise<void> {
  const say = (line: string) => socket.write(`${line}\r\n`)
  let content: string[] | undefined
  say('220 mail.example')
  for await (const line of createInterface({ input: socket })) {
    if (content && line !== '.') content.push(line)
    else if (content) {
      received.push(content.join('\n'))
      content = undefined
      say('250 taken')
    } else if (line === 'DATA') {
      content = []
      say('354 go on')
    } else if (line.startsWith('RCPT')) say(refusals.shift() ?? '250 known')
    else if (line === 'QUIT') {
      say('221 bye')
      socket.end()
    } else say('250 well')
  }
}
