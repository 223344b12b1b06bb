import { createServer, type Server } from 'node:http'
import type { Feeds } from './main.ts'

/** Answers `/health` (the process lives) and `/ready` (messages are taken and the graph answers), for those who watch over processes. */
export async function serveHealth(feeds: Pick<Feeds, 'ready'>, host: string, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    const answer = (status: number, text: string) =>
      response.writeHead(status, { 'content-type': 'text/plain', 'cache-control': 'no-store' }).end(`${text}\n`)
    if (request.url === '/health') return answer(200, 'ok')
    if (request.url !== '/ready') return answer(404, 'not found')
    return void feeds.ready().then((ready) => answer(ready ? 200 : 503, ready ? 'ready' : 'not ready'))
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, () => resolve()))
  return server
}
