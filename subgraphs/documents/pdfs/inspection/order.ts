/** What the process that inspects is given. */
export interface Order {
  readonly file: Uint8Array
  readonly firstHeading: string
}
