import { constants, inflateSync } from 'node:zlib'
import { Faulty } from './fault.ts'
import { limits } from './limits.ts'

const white = new Set([0x00, 0x09, 0x0a, 0x0c, 0x0d, 0x20])

/** Counts what is unpacked, and ends the inspection when it is too much. */
export class Allowance {
  #left: number = limits.unpackedBytes

  spend(bytes: number): void {
    this.#left -= bytes
    if (this.#left < 0) throw new Faulty('TOO_COMPLEX')
  }
}

/**
 * Whatever is packed in the file, unpacked, one after the other. Found by looking for the word "stream" and not by the file's
 * own tables: what one reader overlooks, because a table or a length lies, another one runs.
 */
export function* unpacked(file: Buffer, allowance: Allowance): Generator<Buffer> {
  for (let at = file.indexOf('stream'); at !== -1; at = file.indexOf('stream', at + 6)) {
    let start = at + 6
    while (white.has(file[start] ?? -1)) start += 1
    yield* layersOf(file.subarray(start), allowance, 1)
  }
}

function* layersOf(bytes: Buffer, allowance: Allowance, layer: number): Generator<Buffer> {
  if (!looksPacked(bytes)) return
  if (layer > limits.layers) throw new Faulty('TOO_COMPLEX')
  const content = inflated(bytes)
  if (!content) return
  allowance.spend(content.length)
  yield content
  yield* layersOf(content, allowance, layer + 1)
}

/** The two bytes that zlib begins with: method 8, and divisible by 31. */
const looksPacked = ([first = 0, second = 0]: Buffer) => (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0

function inflated(bytes: Buffer): Buffer | undefined {
  try {
    // It ends by itself, so no length needs to be believed.
    return inflateSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: limits.streamBytes })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw new Faulty('TOO_COMPLEX')
    return undefined
  }
}
