import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { SpecKey } from '../../do/kinds/cloud/spec-keys.js';
import { QUERIED_ID_RULE } from '../../do/forms/text-rules.js';
import type { KeyPath } from '../source/source-node.js';

/** Shorter values are parts of other words: in their place, texts could not be read any more. No secret is as short. */
const SHORTEST = 8;

/**
 * Values with the forms of regions, accounts, ports, addresses, ARNs and IDs of network resources are shown: they are no secrets,
 * and without them no plan can be reviewed.
 */
const IDENTIFIERS: readonly RegExp[] = [
  /^\d+$/,
  /^[a-z]{2}(?:-[a-z]{3,9}){1,2}(?:-\d)?$/,
  /^arn:[a-z-]+:[a-z0-9-]+:/,
  /^[a-z]{1,12}-(?:[0-9a-f]{8}|[0-9a-f]{17}|[a-z0-9]{17,25})$/,
  /^\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?$/,
  /^(?=.*:)[0-9a-f:]+(?:\/\d{1,3})?$/i,
];

/** The keys of a link, of all clouds, that take the ID of a resource or a look-up of one. */
const LINK_KEYS: ReadonlySet<unknown> = new Set([
  'id',
  'network',
  'subnets',
  'securityGroups',
  'loadBalancer',
  'assumeRole',
]);

/** Whether the value of a variable has the form of an identifier, wherever it is written. */
export function hasFormOfIdentifier(value: string): boolean {
  return value.length < SHORTEST || IDENTIFIERS.some((form) => form.test(value));
}

/**
 * Whether a text that is the whole value of a key names a resource of a cloud there: a gateway, a link, what a link is created from,
 * or a target. IDs of gateways look like any word, so the key decides, and the form that its kind gives them.
 */
export function isIdentifierAt([part, , ...path]: KeyPath, value: string, clouds: Clouds): boolean {
  if (part === 'links') return isOfLink(path, value, clouds);
  if (part !== 'integrations') return false;

  const [key, name, ...rest] = path;
  if (key === 'link' && name !== undefined) return isOfLink([name, ...rest], value, clouds);
  if (key === 'gateway') return isOfGateway(name, value, clouds);

  return key === 'targets' && clouds.targetKeys.some((of) => of === rest[0]) && QUERIED_ID_RULE.pattern.test(value);
}

function isOfGateway(ref: unknown, value: string, clouds: Clouds): boolean {
  const kind = clouds.gatewayKinds.map((one) => clouds.gateway(one)).find((one) => one.ref === ref);
  return kind !== undefined && (kind.ids ?? QUERIED_ID_RULE.pattern).test(value);
}

/** A name or a tag of a look-up is a word of the user, and may be any. */
function isOfLink([key, ...rest]: KeyPath, value: string, clouds: Clouds): boolean {
  if (rest.some((member) => typeof member === 'string') || !QUERIED_ID_RULE.pattern.test(value)) return false;

  return LINK_KEYS.has(key) || clouds.all.some(({ keys }) => isId(keys?.link?.[String(key)]));
}

function isId(key: SpecKey | undefined): boolean {
  const { form } = key ?? {};
  const each = typeof form === 'object' && 'listOf' in form ? form.listOf : form;
  return each === 'ID' || each === 'ID with a query' || each === 'look-up';
}
