import { isName, isSpecId } from '../../model/marks.js';
import { cloudTraits, isCloudName } from '../../kinds/cloud/clouds.js';
import { GATEWAY_ID_RULE, REGION_RULE } from '../../forms/text-rules.js';
import type { CheckedSpec } from '../schema/spec-schema.js';
import { isPlainMap, type Plain, type PlainMap } from '../source/plain-value.js';
import { arePlainRoutes, arePlainTargets, everyMember, isId, isNameText } from './plain-lists.js';

/**
 * Whether a whole spec is certainly valid, as specs written by programs are: links by their IDs, integrations
 * with targets and routes that `plain-lists` recognizes, and nothing else. The schema would then return it
 * unchanged.
 */
export function isPlainSpec(spec: Plain): spec is Plain & CheckedSpec {
  return isPlainMap(spec) && everyMember(spec, isSpecKey, () => true) && spec['version'] === 1 && areSpecMembers(spec);
}

const SPEC_KEYS: ReadonlySet<string> = new Set(['version', 'project', 'spec', 'links', 'integrations']);

function isSpecKey(key: string): boolean {
  return SPEC_KEYS.has(key);
}

function areSpecMembers({ project, spec, links, integrations }: PlainMap): boolean {
  return (
    isNameText(project ?? null) &&
    (spec === undefined || isSpecId(spec)) &&
    (links === undefined || (isPlainMap(links) && everyMember(links, isName, isPlainLink))) &&
    (integrations === undefined || (isPlainMap(integrations) && everyMember(integrations, isName, isPlainIntegration)))
  );
}

const LINK_KEYS: ReadonlySet<string> = new Set(['provider', 'region', 'account', 'id']);

/** A link that is there already: `{ provider, region, account, id }`. */
function isPlainLink(link: Plain): boolean {
  if (!isPlainMap(link) || !Object.keys(link).every((key) => LINK_KEYS.has(key))) return false;
  const { provider, region, account, id } = link;
  if (!isCloudName(provider)) return false;
  return (
    fits(region, REGION_RULE.pattern) &&
    (account === undefined || fits(account, cloudTraits({ provider }).account.form)) &&
    (id === undefined || isId(id))
  );
}

/** `{ link, gateway: { httpApi } | { apiGroup }, targets, routes }`. */
function isPlainIntegration(integration: Plain): boolean {
  if (!isPlainMap(integration) || Object.keys(integration).length !== 4) return false;
  const { link, gateway, targets, routes } = integration;
  return isNameText(link ?? null) && isPlainGateway(gateway) && arePlainTargets(targets) && arePlainRoutes(routes);
}

function isPlainGateway(gateway: Plain | undefined): boolean {
  if (!isPlainMap(gateway) || Object.keys(gateway).length !== 1) return false;
  return fits(gateway['httpApi'] ?? gateway['apiGroup'], GATEWAY_ID_RULE.pattern);
}

function fits(value: Plain | undefined, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value);
}
