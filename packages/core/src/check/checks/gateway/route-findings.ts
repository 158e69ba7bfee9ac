import { canaryAdvice, canaryRemedy } from './canary-remedy.js';
import type { Outcome } from '../../../do/findings/check.js';
import type { Say } from '../../../do/findings/say-text.js';
import type { About } from '../../../do/findings/subject.js';
import type { Gateway } from '../../../do/model/gateway.js';
import type { RouteDifference } from '../../../do/world/routes/route-differences.js';
import type { ServedOn } from '../../../do/world/routes/served.js';
import { servedText } from '../../../do/world/routes/serving.js';
import { sidesOf } from '../../../do/world/routes/setting-text.js';
import type { IntegrationView, Missing, TargetView } from '../../../do/world/views.js';

/** A declared route, and where it is declared. */
export interface Declared {
  readonly view: IntegrationView;
  readonly gateway: Gateway;
  readonly target: TargetView;
  readonly key: string;
  /** The integration is not this project's, or the route that has the key. */
  readonly isExternal: boolean;
}

/** What is to be said about a route that differs, besides its differences. */
interface Differing {
  readonly evidence: Outcome['evidence'];
  /** What was compared, where stages have deployments. Otherwise the route itself was. */
  readonly served?: readonly ServedOn[] | undefined;
  /** Whether callers get something that no apply of the spec as it is now has written. */
  readonly wasApplied?: boolean | undefined;
}

/** A declared route that a gateway, or stages of it, do not have. */
export function lacking(
  say: Say,
  { view, gateway, target, key, isExternal }: Declared,
  about: About,
  missing: Missing | undefined,
  on: readonly ServedOn[] = [],
): Outcome {
  const place = `integrations.${view.name}.routes`;
  const evidence = [{ kind: 'spec', id: `${place}.${key}`, text: `to ${target.name}` }];
  if (missing !== undefined)
    return say.unknown(about, 'ROUTE_NOT_SEEN', { key }, missing, (p) => ({
      whether: `route ${p.key} exists`,
      evidence,
    }));
  const stages = on.map(servedText);
  const byApply =
    on.length === 0
      ? { remedy: `Run \`postern apply\`: it creates ${key}.`, mendedBy: 'apply' as const }
      : deploying(on, gateway);
  return say.fail(
    about,
    'ROUTE_ABSENT',
    {
      titleOf: titleOf(gateway),
      key,
      stages,
      gateway: gateway.id,
      target: target.target?.id ?? target.name,
      linkId: view.link.link?.id ?? view.link.name,
      integration: view.name,
    },
    (p) => ({
      message: `${p.stages.length === 0 ? '' : `${p.stages.join(', ')} of `}${p.titleOf} ${p.stages.length > 1 ? 'have' : 'has'} no route ${p.key}: its calls get 404, or the response of another route`,
      ...(isExternal
        ? {
            remedy: `Ask the owner of ${p.gateway} to recreate ${p.key} with target ${p.target} and link ${p.linkId}${p.stages.length === 0 ? '' : `, and to deploy to ${p.stages.join(', ')}`}, or remove it from integrations.${p.integration}.routes.`,
          }
        : byApply),
      evidence: [...evidence, { kind: 'gateway', id: gateway.id, text: `${gateway.routes.length} routes` }],
    }),
  );
}

/** A route that differs from the spec. */
export function other(
  say: Say,
  { view, gateway, key, isExternal }: Declared,
  about: About,
  found: readonly RouteDifference[],
  { evidence, served, wasApplied = served !== undefined }: Differing,
): Outcome {
  const sides = found.map((one) => sidesOf(one));
  const text = sides.map(({ label, from, to }) => `${label} is ${from}, declared is ${to}`);
  const onlyPath = found.every(({ field }) => /^path(?: on |$)/.test(field));
  const wanted = sides.map(({ label, to }) => `${label} ${to}`);
  const byApply =
    served === undefined
      ? { remedy: `Run \`postern apply\`: it changes ${key}.`, mendedBy: 'apply' as const }
      : deploying(served, gateway);
  return say.fail(
    about,
    'ROUTE_DIFFERS',
    {
      key,
      titleOf: titleOf(gateway),
      differences: text,
      isExternal,
      gateway: gateway.id,
      wanted,
      integration: view.name,
    },
    (p) => ({
      message: `${p.key} of ${p.titleOf} differs from the spec: ${p.differences.join('; ')}${p.isExternal ? '' : '. The verdicts hold for the state after `postern apply`'}`,
      ...(p.isExternal
        ? {
            remedy: `Ask the owner of ${p.gateway} to change ${p.key}: ${p.wanted.join(', ')}. Or declare the current state under integrations.${p.integration}.`,
          }
        : byApply),
      evidence: [...evidence, ...sides.map(({ label, from }) => ({ kind: `live ${label}`, id: from, text: key }))],
      ...((isExternal ? onlyPath : !wasApplied) ? { severity: 'warning' as const } : {}),
    }),
  );
}

/** What corrects stages that serve something else than the routes of the gateway. */
function deploying(served: readonly ServedOn[], { id }: Pick<Gateway, 'id'>) {
  const names = [...new Set(served.map(({ stage }) => stage.name))].join(', ');
  const canaries = new Set(served.map(({ stage }) => stage).filter(({ canary }) => canary !== undefined));
  if (canaries.size > 0) {
    const ends = [...canaries].map((stage) => `${canaryRemedy(id, canaryAdvice(stage, false))}.`);
    return { remedy: `${ends.join(' ')} Then run \`postern apply\`.` };
  }
  return { remedy: `Run \`postern apply\`: it deploys ${id} to ${names}.`, mendedBy: 'apply' as const };
}

/** How a gateway is named in a sentence. */
export function titleOf({ id, name }: Pick<Gateway, 'id' | 'name'>): string {
  return name === '' ? id : `${name} (${id})`;
}

/** What cannot be determined of a route. */
export function routeNotRead({ key }: { readonly key: string }): string {
  return `${key} matches the spec`;
}

/** That a route matches the spec. */
export function asDeclared({ key, titleOf: title }: { readonly key: string; readonly titleOf: string }): string {
  return `${key} of ${title} matches the spec`;
}
