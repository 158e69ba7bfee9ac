/**
 * An error as the service sends it. `code` is the wire's code (`BadRequestException`, `InvalidSubnetID.NotFound`);
 * `fields` are the other members of the modelled shape.
 */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  constructor(
    readonly code: string,
    message: string,
    /** HTTP status; by default 400. */
    readonly status: number = 400,
    readonly fields: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}
