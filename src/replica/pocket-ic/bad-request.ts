/** A request that cannot be served as it is; its message goes to the client, with HTTP status 400 unless told. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest';
  readonly status: number;

  constructor(message: string, status = 400) {
    super(message);
    this.status = status;
  }
}
