import { readConfig } from '../control/policy.js';
import type { PolicyRow } from '../control/state.js';
import type { ApigView, CallableRoute } from './callable-routes.js';

export interface PolicyConfig {
  readonly id: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** The policies that a call meets, by class. */
export type Policies = ReadonlyMap<string, PolicyConfig>;

/** What policies may be attached to, the narrowest last: it precedes. */
const TYPES = ['Gateway', 'Domain', 'HttpApi', 'Operation', 'GatewayRoute'] as const;

const known = new WeakMap<ApigView, Map<string, Policies>>();

/** The policies of a route: those that are enabled, of each class the one of the narrowest resource. */
export function policiesOf(view: ApigView, route: CallableRoute, domainId: string): Policies {
  const ofView = known.get(view) ?? new Map<string, Policies>();
  known.set(view, ofView);
  const key = `${route.id}/${domainId}`;
  const before = ofView.get(key);
  if (before) return before;

  const ids: Readonly<Record<string, string>> = {
    Gateway: view.gateway.id,
    Domain: domainId,
    HttpApi: route.apiId,
    Operation: route.id,
    GatewayRoute: route.id,
  };
  const found = new Map<string, PolicyConfig>();
  for (const type of TYPES) {
    for (const attachment of view.attachments) {
      const isHere = attachment.gatewayId === '' || attachment.gatewayId === view.gateway.id;
      if (attachment.attachResourceType !== type || !isHere) continue;
      if (!attachment.attachResourceIds.includes(ids[type] ?? '')) continue;

      const policy = view.policies.find(({ policyId }) => policyId === attachment.policyId);
      const config = policy && enabledConfig(policy);
      if (policy && config) found.set(policy.className, { id: attachment.policyAttachmentId, config });
    }
  }
  ofView.set(key, found);
  return found;
}

/** Undefined for a policy that is switched off: `enable` of this product, or `status` of the engine's former one. */
function enabledConfig(policy: PolicyRow): PolicyConfig['config'] | undefined {
  const config = readConfig(policy.config);
  return config?.['enable'] === false || config?.['status'] === 'off' ? undefined : config;
}

/** A member as a text; empty where it is none. */
export const textOf = (config: PolicyConfig['config'], name: string): string => {
  const value = config[name];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
};

/** A member as a number, of which texts are taken, too. */
export const numberOf = (config: PolicyConfig['config'], name: string, usual: number): number => {
  const number = Number(textOf(config, name));
  return textOf(config, name) === '' || Number.isNaN(number) ? usual : number;
};

/** A member as a list: an array, or a text with commas or new lines. */
export function listOf(config: PolicyConfig['config'], ...names: readonly string[]): readonly string[] {
  const value = names.map((name) => config[name]).find((one) => one !== undefined);
  if (Array.isArray(value)) return value.map(String);

  return typeof value === 'string'
    ? value
        .split(/[,;\n]/)
        .map((one) => one.trim())
        .filter((one) => one !== '')
    : [];
}
