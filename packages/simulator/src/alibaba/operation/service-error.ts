/** An error as Alibaba Cloud's RPC services send it: HTTP status, `Code`, `Message`, and sometimes further members. */
export class AlibabaError extends Error {
  override readonly name = 'AlibabaError';
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
