/** A public key as it is kept: the members of its JWK that are public, and nothing else it came with. */
export interface PublicKey {
  readonly kid: string
  readonly kty: 'RSA' | 'EC' | 'OKP'
}
