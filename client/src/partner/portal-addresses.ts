/** Where to ask, and for tokens. */
export interface PortalAddresses {
  readonly url: string
  readonly issuer: URL
  readonly tokenUrl: URL | undefined
}

interface Given {
  readonly url: string
  readonly issuer?: string | undefined
  readonly tokenUrl?: string | undefined
}

/** Reads the addresses of a portal. What travels there opens records, so it travels encrypted. */
export function addressesOf({ url, issuer, tokenUrl }: Given): PortalAddresses {
  const graph = read('url', url)
  if (issuer === undefined && !graph.pathname.endsWith('/graphql'))
    throw new TypeError(`url: must end in /graphql, else give issuer too (got ${JSON.stringify(url)})`)
  return {
    url: graph.href,
    issuer: read('issuer', issuer ?? graph.href.slice(0, -'/graphql'.length)),
    tokenUrl: tokenUrl === undefined ? undefined : read('tokenUrl', tokenUrl),
  }
}

function read(name: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const got = `(got ${JSON.stringify(text)})`
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw new TypeError(`${name}: must be an https address ${got}`)
  if (url.protocol === 'http:' && !isThisMachine(url))
    throw new TypeError(`${name}: must be https, except on this machine ${got}`)
  return url
}

const isThisMachine = ({ hostname }: URL) =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
