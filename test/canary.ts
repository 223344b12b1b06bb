import { createServer, type IncomingMessage, type Server } from 'node:http'
import { sendHl7, type Ack } from '../feeds/main.ts'
import { anNhsNumber } from './nhs-numbers.ts'

/** Somebody whose every word would be known again wherever it turned up. */
export const canary = {
  family: 'Zwitscherly',
  given: 'Quillonia',
  nhsNumber: anNhsNumber(777),
  hospitalNumber: 'KANARIE0815',
  mobile: '+447700955317',
  email: 'piep.zwitscherly@example.com',
  bornOn: '1937-11-29',
  line: '17 Vogelbauer Crescent',
  postcode: 'WD99 7QX',
  clinician: 'Xanthippe Federkiel',
  clinic: 'Gefieder clinic',
}
/** As they might be written, in whole or in part, by people and by machines. */
const traces = [
  /zwitscherly/i,
  /quillonia/i,
  new RegExp(canary.nhsNumber),
  new RegExp(canary.nhsNumber.replace(/^(...)(...)(....)$/, '$1.?$2.?$3')),
  /kanarie/i,
  /7700.?955.?317/,
  /piep/i,
  /1937.?11.?29/,
  /29.?(11|Nov(ember)?).?1937/i,
  /vogelbauer/i,
  /wd99.?7qx/i,
  /xanthippe|federkiel/i,
  /gefieder/i,
]
/** The lines in which there is a trace of them, or of something else that is looked for. */
export const leaksIn = (lines: readonly string[], more: readonly RegExp[] = []) =>
  lines.filter((line) => [...traces, ...more].some((trace) => trace.test(line)))

/** A message as it is handed to the service. */
export interface Handed {
  reference?: string
  personalisation: Record<string, string>
}

/** Stands before the message service: writes down what is in the addresses, and answers wrongly when told. */
export async function recordingDoor(provider: string, urls: string[], handed: Handed[] = []) {
  const mishaps: (number | 'UNHEARD')[] = []
  const server: Server = createServer((request, response) => {
    urls.push(`${request.method} ${request.url}`)
    const mishap = request.method === 'POST' ? mishaps.shift() : undefined
    if (typeof mishap === 'number')
      // As services do, it says back what it was sent.
      return void readAll(request).then((body) =>
        response.writeHead(mishap).end(JSON.stringify({ errors: [{ message: body }] })),
      )
    void readAll(request)
      .then((body) => {
        if (body) handed.push(JSON.parse(body) as Handed)
        return fetch(`${provider}${request.url ?? ''}`, {
          method: request.method ?? 'GET',
          headers: { authorization: request.headers.authorization ?? '', 'content-type': 'application/json' },
          ...(request.method === 'POST' && { body }),
        })
      })
      .then(async (answer) => {
        const text = await answer.text()
        if (mishap === 'UNHEARD') response.destroy()
        else response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text)
      })
      .catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return { url: `http://127.0.0.1:${port}`, mishaps, stop: () => new Promise((resolve) => server.close(resolve)) }
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

const born = canary.bornOn.replaceAll('-', '')

/** Who they are, as the hospital's system writes it. */
export const pid = (birth = born, nhs = canary.nhsNumber) =>
  `PID|1||${canary.hospitalNumber}^^^RWG^MR~${nhs}^^^NHS^NH||${canary.family}^${canary.given}^^^Mrs^^L||${birth}|F|||${canary.line}^^Watford^^${canary.postcode}^GBR^H||07700 955317^PRS^CP~^NET^Internet^${canary.email}`

/** An appointment of theirs at a clinic. */
export const booking = (clinic: string, at = '202612101030', number = 'APT-9001') => [
  `SCH|${number}^PAS||||||FU^Follow-up|F2F^Face to face|30|MIN|^^30^${at}^${at.slice(0, 8)}1700||||||||||||||BOOKED`,
  pid(),
  'PV1|1|O|OPD2^^^RWG',
  'RGS|1|A',
  `AIS|1|A|${clinic}^${canary.clinic}|${at}|||30|MIN`,
  `AIP|1|A|C1^FEDERKIEL^XANTHIPPE^^^DR|CONSULTANT`,
]

let sent = 0
/** Sends a message as the hospital's system does. */
export async function hospitalSays({ port }: { port: number }, trigger: string, ...segments: string[]): Promise<Ack> {
  sent += 1
  const head = `MSH|^~\\&|PAS|RWG|PORTAL|RWG|20261123095900||${trigger}|CAN-${sent}|P|2.4||||||UNICODE UTF-8`
  return sendHl7({ host: '127.0.0.1', port }, [head, ...segments].join('\r'))
}
