import { optional, strict, value, type Form } from '../forms/form.js';
import { amount, choice, keyed, optionalText, optionalTexts, tcpPort } from '../forms/values.js';
import type { Clouds } from './cloud/clouds.js';
import type { GatewaySpec } from '../model/gateway.js';
import type { LinkKind } from '../model/link.js';
import { declaredThrottle, routeSettingsShape, type RouteSettings } from '../model/route.js';
import { targetTlsShape, type TargetRef, type TargetTls } from '../model/target.js';
import { has, id, keyForm } from './key-forms.js';

/** A kind of link of the set. */
export const linkKindForm = (clouds: Clouds): Form<LinkKind> =>
  value<LinkKind>(`a kind of link, such as ${clouds.linkKinds[0]}`, (given) => clouds.hasLink(given), {
    type: 'string',
  });

export const tls = strict<TargetTls>()(targetTlsShape);

/** How a backend is named. */
export const targetRefForm = (clouds: Clouds): Form<TargetRef> => clouds.derived(formOfTargets);

const formOfTargets = (clouds: Clouds): Form<TargetRef> =>
  choice<TargetRef>(`one of ${clouds.targetKeys.join(', ').replace(/, ([^,]+)$/, ' and $1')}`, (given) => {
    const key = clouds.targetKeys.find((one) => has(given, one));
    if (key === undefined) return undefined;

    const { form, hasPort } = clouds.target(key);
    return keyed<Record<string, unknown>>({ [key]: keyForm(form), ...(hasPort ? { port: tcpPort } : {}) });
  });

/** The keys of a reference that name a gateway. A valid one has exactly one. */
export function gatewayKeysOf(clouds: Clouds, given: unknown): readonly string[] {
  return clouds.gatewayKeys.filter((key) => has(given, key));
}

export const gatewaySpecForm = (clouds: Clouds): Form<GatewaySpec> =>
  choice<GatewaySpec>(`one key that names a gateway, such as { ${clouds.gatewayKeys[0]} }`, (given) => {
    const keys = gatewayKeysOf(clouds, given);
    if (keys.length === 0) return undefined;

    const names = Object.fromEntries(keys.map((key) => [key, id]));
    return keyed<Record<string, unknown>>({ ...names, stage: optionalText, stages: optionalTexts });
  });

export const routeSettings = strict<RouteSettings>()({
  ...routeSettingsShape,
  timeoutMs: optional(amount),
  scopes: optionalTexts,
  throttle: declaredThrottle,
});
