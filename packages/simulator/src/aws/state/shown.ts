/**
 * What a row holds in the SDK's own shape, as the service shows it: `Shown<FlowLog, 'ResourceId'>` is a flow log of
 * which the resource is always set. ID, tags and what rules compute with under a name of its own (the VPC of a subnet)
 * are members of the row, not of its fields: views add them.
 */
export type Shown<T, Always extends keyof T = never> = T & { [Name in Always]-?: Exclude<T[Name], undefined> };
