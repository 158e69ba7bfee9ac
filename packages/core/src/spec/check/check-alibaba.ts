import type { LinkKindTraits } from '../../do/kinds/link/link-traits.js';
import { contains, formatPrefix, parsePrefix, type Prefix } from '../../cidr/prefix.js';
import { localBlockErrors } from '../../do/kinds/link/integration-instance/blocks.js';
import { INSTANCE_CIDRS } from '../../do/kinds/link/integration-instance/instance-cidrs.js';
import { LISTED_SPECS, specStanding } from '../../do/kinds/instance-specs.js';
import type { Problem } from '../problems/problem.js';
import type { CheckedLink, CheckedTarget } from '../schema/spec-schema.js';
import type { KeyPath } from '../source/plain-value.js';
import { blockOf, problemFrom } from './check-blocks.js';
import { checkIds } from './check-ids.js';

type AlibabaLink = Extract<CheckedLink, { provider: 'alibaba' }>;

/**
 * Names that are safe for instances: those that Terraform's provider accepts as well
 * (`alicloud_api_gateway_instance`).
 */
const INSTANCE_NAME = /^[A-Za-z0-9_-]+$/;

/** @see https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerole */
const ROLE = /^acs:ram::\d+:role\/[\w.-]{1,64}$/;

/**
 * Checks of a link to an instance that are impossible in a schema: kinds of IDs, blocks, the required keys
 * for a purchase.
 */
export function checkAlibabaLink(
  name: string,
  link: AlibabaLink,
  { groupIsManaged, idPrefix = '' }: LinkKindTraits,
  path: KeyPath,
  problems: Problem[],
): void {
  checkIds('alibaba', link.subnets, 'vsw', [...path, 'subnets'], problems);
  checkIds('alibaba', link.network === undefined ? [] : [link.network], 'vpc', [...path, 'network'], problems, true);
  checkIds('alibaba', link.id === undefined ? [] : [link.id], idPrefix, [...path, 'id'], problems, true);
  // One group for all zones, or one for each. Several zones may have the same group.
  const groups = [...new Set((link.securityGroups ?? []).map((group) => JSON.stringify(group)))];
  if (groups.length === (link.securityGroups ?? []).length)
    checkIds('alibaba', link.securityGroups, 'sg', [...path, 'securityGroups'], problems);
  if (link.profile !== undefined) {
    const message =
      "profile is not supported on links of alibaba: credentials come from where Alibaba Cloud's own tools find them";
    const remedy = 'Remove it, and name the profile in ALIBABA_CLOUD_PROFILE.';
    problems.push({ code: 'UNSUPPORTED', message, remedy, path: [...path, 'profile'] });
  }
  if (link.assumeRole !== undefined && !ROLE.test(link.assumeRole)) {
    const message = 'not the ARN of a RAM role';
    const remedy = 'Write acs:ram::<account>:role/<name>.';
    problems.push({ code: 'INVALID_ARN', message, remedy, path: [...path, 'assumeRole'] });
  }
  if (groupIsManaged === true) checkGateway(link, path, problems);
  else if (link.id === undefined && link.subnets !== undefined && link.owner !== 'external')
    checkPurchase(name, link, path, problems);
  if (groupIsManaged !== true) checkInstanceKeys(link, path, problems);
  const instance = prefixOf(link.instanceCidr);
  if (instance !== undefined && !INSTANCE_CIDRS.some((block) => block === formatPrefix(instance))) {
    problems.push({
      code: 'INSTANCE_CIDR_NOT_ALLOWED',
      message: `${formatPrefix(instance)} cannot be the block of an instance`,
      remedy: `Write ${INSTANCE_CIDRS.join(' or ')}: the one that does not overlap what the instance must reach.`,
      path: [...path, 'instanceCidr'],
    });
  }
  const blocks = (link.allowlist ?? []).filter((entry) => typeof entry === 'string' || 'cidr' in entry);
  checkBlocks(blocks.map(blockOf), instance, [...path, 'allowlist'], problems);
}

/** A gateway has the group that the service creates, and no block of its own. */
function checkGateway(link: AlibabaLink, path: KeyPath, problems: Problem[]): void {
  for (const key of ['securityGroups', 'instanceCidr'] as const) {
    if (link[key] === undefined) continue;
    const remedy = `Remove ${key}, or declare a link of another kind.`;
    problems.push({
      code: 'INVALID_SPEC',
      message: `an apig-gateway has no ${key}`,
      remedy,
      path: [...path, key],
      key: true,
    });
  }
}

/** What only gateways are created with. */
function checkInstanceKeys(link: AlibabaLink, path: KeyPath, problems: Problem[]): void {
  if (link.access === undefined) return;
  const remedy = 'Remove access, or write kind: apig-gateway.';
  problems.push({
    code: 'INVALID_SPEC',
    message: 'an instance has no access',
    remedy,
    path: [...path, 'access'],
    key: true,
  });
}

/** Type and own block have defaults, which the plan shows with the price; the groups of its interfaces have none. */
function checkPurchase(name: string, link: AlibabaLink, path: KeyPath, problems: Problem[]): void {
  if (link.securityGroups === undefined || link.securityGroups.length === 0) {
    problems.push({
      code: 'SECURITY_GROUP_REQUIRED',
      message: 'an instance cannot be created without a security group for its network interfaces',
      remedy: 'Write securityGroups: one for all subnets, or one for each.',
      path,
    });
  }
  if (link.spec !== undefined && specStanding(link.spec) === 'none') {
    problems.push({
      code: 'INVALID_SPEC',
      message: `${link.spec} is not a valid instance type`,
      remedy: `Write one of ${LISTED_SPECS.join(', ')}.`,
      path: [...path, 'spec'],
    });
  }
  const written = link.name ?? name;
  if (INSTANCE_NAME.test(written)) return;
  problems.push({
    code: 'NAME_NOT_ALLOWED',
    message: `${written} is not a valid name of an instance`,
    remedy: 'Use letters, digits, "_" and "-", or set another name with `name` on the link.',
    path: link.name === undefined ? path : [...path, 'name'],
  });
}

function checkBlocks(
  blocks: readonly string[],
  instance: Prefix | undefined,
  path: KeyPath,
  problems: Problem[],
): void {
  const prefixes = blocks.map(prefixOf);
  for (const [at, prefix] of prefixes.entries()) {
    if (prefix === undefined) continue; // reported elsewhere
    const place = [...path, at];
    const block = formatPrefix(prefix);
    if (prefix.address.family === 6) {
      const message = `${block} is an IPv6 block, but accessible blocks are IPv4 blocks`;
      problems.push({ code: 'UNSUPPORTED', message, remedy: 'Remove it.', path: place });
      continue;
    }
    for (const error of localBlockErrors(block, prefix, instance && formatPrefix(instance))) {
      problems.push(problemFrom(error, place));
    }
    const wider = prefixes.findIndex(
      (other, index) => other !== undefined && index !== at && covers(other, prefix, index < at),
    );
    if (wider >= 0) {
      const message = `${block} is inside ${blocks[wider] ?? ''}`;
      problems.push({ code: 'CIDR_REDUNDANT', message, remedy: 'Remove one of the two.', path: place });
    }
  }
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
export function checkInstance(target: CheckedTarget, path: KeyPath, problems: Problem[]): void {
  const { instance } = target;
  if (instance === undefined || /^(?:i|lb)-/.test(instance)) return;
  problems.push({
    code: 'WRONG_KIND',
    message: `${instance} is neither an ECS nor a CLB instance`,
    remedy: 'Write i-… or lb-…; anything else is reached by its private address: { address, port }.',
    path: [...path, 'instance'],
  });
}
