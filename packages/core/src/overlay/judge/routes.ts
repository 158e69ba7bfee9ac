import { addTo } from '../../ground/grouped.js';
import { sharedLink } from '../../do/kinds/cloud/link-kinds.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { CheckReport, Finding } from '../../do/findings/finding.js';
import type { Spec } from '../../do/spec.js';
import type { RegionSnapshot, Snapshot } from '../../do/snapshot/snapshot.js';
import type { Laid } from '../lay/laid.js';
import { gatewayId } from '../../do/kinds/gateway/gateway-spec.js';
import type { Gateway } from '../../do/model/gateway.js';
import type { LinkKind } from '../../do/model/link.js';

/** What is found out about a route: `absent` where it does not exist. */
export type RouteVerdict = 'pass' | 'fail' | 'unknown' | 'absent';

/** A finding, with the addresses of what it is about and of what the plan changes there. */
export type AddressedFinding = Finding & { readonly addresses: readonly string[] };

/** A route of a gateway that leads into a network. */
export interface JudgedRoute {
  readonly gatewayId: string;
  readonly routeId: string;
  readonly key: string;
  readonly linkId: string;
  readonly targetId: string | undefined;
  readonly verdict: Exclude<RouteVerdict, 'absent'>;
  /** Why, where no finding says it. */
  readonly because?: string | undefined;
  /** What corrects it, where no finding says it. */
  readonly remedy?: string | undefined;
  /** The findings that decide. */
  readonly findings: readonly Finding[];
  /** The warnings of its path, which decide nothing. */
  readonly warnings?: readonly Finding[] | undefined;
}

/** A route before and after a plan. */
export interface RouteSides {
  readonly before?: JudgedRoute;
  readonly after?: JudgedRoute;
}

/** An integration of the spec that serves a route. */
interface Served {
  readonly integration: string;
  readonly link: string;
  readonly target: string;
}

/**
 * The verdict of each route of a snapshot, by the findings of its spec. Failures and unknowns of severity `error` decide. Of what
 * the plan creates the plan has all parts.
 */
export function judgeRoutes(
  snapshot: Snapshot,
  { spec, clouds }: { readonly spec: Spec; readonly clouds: Clouds },
  report: CheckReport,
  { symbols: created, broken }: Pick<Laid, 'symbols' | 'broken'>,
): readonly JudgedRoute[] {
  const served = servedBy(spec);
  const open = report.findings.filter(
    ({ verdict, severity, suppressed }) =>
      suppressed === undefined && (severity === 'error' || (severity === 'warning' && verdict === 'fail')),
  );
  const ofIntegration = new Map<string, [Finding, ...Finding[]]>();
  const ofLink = new Map<string, [Finding, ...Finding[]]>();
  for (const one of open) {
    const [first] = one.about;
    if (one.integration !== null) addTo(ofIntegration, one.integration, one);
    else if (first?.kind === 'link') addTo(ofLink, first.id, one);
  }
  return snapshot.regions.flatMap((region) =>
    region.gateways.flatMap((gateway) =>
      gateway.routes.flatMap((route): readonly JudgedRoute[] => {
        const { linkId = '', targetId, key, variables = [] } = route;
        if (linkId === '' && variables.length === 0) return [];

        const base = { gatewayId: gateway.id, routeId: route.id, key, linkId, targetId };
        const why = broken.get(`${gateway.id} ${route.integrationId ?? route.id}`);
        if (why !== undefined) return [{ ...base, verdict: 'fail', because: why, findings: [] }];
        if (variables.length > 0) return [{ ...base, ...withoutVariables(region, gateway, variables), findings: [] }];

        const by = served.get(`${gateway.id} ${key}`);
        if (by === undefined && route.publishedOn?.length === 0)
          return [{ ...base, ...failed('it is published on no stage', 'Deploy the route to a stage.'), findings: [] }];

        const shared = by === undefined ? sharedLink(clouds, linkId) : undefined;
        if (shared !== undefined) return [{ ...base, ...onShared(clouds, shared), findings: [] }];
        if (by === undefined) return [{ ...base, ...withoutSpec(region, linkId, targetId, created), findings: [] }];

        const all = [
          ...(ofIntegration.get(by.integration) ?? []).filter((one) => concerns(one, key, by.target)),
          ...(ofLink.get(by.link) ?? []),
        ];
        const findings = all.filter(({ severity }) => severity === 'error');
        const warnings = all.filter(({ severity }) => severity === 'warning');
        const verdict = findings.some((one) => one.verdict === 'fail')
          ? 'fail'
          : findings.length > 0
            ? 'unknown'
            : 'pass';
        const unused = verdict === 'pass' ? uncalled(clouds, region, gateway, created) : undefined;
        return [{ ...base, verdict, findings, ...(unused ?? { warnings }) }];
      }),
    ),
  );
}

/** A deployed integration that is named by variables which its stage does not have. */
function withoutVariables(
  { gaps }: RegionSnapshot,
  { id, stages }: Gateway,
  variables: readonly string[],
): Pick<JudgedRoute, 'verdict' | 'because' | 'remedy'> {
  const gap = gaps.find((one) => one.of === 'gateways' && one.id === id);
  if (gap !== undefined) return { verdict: 'unknown', because: gap.what };

  const names = variables.join(', ');
  if (stages.length === 0)
    return failed(
      `no stage has a value of ${names}, by which the integration is named: it cannot be called`,
      'Create a stage with these variables, and deploy the routes to it.',
    );

  return failed(
    `its stage has no variable ${names}, by which the integration is named: calls get status 500`,
    `Give the stage the variable ${names}.`,
  );
}

/** Why nothing can call a new API. One that exists may get its stage, or its name, elsewhere; one that the plan creates has none after it. */
function uncalled(
  clouds: Clouds,
  { gaps }: RegionSnapshot,
  { id, kind, stages }: Gateway,
  created: ReadonlyMap<string, string>,
): ReturnType<typeof failed> | undefined {
  if (!created.has(id)) return undefined;

  const isRead = !gaps.some((one) => one.of === 'gateways' && (one.id === undefined || one.id === id));
  if (stages.length === 0 && clouds.gateway(kind).routesNeedDeployment && isRead)
    return failed(
      'the plan creates its API without a stage: it cannot be called',
      'Create a stage, and deploy the routes to it.',
    );
  return undefined;
}

function servedBy({ integrations }: Spec): ReadonlyMap<string, Served> {
  return new Map(
    Object.entries(integrations).flatMap(([integration, { gateway, link, routes }]) =>
      Object.entries(routes).map(
        ([key, target]) => [`${gatewayId(gateway)} ${key}`, { integration, link, target }] as const,
      ),
    ),
  );
}

/** A finding about an integration concerns all its routes, unless it names routes or a target. */
function concerns({ about, routes }: Finding, key: string, target: string): boolean {
  const route = about.find(({ kind }) => kind === 'route');
  const named = about.find(({ kind }) => kind === 'target');
  const isOfRoute = routes?.includes(key) ?? (route === undefined || route.id === key);
  return isOfRoute && (named === undefined || named.id === target);
}

/** A link that is in no account: what calls come from is not known. */
function onShared(
  clouds: Clouds,
  { kind }: { readonly kind: LinkKind },
): Pick<JudgedRoute, 'verdict' | 'because' | 'remedy'> {
  const { title = '', remedy } = clouds.link(kind).shared ?? {};
  return { verdict: 'unknown', because: `it is on ${title}, whose source addresses cannot be determined`, remedy };
}

/** A route that no spec can express: its link does not exist, or something of it is not known. */
function withoutSpec(
  { links, loadBalancers, targets, whole = [], gaps }: RegionSnapshot,
  linkId: string,
  targetId: string | undefined,
  created: ReadonlyMap<string, string>,
): Pick<JudgedRoute, 'verdict' | 'because' | 'remedy'> {
  const gap = gaps.find(({ of, id }) => of === 'links' && (id === undefined || id === linkId));
  if (gap !== undefined) return { verdict: 'unknown', because: gap.what };

  const isLink = links.some(({ id }) => id === linkId);
  if (!isLink && !whole.includes('links'))
    return { verdict: 'unknown', because: `link ${linkId} is in no file: another configuration may manage it` };
  if (!isLink) return failed(`link ${linkId} does not exist`, 'Name a link that exists after the plan.');

  // A target that is named by its port, and that no listener has.
  const [, balancer, port] = /^(.+):(\d+)$/.exec(targetId ?? '') ?? [];
  const isRead =
    !gaps.some(({ of }) => of === 'listeners') &&
    loadBalancers.some(({ id }) => id === balancer) &&
    (whole.length > 0 || created.has(balancer ?? ''));
  if (isRead)
    return failed(
      `load balancer ${balancer} has no listener on port ${port}`,
      `Create a listener on port ${port}, or name a port that has a listener.`,
    );

  const isGone =
    whole.includes('targets') && !gaps.some(({ of }) => of === 'targets') && !targets.some(({ id }) => id === targetId);
  if (targetId !== undefined && isGone)
    return failed(`target ${targetId} does not exist`, 'Name a target that exists after the plan.');

  return {
    verdict: 'unknown',
    because: targetId === undefined ? 'its target is not known' : `its target ${targetId} cannot be judged`,
  };
}

function failed(
  because: string,
  remedy: string,
): Pick<JudgedRoute, 'verdict' | 'because' | 'remedy'> & { verdict: 'fail' } {
  return { verdict: 'fail', because, remedy };
}
