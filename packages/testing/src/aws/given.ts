/**
 * An SDK input as an operation gets it. The SDK's types let every required member be `undefined`; the codec has refused such
 * an input before an operation sees it, so here required members are there, on every level.
 */
export type Given<T> = T extends Date | Uint8Array | string | number | boolean | bigint | undefined | null
  ? T
  : T extends readonly (infer U)[]
    ? Given<U>[]
    : { [K in keyof T]: Record<never, never> extends Pick<T, K> ? Given<T[K]> : Given<Exclude<T[K], undefined>> };
