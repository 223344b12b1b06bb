import { parseArgs } from 'node:util'
import { appointmentOrders } from './appointment-orders.ts'
import { documentOrders } from './document-orders.ts'
import { Given, type Values } from './given.ts'
import { readManner } from './manner.ts'
import { flag, text, type Order, type OrderForm } from './order.ts'
import { peopleOrders } from './people-orders.ts'
import { stayOrders } from './stay-orders.ts'
import { NotUnderstoodCommand } from './usage.ts'

const forms: Record<Order['kind'], OrderForm> = {
  ...appointmentOrders,
  ...stayOrders,
  ...peopleOrders,
  ...documentOrders,
  listen: {
    options: { refuse: text, later: flag, silent: flag, echo: flag, port: text },
    read: (given) => {
      const port = given.port()
      return { kind: 'listen', manner: readManner(given), ...(port !== undefined && { port }) }
    },
  },
  send: { options: {}, read: (given) => ({ kind: 'send', file: given.word('file') }) },
  replay: { options: {}, read: ({ words: [id] }) => ({ kind: 'replay', ...(id !== undefined && { id }) }) },
  list: { options: {}, read: () => ({ kind: 'list' }) },
  refused: { options: {}, read: () => ({ kind: 'refused' }) },
  help: { options: {}, read: () => ({ kind: 'help' }) },
}

/** Understands what was typed after `npm run hospital --`. */
export function readOrder([name = 'help', ...args]: string[]): Order {
  if (['-h', '--help'].includes(name) || args.includes('--help')) return { kind: 'help' }
  if (!Object.hasOwn(forms, name)) throw new NotUnderstoodCommand(`There is no command "${name}".`)
  const { options, read } = forms[name as Order['kind']]
  const { values, positionals } = parse(args, options)
  return read(new Given(values as Values, positionals))
}

function parse(args: string[], options: OrderForm['options']) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new NotUnderstoodCommand(error instanceof Error ? (error.message.split('. ')[0] ?? '') + '.' : String(error))
  }
}
