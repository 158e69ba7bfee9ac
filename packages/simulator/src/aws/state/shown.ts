/**
 * What a row holds in the SDK's own shape, as the service shows it: `Shown<FlowLog, 'ResourceId'>` is a flow log of
 * which the resource is always set. ID and tags are members of the row, not of its fields.
 */
export type Shown<T, Always extends keyof T = never> = T & { [Name in Always]-?: Exclude<T[Name], undefined> };
