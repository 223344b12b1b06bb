/** What `npm run partner` says when it is asked for help, or not understood. */
export const usage = `The systems of partner organisations that may ask a running portal, and what is shared with them.

  npm run partner -- register --organisation RAL --organisation-name "Royal Free London NHS Foundation Trust"
                              --name "Clinical portal" --scopes patients.read,appointments.read
                              --keys <file> or --keys-url <https address>  [operations.graphql ...]
  npm run partner -- list
  npm run partner -- rotate <client id> [--keys <file> or --keys-url <https address>] [--remove <kid>] ...
  npm run partner -- limit <client id> [--scopes ...] [operations.graphql ... or --any-operation]
  npm run partner -- revoke <client id>
  npm run partner -- share <hospital number> --organisation RAL --categories appointments,letters,results
                                             [--until 2027-03-31]

register  lets a system ask. Its keys are a JWK Set (JSON), one JWK, or a public key (PEM; --kid names it), never the
          private half: RSA of 2048 bits or more, EC P-384 or Ed25519. An address of keys must be on a host of
          PARTNER_KEY_HOSTS. Scopes: patients.read, appointments.read, documents.read, results.read.
          With files of operations it may send those and no other, each by itself with the fragments it uses, in
          whichever of the files these are.
rotate    adds keys, removes keys, or does both. Both keys work until you remove the old one; then its tokens end.
limit     gives it another list of scopes or of operations.
revoke    ends a system and its tokens at once, for good.
share     shares a person's record with an organisation for direct care: the whole list, "" for nothing.
          What the patient objected to stays closed.

Ends with 0 when it was done, 1 when not; then nothing was changed.
`
