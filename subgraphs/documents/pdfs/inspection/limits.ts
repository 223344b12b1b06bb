const megabyte = 1024 * 1024

/** What a PDF may weigh, and what reading it may cost. */
export const limits = {
  fileBytes: 20 * megabyte,
  /** One stream, unpacked: a colour scan of A4 at 300 dots an inch is 26 MB. */
  streamBytes: 64 * megabyte,
  /** All streams, unpacked. */
  unpackedBytes: 400 * megabyte,
  /** Streams packed in streams. */
  layers: 5,
  objects: 300_000,
  pages: 2_000,
  /** What the text may come to; longer, and there is none: the PDF itself is what counts. */
  textCharacters: 200_000,
  /** Of the whole process that inspects: it has a heap, the file, and what it unpacks. */
  processBytes: 640 * megabyte,
  /** Of the processor, and not of the clock: what becomes of a file does not depend on how busy the machine is. */
  processorMilliseconds: 4_000,
} as const

/** How the process ends when a file took too much time or memory. */
export const tooMuch = 77
