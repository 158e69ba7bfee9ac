import { gatewayKindsThrough } from '../do/kinds/gateway/gateway-kinds.js';
import { createdLinkKind } from '../do/kinds/link/link-traits.js';
import type { UnitKind } from '../do/plan/plan.js';
import type { Migration } from './decode.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * In version 1 only the ID of a unit named its subject. This is the only code that parses such an ID, and
 * only from old files. A value that is not a unit is not changed: the schema refuses it afterwards.
 */
function withKind(unit: unknown, goal: unknown): unknown {
  if (typeof unit !== 'object' || unit === null) return unit;
  const { id, dependsOn, ...rest } = unit as Fields;
  const [, prefix = '', named = ''] = /^(link|integration|gateway):(.+)$/s.exec(String(id)) ?? [];
  const cut = prefix === 'gateway' ? named.lastIndexOf('/') : named.indexOf('/');
  const [first, last] = cut < 0 ? [named, undefined] : [named.slice(0, cut), named.slice(cut + 1)];
  const kind = kindOf(prefix, last, rest['steps'], goal);
  return {
    ...rest,
    id: newerId(id),
    kind,
    name: kind === 'gateway' ? (last ?? first) : first,
    dependsOn: Array.isArray(dependsOn) ? dependsOn.map(newerId) : dependsOn,
    ...newerSteps(rest),
  };
}

/** The ID of a gateway's unit has the gateway's kind. */
function newerId(id: unknown): unknown {
  const [, provider, region, gateway] = /^gateway:([^/]+)\/([^/]+)\/(.+)$/s.exec(String(id)) ?? [];
  if (provider === undefined) return id;
  const [kind] = gatewayKindsThrough(createdLinkKind({ provider }));
  return `gateway:${provider}/${region}/${kind}/${gateway}`;
}

/** Version 1 named links and gateways by ID alone: it knew one kind of each on a cloud. */
function newerSteps({ provider, steps }: Fields): Fields {
  if (!Array.isArray(steps)) return {};
  const linkKind = createdLinkKind({ provider: String(provider) });
  const [gatewayKind] = gatewayKindsThrough(linkKind);
  const newer = (input: Fields, makes: boolean): Fields => {
    const { linkId, gatewayId, ...rest } = input;
    return {
      ...rest,
      ...(makes ? { linkKind } : {}),
      ...(linkId === undefined ? {} : { linkRef: { kind: linkKind, id: linkId } }),
      ...(gatewayId === undefined ? {} : { gatewayRef: { kind: gatewayKind, id: gatewayId } }),
    };
  };
  const isObject = (value: unknown): value is Fields =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  return {
    steps: steps.map((step: unknown) => {
      const input = isObject(step) ? step['input'] : undefined;
      if (!isObject(step) || !isObject(input)) return step;
      // A link that is created, and a group that is released, are named by no ID.
      const { type } = isObject(step['resource']) ? step['resource'] : {};
      return { ...step, input: newer(input, (type === 'link' || type === 'allowlist') && !('linkId' in input)) };
    }),
  };
}

function kindOf(prefix: string, part: string | undefined, steps: unknown, goal: unknown): UnitKind | undefined {
  if (prefix === 'gateway') return 'gateway';
  if (prefix === 'integration') return part === undefined ? 'integration' : 'target-removal';
  if (prefix !== 'link') return undefined;
  const [first] = Array.isArray(steps) ? (steps as { readonly resource?: Fields }[]) : [];
  if (part === 'narrow') return 'link-narrowing';
  if (part === undefined) return goal === 'destroy' ? 'link-removal' : 'link';
  return first?.resource?.['type'] === 'allowlist' ? 'allowlist-removal' : 'link-removal';
}

/** Old versions of plans, and the migration of each to the next. */
export const PLAN_MIGRATIONS: ReadonlyMap<number, Migration> = new Map([
  [
    1,
    ({ units, goal, ...plan }) => {
      const newer = Array.isArray(units) ? units.map((unit) => withKind(unit, goal)) : units;
      return { ...plan, goal, version: 2, units: newer };
    },
  ],
]);
