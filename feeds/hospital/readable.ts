import type { Ack } from '../mllp-client.ts'

const longestField = 400

/** A message with one segment on each line. A file in it is not shown. */
export const readableMessage = (message: string): string =>
  message
    .split(/\r\n?|\n/)
    .filter((line) => line !== '')
    .map((line) => `  ${line.replace(tooLong, (it) => `${it.slice(0, 40)}... (${it.length} characters)`)}\n`)
    .join('')

const tooLong = new RegExp(`[\\w+/=]{${longestField},}`, 'g')

const meaning = {
  AA: 'AA: the portal took the message.',
  AE: 'AE: the portal refused the message. It can never work as it is.',
  AR: 'AR: the portal could not take the message now. Try again.',
}

/** What the portal answered, in words. */
export const readableAck = ({ code, lines }: Ack): string =>
  [meaning[code], ...lines.map((line) => `  ${line}`)].join('\n') + '\n'

/** How a command ends, for the shell. */
export const exitCodes = { AA: 0, AE: 2, AR: 3 }
