import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type Provider from 'oidc-provider'

/** A request as oidc-provider is to see it: what was checked, and nothing else that came along. */
export interface CheckedRequest {
  method: 'GET' | 'POST'
  path: string
  form?: Record<string, string>
}

/** Lets a provider answer without a connection, so that our own door alone reads from outside and writes to it. */
export function inMemory(provider: Provider): (request: CheckedRequest) => Promise<unknown> {
  const answers = new WeakMap<IncomingMessage, unknown>()
  provider.proxy = true
  provider.silent = true
  provider.use(async (context, next) => {
    await next()
    context.respond = false
    answers.set(context.req, context.body)
  })
  const handle = provider.callback()
  return async (asked) => {
    const request = requestOf(asked, new URL(provider.issuer))
    await handle(request, new ServerResponse(request))
    if (!answers.has(request)) throw new Error('oidc-provider gave no answer')
    return answers.get(request)
  }
}

/** The host is that of the issuer: oidc-provider takes its own address, and so the audience of assertions, from the header. */
function requestOf({ method, path, form }: CheckedRequest, { host, protocol }: URL): IncomingMessage {
  const body = new URLSearchParams(form).toString()
  const request = new IncomingMessage(new Socket())
  request.method = method
  request.url = path
  request.headers = {
    host,
    'x-forwarded-proto': protocol.slice(0, -1),
    accept: 'application/json',
    ...(form && {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(Buffer.byteLength(body)),
    }),
  }
  request.push(body)
  request.push(null)
  return request
}
