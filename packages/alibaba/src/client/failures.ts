/** An answer that is not what the service sends: HTML, empty, cut off. Thrown by the client; `errors.ts` gives it its code. */
export class BadAnswer extends Error {
  override readonly name = 'BadAnswer';
  constructor(
    readonly status: number | undefined,
    why: string,
    cause: unknown,
  ) {
    super(`the response is not in the format of the service: ${why}`, cause === undefined ? undefined : { cause });
  }
}

/** No response arrived in time. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** An answer larger than is read. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}
