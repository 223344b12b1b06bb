import { z } from 'zod'
import { partnerScopes } from './scopes.ts'

/** What is true of us: oidc-provider names endpoints for people too, whom it does not meet here. */
const told = z.object({
  issuer: z.string(),
  token_endpoint: z.string(),
  jwks_uri: z.string(),
  grant_types_supported: z.array(z.string()),
  response_types_supported: z.array(z.string()),
  token_endpoint_auth_methods_supported: z.array(z.string()),
  token_endpoint_auth_signing_alg_values_supported: z.array(z.string()),
})

/** The metadata by which clients find the token endpoint (RFC 8414). */
export const metadata = (said: unknown) => ({ ...told.parse(said), scopes_supported: partnerScopes })
