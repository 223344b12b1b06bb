import { generateKeyPairSync, randomBytes } from 'node:crypto'
import type { AdapterFactory, Configuration, JWK } from 'oidc-provider'
import { algorithms, CLOCK_DIFFERENCE_S } from './assertion.ts'
import { partnerScopes } from './scopes.ts'

export const TOKEN_LASTS_S = 300

export const paths = {
  token: '/oauth/token',
  keys: '/oauth/jwks',
  metadata: '/.well-known/openid-configuration',
} as const

const off = { enabled: false }

/** Of all that oidc-provider can do, one thing: an opaque token for a client that signs with its private key. */
export const providerSettings = (adapter: AdapterFactory, onAssertion: () => Promise<void>): Configuration => ({
  adapter,
  assertJwtClientAuthClaimsAndHeader: onAssertion,
  clientAuthMethods: ['private_key_jwt'],
  enabledJWA: { clientAuthSigningAlgValues: [...algorithms] },
  clockTolerance: CLOCK_DIFFERENCE_S,
  scopes: [...partnerScopes],
  responseTypes: [],
  ttl: { ClientCredentials: TOKEN_LASTS_S },
  formats: { bitsOfOpaqueRandomness: 256 },
  features: {
    clientCredentials: { enabled: true },
    devInteractions: off,
    dPoP: off,
    pushedAuthorizationRequests: off,
    resourceIndicators: off,
    rpInitiatedLogout: off,
    userinfo: off,
  },
  routes: { token: paths.token, jwks: paths.keys },
  // Tokens are opaque and nobody logs in: without a key for ID tokens and one for cookies oidc-provider takes its own.
  jwks: { keys: [keyThatSignsNothing()] },
  clientDefaults: { id_token_signed_response_alg: 'ES256' },
  cookies: { keys: [randomBytes(32).toString('base64url')] },
  fetch: () => Promise.reject(new Error('Keys are fetched by ourselves alone')),
})

const keyThatSignsNothing = () =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }) as JWK
