/**
 * An SDK input in an operation's form. The SDK's types allow `undefined` for every required member. The codec has
 * refused such an input before an operation gets it, so here required members exist, on every level.
 */
export type Given<T> = T extends Date | Uint8Array | string | number | boolean | bigint | undefined | null
  ? T
  : T extends readonly [unknown, ...unknown[]]
    ? T
    : T extends readonly (infer U)[]
      ? Given<U>[]
      : { [K in keyof T]: Record<never, never> extends Pick<T, K> ? Given<T[K]> : Given<Exclude<T[K], undefined>> };

/**
 * What a row holds in the SDK's own shape, as the service shows it: `Shown<FlowLog, 'ResourceId'>` is a flow log of
 * which the resource is always set. What rules compute with under a name of its own (the VPC of a subnet) is a member of
 * the row, not of its fields: views add it.
 */
export type Shown<T, Always extends keyof T = never> = Omit<T, Always> & {
  [Name in Always]-?: Exclude<T[Name], undefined>;
};

/** Tags by key, in the order in which they were set. */
export type TagRow = Record<string, string>;
