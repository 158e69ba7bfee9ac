import { gatewayTraits } from '../../../do/kinds/cloud/gateway-kinds.js';
import { fail, pass, undecided, unknown, type Say } from '../../../do/findings/say.js';
import { aboutThings, thing, type About } from '../../../do/findings/subject.js';
import type { Gateway } from '../../../do/model/gateway.js';
import { deployedStage, gatewayId, resourcesOf } from '../../../do/kinds/gateway/gateway-spec.js';
import type { CheckInput, IntegrationView, Missing } from '../../../do/world/views.js';
import { unseen } from '../../../do/world/link-facts.js';
import { counted } from '../../../ground/text/quantities.js';
import { limitFor } from '../quota.js';
import type { Quota } from '../../../do/kinds/quota.js';
import { routesByKey } from '../../../do/world/routes/route-on-stage.js';
import { unreadGateway } from './unread.js';
import { defineCheck } from '../define-check.js';
import type { Outcome } from '../../../do/findings/check.js';
import { grouped } from '../../../ground/grouped.js';

const FEWER =
  'Delete unused ones, replace several routes with one {proxy} route, or use another API[; or ask for a higher quota ({code})].';

const CODES = {
  GATEWAY_NOT_READ: unknown('the quotas of {id} allow what the spec adds to it'),
  WITHIN_QUOTA: pass('the quotas of {gateway} allow {needs:and} more'),
  QUOTA_NOT_READ: unknown('the quota of {title} allows {more} more {what}'),
  QUOTA_EXCEEDED: fail(
    '{title} has {there} of {limit} {what}, and the spec needs {more} more: the gateway refuses to create them',
    FEWER,
  ),
  QUOTA_REACHED: undecided(
    '{title} has {there} of {limit} {what}, and the spec needs {more} more: no page says whether {mayCount} counts as one of them, and the gateway may refuse the last one',
    FEWER,
  ),
};

export const gatewayQuota = defineCheck({
  id: 'gateway/quota',
  severity: 'error',
  title: 'The quotas of the API allow what the spec adds to it',
  about:
    'The number of routes and integrations of an API is limited. `postern apply` creates a route for each key ' +
    'that the API lacks, and an integration for each target that no integration of the project has. It ' +
    'deletes routes and integrations that are no longer declared only afterwards. Above a quota, the creation ' +
    'of a route or an integration is refused after the link was created.',
  codes: CODES,
  *run(input, say) {
    for (const views of byGateway(input.integrations)) {
      const [first, ...others] = views;
      if (first === undefined) continue;

      const { gateway, link, spec, unresolved } = first;
      const { region } = link;
      const only = others.length === 0 ? first.name : undefined;
      if (gateway === undefined) {
        const unread = unreadGateway(region, spec.gateway, unresolved);
        const id = gatewayId(spec.gateway);
        if (unread !== undefined) yield say.GATEWAY_NOT_READ(aboutThings(only, thing('gateway', id)), { id }, unread);
        continue;
      }

      const { quotas } = input.clouds.gateway(gateway.kind);
      if (quotas === undefined) continue;

      const missing = region.missing('gateways', gateway.id);
      const about = aboutThings(only, thing('gateway', gateway.id));
      const needs = QUOTED.flatMap(([of, need]) => {
        const quota = quotas[of];
        return quota === undefined ? [] : [{ of, quota, ...need(input, gateway, views) }];
      });
      const room = needs.flatMap(
        ({ quota, there, more, unread }) => roomFor(say, about, first, quota, there, more, missing ?? unread) ?? [],
      );
      if (room.length > 0) yield* room;
      else {
        yield say.WITHIN_QUOTA(
          about,
          {
            gateway: gateway.name || gateway.id,
            needs: needs.map(({ of, more }) => counted(more, of.slice(0, -1))),
          },
          [{ kind: 'gateway', id: gateway.id, text: `${counted(gateway.routes.length, 'route')}` }],
        );
      }
    }
  },
});

/** How many of something a gateway has, and how many more the spec needs. */
interface Need {
  readonly there: number;
  readonly more: number;
  readonly unread?: Missing | undefined;
}

type NeedOf = (input: CheckInput, gateway: Gateway, views: readonly IntegrationView[]) => Need;

/** What quotas of gateways count. */
const QUOTED: readonly (readonly ['routes' | 'integrations' | 'resources' | 'stages', NeedOf])[] = [
  ['routes', (_, gateway, views) => ({ there: gateway.routes.length, more: newKeys(gateway, views).length })],
  [
    'integrations',
    (input, gateway, views) => {
      const { count, missing } = newIntegrations(input, gateway, views);
      return { there: gateway.integrations?.length ?? 0, more: count, unread: missing };
    },
  ],
  [
    'resources',
    (_, gateway, views) => {
      const keys = gateway.routes.map(({ key }) => key);
      const there = resourcesOf(keys);
      return { there, more: resourcesOf([...keys, ...newKeys(gateway, views)]) - there };
    },
  ],
  [
    'stages',
    (_, { stages }, views) => {
      const named = new Set(views.flatMap(({ spec }) => deployedStage(spec.gateway) ?? []));
      return {
        there: stages.length,
        more: [...named].filter((name) => !stages.some((one) => one.name === name)).length,
      };
    },
  ],
];

/** Integrations whose routes Postern creates, grouped by gateway. */
function byGateway(integrations: readonly IntegrationView[]): Iterable<readonly IntegrationView[]> {
  const created = integrations.filter(
    ({ spec, link }) =>
      spec.owner !== 'external' && gatewayTraits(link.region.clouds, spec.gateway).quotas !== undefined,
  );
  return grouped<IntegrationView, unknown>(created, (view) => view.gateway ?? view).values();
}

/** Undefined where the quota suffices. */
function roomFor(
  say: Say<typeof CODES>,
  about: About,
  { link: { region }, gateway }: IntegrationView,
  quota: Quota,
  there: number,
  more: number,
  unread: Missing | undefined,
): Outcome | undefined {
  if (unread === undefined && more === 0) return undefined;

  const title = gateway?.name || gateway?.id || '';
  const { limit, missing } = limitFor(region, quota, there + more);
  const evidence = [
    { kind: 'quota', id: quota.code ?? quota.name, text: `${there} of ${limit} ${quota.what}, ${more} to be created` },
  ];
  const fact = missing ?? (there + more > limit ? undefined : unread);
  if (fact !== undefined) return say.QUOTA_NOT_READ(about, { title, more, what: quota.what }, fact, evidence);

  const params = { title, there, limit, what: quota.what, more, code: quota.code };
  const words = { proxy: '{proxy+}' };
  if (there + more > limit) return say.QUOTA_EXCEEDED(about, params, { evidence, words });

  const { mayCount } = quota;
  if (mayCount === undefined || more === 0 || there + more < limit) return undefined;

  return say.QUOTA_REACHED(about, { ...params, mayCount }, undefined, { evidence, words });
}

function newKeys(gateway: Gateway, views: readonly IntegrationView[]): readonly string[] {
  const there = new Set(gateway.routes.map(({ key }) => key));
  const lacking = new Set<string>();
  for (const { spec } of views) {
    for (const key of Object.keys(spec.routes)) if (!there.has(key)) lacking.add(key);
  }
  return [...lacking];
}

/**
 * The integrations that are certainly created: an existing one with the same target and link may be reused, or
 * differ in facts not read.
 */
function newIntegrations(
  { spec: { project } }: CheckInput,
  gateway: Gateway,
  views: readonly IntegrationView[],
): { readonly count: number; readonly missing?: Missing | undefined } {
  const { integrations, id } = gateway;
  const due: { readonly view: IntegrationView; readonly key: string }[] = [];
  for (const view of views) {
    const { name, link, targets } = view;
    if (unseen(link) !== undefined) continue;

    for (const { routeKeys, target } of targets) {
      if (target === undefined) continue;

      const isMade = routeKeys.some((key) => {
        const route = routesByKey(link.region, gateway).get(key);
        if (route === undefined) return true;

        return route.owner?.project === project && (route.linkId !== link.link?.id || route.targetId !== target.id);
      });
      if (isMade) due.push({ view, key: JSON.stringify([project, name, link.link?.id, target.id]) });
    }
  }
  if (due.length === 0) return { count: 0 };
  if (integrations === undefined) {
    return {
      count: 0,
      missing: { what: `the integrations of ${id}`, remedy: 'Take the snapshot again with `postern snapshot`.' },
    };
  }

  const own = new Set(
    integrations.map(({ linkId, targetId, owner }) =>
      JSON.stringify([owner?.project, owner?.integration, linkId, targetId]),
    ),
  );
  const made = due.filter(({ view: { link }, key }) => link.link === undefined || !own.has(key));
  return { count: new Set(made.map(({ view: { link }, key }) => `${link.name} ${key}`)).size };
}
