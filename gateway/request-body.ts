import type { IncomingMessage } from 'node:http'
import { badInput, Problem } from './problem.ts'
import type { OperationRequest } from './operation-text.ts'

const DEEPEST = 32

/** A GraphQL request as it was sent. Apollo Server looks at variables and operationName. */
export type GraphRequest = OperationRequest & Record<string, unknown>

/** Reads what says that it is JSON, of at most so many bytes. What is in it is looked at once there is room to work. */
export async function readJson(request: IncomingMessage, mostBytes: number, signal?: AbortSignal): Promise<Buffer> {
  const type = request.headers['content-type'] ?? ''
  if (!/^application\/json(;\s*charset="?utf-8"?)?$/i.test(type.trim()))
    throw badInput('Send JSON, with the header content-type: application/json.')
  if (request.headers['content-encoding']) throw badInput('Send the body as it is, without content-encoding.')
  return readBytes(request, mostBytes, signal)
}

/** The one JSON object in a body. */
export function requestIn(body: Buffer): GraphRequest {
  const value = parsed(body)
  if (Array.isArray(value)) throw badInput('Send one operation in each request: batches are not taken.')
  if (typeof value !== 'object' || value === null)
    throw badInput('The body must be a JSON object with "query", and "variables" if it has any.')
  if (deeperThan(value, DEEPEST)) throw badInput('The body is nested too deeply.')
  return value as GraphRequest
}

/** Reads a body of at most so many bytes, or refuses it; when the signal says so, for its reason. */
export async function readBytes(request: IncomingMessage, mostBytes: number, signal?: AbortSignal): Promise<Buffer> {
  const tooLarge = () =>
    new Problem('BAD_USER_INPUT', `The body is larger than ${inWords(mostBytes)}.`, { status: 413 })
  if (Number(request.headers['content-length']) > mostBytes) throw tooLarge()
  const chunks: Buffer[] = []
  let bytes = 0
  return new Promise((resolve, reject) => {
    signal?.addEventListener('abort', () => {
      chunks.length = 0
      reject(signal.reason)
    })
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > mostBytes) reject(tooLarge())
      else if (!signal?.aborted) chunks.push(chunk)
    })
    request.on('end', () => resolve(Buffer.concat(chunks)))
    request.on('error', () => reject(badInput('The body did not arrive whole.')))
    request.on('close', () => {
      if (!request.complete) reject(badInput('The body did not arrive whole.'))
    })
  })
}

const inWords = (bytes: number) =>
  bytes < 1024 * 1024 ? `${Math.floor(bytes / 1024)} KB` : `${Math.floor(bytes / 1024 / 1024)} MB`

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    throw badInput('The body is not JSON.')
  }
}

/** Looked at level by level and not by recursion: that is what a deep body would exhaust. */
function deeperThan(value: object, levels: number): boolean {
  let level: object[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > levels) return true
    level = level.flatMap((it) =>
      Object.values(it).filter((child: unknown) => typeof child === 'object' && child !== null),
    )
  }
  return false
}
