interface Answer<Data> {
  data?: Data | null
  errors?: { message: string }[]
}

/** Asks the graph as somebody of the demonstration, or as nobody. Throws what it complains of. */
export async function operate<Data>(
  graphUrl: string,
  token: string | undefined,
  query: string,
  variables: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Promise<Data> {
  const known = { ...headers, ...(token && { authorization: `Bearer ${token}` }) }
  const { data, errors } = await post<Data>(graphUrl, known, { query, variables })
  if (!data) throw new Error(errors?.[0]?.message ?? 'The graph did not answer.')
  return data
}

async function post<Data>(graphUrl: string, known: Record<string, string>, body: object): Promise<Answer<Data>> {
  const headers = { 'content-type': 'application/json', ...known }
  const response = await fetch(graphUrl, { method: 'POST', headers, body: JSON.stringify(body) })
  return (await response.json()) as Answer<Data>
}
