/** The member of a target that determines its kind. */
export type TargetKey = 'listener' | 'service' | 'instance' | 'address' | 'addresses' | 'dnsName';
