const reads = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether a request may change something: it must come from a page of ours. Every method and content type is held
 * to this, a missing one too, because a form, a script and a curious tool each leave out something else.
 */
export function comesFromUs(request: Request, publicUrl: URL): boolean {
  return reads.has(request.method) || request.headers.get('origin') === publicUrl.origin
}

/** The answer to a request from somewhere else. It stands alone: nothing of ours is rendered for a stranger. */
export function notFromUs(): Response {
  return new Response(page, { status: 403, headers: { 'content-type': 'text/html; charset=utf-8' } })
}

const page = `<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>We could not do that</title></head>
<body>
<main>
<h1>We could not do that</h1>
<p>The form did not come from a page of this site, so nothing was changed.</p>
<p><a href="/">Go to the start page</a> and try again from there.</p>
</main>
</body>
</html>
`
