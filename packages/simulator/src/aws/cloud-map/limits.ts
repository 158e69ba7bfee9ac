import type { MemberLimit } from '../operation/operation.js';

/*
 * Lengths, ranges, patterns and values of members that several operations share, from the service's public API model.
 * @see https://docs.aws.amazon.com/cloud-map/latest/api/
 */
type Limits = Readonly<Record<string, MemberLimit>>;

export const ID: MemberLimit = { length: [0, 255] };
export const INSTANCE_ID: MemberLimit = { length: [0, 64] };
export const REQUEST_ID: MemberLimit = { length: [0, 64] };
export const DESCRIPTION: MemberLimit = { length: [0, 1024] };
export const TTL: MemberLimit = { range: [0, 2_147_483_647] };
export const OWNER: MemberLimit = { length: [12, 12] };
export const ATTRIBUTE_VALUE: MemberLimit = {
  length: [0, 1024],
  pattern: /^([a-zA-Z0-9!-~][ \ta-zA-Z0-9!-~]*){0,1}[a-zA-Z0-9!-~]{0,1}$/,
};
export const NAMESPACE_NAME: MemberLimit = { length: [0, 1024], pattern: /^[!-~]{1,1024}$/ };
export const SERVICE_NAME: MemberLimit = {
  pattern:
    /((?=^.{1,127}$)^([a-zA-Z0-9_][a-zA-Z0-9-_]{0,61}[a-zA-Z0-9_]|[a-zA-Z0-9])(\.([a-zA-Z0-9_][a-zA-Z0-9-_]{0,61}[a-zA-Z0-9_]|[a-zA-Z0-9]))*$)|(^\.$)/,
};

export const TAGS: Limits = {
  Tags: { length: [0, 200] },
  'Tags[].Key': { length: [1, 128] },
  'Tags[].Value': { length: [0, 256] },
};
export const ARN: Limits = { ResourceARN: { length: [1, 1011] } };

/** Pages: 100 items by default, or fewer where requested. */
export const PAGE: Limits = { MaxResults: { range: [1, 100] }, NextToken: { length: [0, 4096] } };
export const PAGE_SIZE = 100;

export const FILTERS: Limits = {
  'Filters[].Values[]': { length: [1, 255] },
  'Filters[].Condition': { values: ['EQ', 'IN', 'BETWEEN', 'BEGINS_WITH'] },
};

export const dnsRecords = (member: string): Limits => ({
  [`${member}.DnsRecords[].Type`]: { values: ['SRV', 'A', 'AAAA', 'CNAME'] },
  [`${member}.DnsRecords[].TTL`]: TTL,
});
export const healthCheckLimits = (member: string): Limits => ({
  [`${member}.Type`]: { values: ['HTTP', 'HTTPS', 'TCP'] },
  [`${member}.ResourcePath`]: { length: [0, 255] },
  [`${member}.FailureThreshold`]: { range: [1, 10] },
});
