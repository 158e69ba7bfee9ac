/**
 * An SDK input in an operation's form. The SDK's types allow `undefined` for every required member. The
 * codec has refused such an input before an operation gets it, so here required members exist, on every
 * level.
 */
export type Given<T> = T extends Date | Uint8Array | string | number | boolean | bigint | undefined | null
  ? T
  : T extends readonly [unknown, ...unknown[]]
    ? T
    : T extends readonly (infer U)[]
      ? Given<U>[]
      : { [K in keyof T]: Record<never, never> extends Pick<T, K> ? Given<T[K]> : Given<Exclude<T[K], undefined>> };

/** An SDK shape of which some members are always there. */
export type With<T, Members extends keyof T> = Readonly<
  Omit<T, Members> & { [Member in Members]-?: Exclude<T[Member], undefined> }
>;
