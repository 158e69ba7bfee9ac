import {
  contains,
  formatPrefix,
  parsePrefix,
  type Prefix,
  faultFrom,
  type DeclaredLink,
  type DeclaredPlace,
  type DeclaredTargetPlace,
  type FaultPath,
  type SpecFault,
} from '@postern/core/kinds';
import { LISTED_SPECS, specStanding } from '../traditional/cloud/instance-specs.js';
import { localBlockErrors, INSTANCE_CIDRS } from '../traditional/cloud/blocks.js';

/**
 * Names that are safe for instances: those that Terraform's provider accepts as well
 * (`alicloud_api_gateway_instance`).
 */
const INSTANCE_NAME = /^[A-Za-z0-9_-]+$/;

/** @see https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerole */
const ROLE = /^acs:ram::\d+:role\/[\w.-]{1,64}$/;

/** What is wrong with a declared link: credentials, blocks, and the keys that are required for a purchase. */
export function linkFaults(link: DeclaredLink, { key, kind }: DeclaredPlace): readonly SpecFault[] {
  const isGateway = kind === 'apig-gateway';
  const instance = prefixOf(link['instanceCidr'] as string | undefined);
  const blocks = (link.allowlist ?? []).flatMap((entry) =>
    typeof entry === 'string' ? [entry] : 'cidr' in entry ? [entry.cidr] : [],
  );
  const isBought = link.id === undefined && link.subnets !== undefined && link.owner !== 'external';
  return [
    ...credentialFaults(link),
    ...(isGateway ? gatewayFaults(link) : isBought ? purchaseFaults(key, link) : []),
    ...(isGateway ? [] : instanceFaults(link)),
    ...(instance === undefined ? [] : cidrFaults(instance)),
    ...blockFaults(blocks, instance),
  ];
}

function credentialFaults({ profile, assumeRole }: DeclaredLink): SpecFault[] {
  const faults: SpecFault[] = [];
  if (profile !== undefined) {
    const message =
      "profile is not supported on links of alibaba: credentials come from where Alibaba Cloud's own tools find them";
    const remedy = 'Remove it, and name the profile in ALIBABA_CLOUD_PROFILE.';
    faults.push({ code: 'UNSUPPORTED', message, remedy, path: ['profile'] });
  }
  if (assumeRole !== undefined && !ROLE.test(assumeRole)) {
    const message = 'not the ARN of a RAM role';
    const remedy = 'Write acs:ram::<account>:role/<name>.';
    faults.push({ code: 'INVALID_ARN', message, remedy, path: ['assumeRole'] });
  }
  return faults;
}

/** A gateway has the group that the service creates, and no block of its own. */
function gatewayFaults(link: DeclaredLink): readonly SpecFault[] {
  return ['securityGroups', 'instanceCidr'].flatMap((key): readonly SpecFault[] => {
    if (link[key] === undefined) return [];
    const remedy = `Remove ${key}, or declare a link of another kind.`;
    return [{ code: 'INVALID_SPEC', message: `an apig-gateway has no ${key}`, remedy, path: [key], key: true }];
  });
}

/** What only gateways are created with. */
function instanceFaults(link: DeclaredLink): readonly SpecFault[] {
  if (link['access'] === undefined) return [];
  const remedy = 'Remove access, or write kind: apig-gateway.';
  return [{ code: 'INVALID_SPEC', message: 'an instance has no access', remedy, path: ['access'], key: true }];
}

/** Type and own block have defaults, which the plan shows with the price; the groups of its interfaces have none. */
function purchaseFaults(key: string, link: DeclaredLink): readonly SpecFault[] {
  const faults: SpecFault[] = [];
  if (link.securityGroups === undefined || link.securityGroups.length === 0) {
    faults.push({
      code: 'SECURITY_GROUP_REQUIRED',
      message: 'an instance cannot be created without a security group for its network interfaces',
      remedy: 'Write securityGroups: one for all subnets, or one for each.',
      path: [],
    });
  }
  const spec = link['spec'] as string | undefined;
  if (spec !== undefined && specStanding(spec) === 'none') {
    faults.push({
      code: 'INVALID_SPEC',
      message: `${spec} is not a valid instance type`,
      remedy: `Write one of ${LISTED_SPECS.join(', ')}.`,
      path: ['spec'],
    });
  }
  const written = link.name ?? key;
  if (INSTANCE_NAME.test(written)) return faults;
  faults.push({
    code: 'NAME_NOT_ALLOWED',
    message: `${written} is not a valid name of an instance`,
    remedy: 'Use letters, digits, "_" and "-", or set another name with `name` on the link.',
    path: link.name === undefined ? [] : ['name'],
  });
  return faults;
}

function cidrFaults(instance: Prefix): readonly SpecFault[] {
  if (INSTANCE_CIDRS.some((block) => block === formatPrefix(instance))) return [];
  return [
    {
      code: 'INSTANCE_CIDR_NOT_ALLOWED',
      message: `${formatPrefix(instance)} cannot be the block of an instance`,
      remedy: `Write ${INSTANCE_CIDRS.join(' or ')}: the one that does not overlap what the instance must reach.`,
      path: ['instanceCidr'],
    },
  ];
}

function blockFaults(blocks: readonly string[], instance: Prefix | undefined): readonly SpecFault[] {
  const prefixes = blocks.map(prefixOf);
  return prefixes.flatMap((prefix, at): readonly SpecFault[] => {
    if (prefix === undefined) return []; // reported elsewhere
    const path: FaultPath = ['allowlist', at];
    const block = formatPrefix(prefix);
    if (prefix.address.family === 6) {
      const message = `${block} is an IPv6 block, but accessible blocks are IPv4 blocks`;
      return [{ code: 'UNSUPPORTED', message, remedy: 'Remove it.', path }];
    }
    const own = localBlockErrors(block, prefix, instance && formatPrefix(instance)).map((error) =>
      faultFrom(error, path),
    );
    const wider = prefixes.findIndex(
      (other, index) => other !== undefined && index !== at && covers(other, prefix, index < at),
    );
    if (wider < 0) return own;
    const message = `${block} is inside ${blocks[wider] ?? ''}`;
    return [...own, { code: 'CIDR_REDUNDANT', message, remedy: 'Remove one of the two.', path }];
  });
}

/** Of two equal blocks only the later is redundant. */
function covers(outer: Prefix, inner: Prefix, earlier: boolean): boolean {
  return contains(outer, inner) && (outer.bits < inner.bits || earlier);
}

/** Undefined also where the text is not a block: the reader of the field reports that. */
function prefixOf(text: string | undefined): Prefix | undefined {
  if (text === undefined) return undefined;
  try {
    return parsePrefix(text);
  } catch {
    return undefined;
  }
}

/** An instance that a target names is an ECS or a CLB; others are reached by their addresses. */
export function instanceTargetFaults(instance: unknown, { isLedTo }: DeclaredTargetPlace): readonly SpecFault[] {
  if (!isLedTo || /^(?:i|lb)-/.test(instance as string)) return [];
  return [
    {
      code: 'WRONG_KIND',
      message: `${instance as string} is neither an ECS nor a CLB instance`,
      remedy: 'Write i-… or lb-…; anything else is reached by its private address: { address, port }.',
      path: [],
    },
  ];
}
