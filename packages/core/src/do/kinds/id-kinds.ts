import type { Clouds } from './cloud/clouds.js';
import type { ErrorCode } from '../../ground/error-codes.js';

/** What IDs begin with on each cloud. */
const KINDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws: {
    subnet: 'subnet',
    sg: 'security group',
    vpc: 'network (VPC)',
    rtb: 'route table',
    acl: 'network ACL',
    eni: 'network interface',
    igw: 'internet gateway',
  },
  alibaba: {
    vsw: 'subnet (vSwitch)',
    sg: 'security group',
    vpc: 'network (VPC)',
    vtb: 'route table',
    nacl: 'network ACL',
    eni: 'network interface',
    apigateway: 'gateway instance',
    gw: 'gateway (Cloud-native API Gateway)',
    i: 'server (ECS)',
    lb: 'load balancer (CLB)',
    alb: 'load balancer (ALB)',
    nlb: 'load balancer (NLB)',
  },
};

/** What IDs of these resources begin with. IDs of links and gateways of AWS have no prefix. */
const PREFIXES = {
  subnet: { aws: 'subnet', alibaba: 'vsw' },
  securityGroup: { aws: 'sg', alibaba: 'sg' },
  link: { aws: undefined, alibaba: undefined },
  gateway: { aws: undefined, alibaba: undefined },
} as const;

/** What IDs of the links of a cloud begin with. */
function linkPrefixes(clouds: Clouds, provider: string): readonly string[] {
  return [...new Set(clouds.linkKinds.flatMap((kind) => clouds.link(kind).idPrefix ?? []))].filter((prefix) =>
    Object.hasOwn(KINDS[provider] ?? {}, prefix),
  );
}

export interface IdFault {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy: string;
}

/** Why `id` is not the ID of a resource whose IDs begin with `prefix`; undefined where it may be. */
export function idFault(provider: string, id: string, prefix: string): IdFault | undefined {
  const kinds = KINDS[provider] ?? {};
  const found = prefixOf(id);
  if (found === prefix) return undefined;
  const due = `a ${kinds[prefix] ?? prefix}`;
  if (Object.hasOwn(kinds, found)) {
    const message = `expected the ID of ${due}, got the ID of a ${kinds[found] ?? found}`;
    return { code: 'WRONG_KIND', message, remedy: `Write the ID of ${due}.` };
  }
  const remedy = `Write ${prefix}-…, or { name: … } to look it up by its name.`;
  return { code: 'INVALID_SPEC', message: `not the ID of ${due}`, remedy };
}

/**
 * Why `id` is certainly the ID of another kind of resource than `resource`; undefined where it may be one, and on clouds
 * whose IDs are not known.
 */
export function otherKindFault(
  clouds: Clouds,
  provider: string,
  id: string,
  resource: keyof typeof PREFIXES,
): IdFault | undefined {
  const kinds = KINDS[provider];
  const found = prefixOf(id);
  if (kinds === undefined || !Object.hasOwn(kinds, found)) return undefined;
  const [first, ...others] = resource === 'link' ? linkPrefixes(clouds, provider) : [];
  const prefix = first ?? (PREFIXES[resource] as Readonly<Record<string, string | undefined>>)[provider];
  if (found === prefix || others.includes(found)) return undefined;
  const due = `a ${prefix === undefined ? resource : (kinds[prefix] ?? prefix)}`;
  const message = `expected the ID of ${due}, got the ID of a ${kinds[found] ?? found}`;
  return { code: 'WRONG_KIND', message, remedy: `Write the ID of ${due}.` };
}

function prefixOf(id: string): string {
  return /^([a-z]+)-/.exec(id)?.[1] ?? '';
}
