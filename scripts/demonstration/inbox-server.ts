import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { reachedAt } from '../reached-at.ts'
import { staffCodes } from './desk.ts'
import { InboxMessages, type Notification } from './inbox-messages.ts'
import { type NotificationType, notifyFault, NotifyFault, readNotification } from './notify-request.ts'
import { type ApiKey, readApiKey, tokenFault } from './notify-token.ts'

export interface InboxSettings {
  readonly port: number
  readonly host: string
  /** Where the messages are kept, in `inbox.json`, and the secrets of the demonstration's staff desk. */
  readonly folder: string
  /** The API key that clients of GOV.UK Notify use here: "name-<service id>-<secret>". */
  readonly apiKey: string
}

export interface Inbox {
  readonly url: string
  /** The newest message to a mobile number or e-mail address. */
  latest(contact: string): Notification | undefined
  stop(): Promise<void>
}

const largestBody = 100 * 1024
const pageLength = 250

/** The demonstration's message server. Speaks GOV.UK Notify's v2 API, and shows messages instead of sending them. */
export async function startInbox({ port, host, folder, apiKey }: InboxSettings): Promise<Inbox> {
  const messages = await InboxMessages.open(folder)
  const key = readApiKey(apiKey)
  const server = createServer((request, response) => {
    answer(request, { messages, key, folder })
      .catch((error: unknown) =>
        error instanceof NotifyFault ? error : notifyFault(500, 'Exception', 'Internal server error'),
      )
      .then((result) => send(response, result instanceof NotifyFault ? result.answer : result))
      .catch(() => response.destroy())
  })
  await listen(server, port, host)
  return {
    url: `http://${reachedAt(host)}:${(server.address() as AddressInfo).port}`,
    latest: (contact) => messages.all.find((it) => sameContact(it, contact)),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

interface Answer {
  readonly status: number
  readonly body: unknown
}

async function answer(
  request: IncomingMessage,
  { messages, key, folder }: { messages: InboxMessages; key: ApiKey; folder: string },
): Promise<Answer> {
  const url = new URL(request.url ?? '/', 'http://inbox')
  if (url.pathname === '/health') return { status: 200, body: { status: 'ok' } }
  const fault = tokenFault(request.headers.authorization, key, new Date())
  if (fault) throw notifyFault(request.headers.authorization ? 403 : 401, 'AuthError', fault)
  // Not Notify's: the code app of the staff desk, so that nobody needs a phone to try it.
  if (request.method === 'GET' && url.pathname === '/staff-codes')
    return { status: 200, body: { staffCodes: await staffCodes(folder, new Date()) } }
  const [, id] = /^\/v2\/notifications\/([^/]+)$/.exec(url.pathname) ?? []
  if (request.method === 'POST' && (id === 'sms' || id === 'email'))
    return accept(await readBody(request), id, messages)
  if (request.method === 'GET' && id) return { status: 200, body: one(messages, id) }
  if (request.method === 'GET' && url.pathname === '/v2/notifications')
    return { status: 200, body: list(messages, url) }
  throw notifyFault(404, 'NoResultFound', 'The requested URL was not found on the server.')
}

async function accept(text: string, type: NotificationType, messages: InboxMessages): Promise<Answer> {
  const { template_id, reference, to, status, subject, body } = readNotification(text, type)
  const id = randomUUID()
  const now = new Date().toISOString()
  const template = { id: template_id, version: 1, uri: `/v2/template/${template_id}` }
  await messages.add({
    id,
    reference,
    type,
    status,
    phone_number: type === 'sms' ? to : null,
    email_address: type === 'email' ? to : null,
    subject,
    body,
    template,
    created_at: now,
    sent_at: now,
    completed_at: now,
  })
  const content = type === 'sms' ? { body, from_number: 'INBOX' } : { body, subject, from_email: 'inbox@example.com' }
  return {
    status: 201,
    body: { id, reference, content, uri: `/v2/notifications/${id}`, template, scheduled_for: null },
  }
}

function one(messages: InboxMessages, id: string): Notification {
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id))
    throw notifyFault(400, 'ValidationError', 'id is not a valid UUID')
  const found = messages.all.find((it) => it.id === id)
  if (!found) throw notifyFault(404, 'NoResultFound', 'No result found')
  return found
}

function list(messages: InboxMessages, url: URL) {
  const [type, status, reference, olderThan] = ['template_type', 'status', 'reference', 'older_than'].map((it) =>
    url.searchParams.get(it),
  )
  const from = olderThan ? messages.all.findIndex((it) => it.id === olderThan) + 1 : 0
  const fitting = messages.all
    .slice(from)
    .filter((it) => (!type || it.type === type) && (!status || it.status === status))
    .filter((it) => !reference || it.reference === reference)
  const notifications = fitting.slice(0, pageLength)
  const next =
    fitting.length > pageLength ? { next: `/v2/notifications?older_than=${notifications.at(-1)?.id ?? ''}` } : {}
  return { notifications, links: { current: `${url.pathname}${url.search}`, ...next } }
}

function sameContact({ phone_number, email_address }: Notification, contact: string): boolean {
  const plain = (text: string) => text.replace(/\s/g, '').replace(/^0/, '+44').toLowerCase()
  return plain(phone_number ?? email_address ?? '') === plain(contact)
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > largestBody) throw notifyFault(413, 'BadRequestError', 'The request is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const busy = `INBOX_PORT: port ${port} is in use: stop what uses it, or choose another port`
      reject(error.code === 'EADDRINUSE' ? new Error(busy) : error)
    })
    server.listen(port, host, resolve)
  })
}
