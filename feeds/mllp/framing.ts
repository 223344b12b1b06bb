/** The block of MLLP: 0x0B, the message, 0x1C 0x0D. */
const startOfBlock = 0x0b
const endOfBlock = 0x1c
const carriageReturn = 0x0d

/** What came in one block. */
export interface Block {
  /** TOO_LONG: only the beginning is kept. UNFINISHED: another block, or the end of the connection, came before its end. */
  kind: 'WHOLE' | 'TOO_LONG' | 'UNFINISHED'
  bytes: Buffer
  /** How many bytes came, kept or not. */
  size: number
  /** How many are taken. */
  limit: number
}

/** Puts a message into a block, to be written to a connection. */
export const blockOf = (message: string): Buffer =>
  Buffer.concat([Buffer.of(startOfBlock), Buffer.from(message, 'utf8'), Buffer.of(endOfBlock, carriageReturn)])

const beginningKept = 20_000

/**
 * Finds the blocks in a stream of bytes, however it is cut. Bytes between blocks are skipped, and counted.
 * Holds one block at most, and of one that is too long its beginning only. The 0x1C alone ends a block:
 * it stands in no text, and a sender that forgets the 0x0D gets an answer instead of silence.
 */
export class BlockReader {
  readonly #limit: number
  #room: Buffer | undefined
  #kept = 0
  #size = 0
  #skipped = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Whether a block has begun and not ended. */
  get isInsideBlock(): boolean {
    return this.#room !== undefined
  }

  /** Bytes held of the block that is coming in. */
  get held(): number {
    return this.#room === undefined ? 0 : this.#kept
  }

  /** Bytes that stood outside every block, the line end after a block not counted. */
  get skippedBytes(): number {
    return this.#skipped
  }

  /** The blocks that end, or are broken off, within these bytes. */
  *read(bytes: Buffer): Generator<Block> {
    let at = 0
    while (at < bytes.length) {
      if (!this.#room) {
        at = this.#skipToStart(bytes, at)
        continue
      }
      const stop = nextSign(bytes, at)
      this.#keep(bytes.subarray(at, stop))
      at = stop + 1
      if (stop === bytes.length) return
      const block = this.#finish(bytes[stop] === endOfBlock ? 'WHOLE' : 'UNFINISHED')
      if (bytes[stop] === startOfBlock) this.#begin()
      if (block) yield block
    }
  }

  /** The block that was broken off, when the connection ends or falls silent. */
  abandon(): Block | undefined {
    return this.#room && this.#finish('UNFINISHED')
  }

  #skipToStart(bytes: Buffer, from: number): number {
    const start = bytes.indexOf(startOfBlock, from)
    const end = start < 0 ? bytes.length : start
    for (let at = from; at < end; at++) if (bytes[at] !== carriageReturn && bytes[at] !== 0x0a) this.#skipped++
    if (start >= 0) this.#begin()
    return end + 1
  }

  #begin() {
    this.#room = Buffer.alloc(0)
    this.#kept = 0
    this.#size = 0
  }

  /** Copies into room that doubles: a thousand writes of one byte cost no more than one write of a thousand. */
  #keep(bytes: Buffer) {
    this.#size += bytes.length
    if (this.#size > this.#limit) {
      this.#keepBeginning(bytes)
      return
    }
    if (this.#size > (this.#room?.length ?? 0)) {
      const larger = Buffer.alloc(Math.min(this.#limit, Math.max(4096, this.#size, this.#kept * 2)))
      this.#room?.copy(larger, 0, 0, this.#kept)
      this.#room = larger
    }
    this.#kept += this.#room ? bytes.copy(this.#room, this.#kept) : 0
  }

  #keepBeginning(bytes: Buffer) {
    const wanted = Math.min(beginningKept, this.#limit)
    if (this.#room?.length === wanted && this.#kept === wanted) return
    const beginning = Buffer.alloc(wanted)
    const there = this.#room?.copy(beginning, 0, 0, Math.min(this.#kept, wanted)) ?? 0
    this.#kept = there + bytes.copy(beginning, there)
    this.#room = beginning
  }

  #finish(kind: 'WHOLE' | 'UNFINISHED'): Block | undefined {
    const bytes = this.#room?.subarray(0, this.#kept) ?? Buffer.alloc(0)
    const size = this.#size
    this.#room = undefined
    if (size === 0) return undefined
    return { kind: size > this.#limit ? 'TOO_LONG' : kind, bytes, size, limit: this.#limit }
  }
}

/** Where the next start or end of a block stands. The start first: a run of starts is then passed in one step each. */
function nextSign(bytes: Buffer, from: number): number {
  const start = bytes.indexOf(startOfBlock, from)
  const until = start < 0 ? bytes.length : start
  const end = bytes.subarray(from, until).indexOf(endOfBlock)
  return end < 0 ? until : from + end
}
