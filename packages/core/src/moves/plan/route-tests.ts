import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { Gateway } from '../../do/model/gateway.js';
import type { LinkRef } from '../../do/model/reference.js';
import type { Route } from '../../do/model/route.js';
import type { Target } from '../../do/model/target.js';
import { openCall } from '../../do/plan/finish-plan.js';
import { placeholderPath, partsOfKey } from '../../do/probe/probe-path.js';
import type { MovedBackend } from '../../do/world/uses/gateway-uses.js';
import type { MoveProbe } from './move-plan.js';
import { aboutGateway } from '../validate/migration.js';
import type { UndecidedFinding } from '../../do/findings/finding.js';
import { thing } from '../../do/findings/subject.js';
import { PROBE_CHECK } from '../validate/accept.js';
import type { JudgedMigration } from '../validate/validate.js';

/**
 * The tests of a backend by temporary routes: one for each way in which routes call it. Where the route is called, by the first
 * one that callers reach without authorization: a test must not open a backend that is protected. Where the cloud calls it, by a
 * copy of the first one.
 */
function testsByRoute(
  clouds: Clouds,
  gateway: Gateway,
  region: string,
  { name, target, uses }: MovedBackend,
  to: LinkRef,
): readonly ProbeOrNot[] {
  const ids = new Set(uses.flatMap(({ routeIds }) => routeIds));
  const isCopied = clouds.gateway(gateway.kind).testedByRoute === 'test-call';
  if (target === undefined && !isCopied) return [{ because: 'its target was not read' }];

  const tests = new Map<string, ProbeOrNot>();
  for (const route of gateway.routes.filter(({ id }) => ids.has(id))) {
    const way = route.tls === undefined ? 'HTTP' : `HTTPS ${route.tls.serverName ?? ''}`.trim();
    const known = tests.get(way);
    if (known !== undefined && 'id' in known) continue;

    const id = `${name} by ${way} from ${to.id}`;
    if (target === undefined || isCopied) {
      const { key } = route;
      tests.set(way, {
        id,
        key,
        targetId: target?.id,
        method: 'GET',
        path: placeholderPath(key),
        byRoute: { copies: key },
      });
      continue;
    }

    const call = openCall(clouds, gateway, region, route, {});
    if ('because' in call) tests.set(way, known ?? { because: `no route to it can be called: ${call.because}` });
    else tests.set(way, testBy(route, call.base, { target, id }));
  }
  return [...tests.values()];
}

function testBy(
  { key, tls, path: sends = 'overwrite', settings: { host, timeoutMs } = {} }: Route,
  base: string,
  { target, id }: { readonly target: Target; readonly id: string },
): ProbeOrNot {
  const { raw: _raw, subnetIds: _subnets, securityGroupIds: _groups, ...kept } = target;
  const byRoute = { base, target: kept, tls, sends, settings: { host, timeoutMs } };
  return { id, key, targetId: kept.id, method: 'GET', path: '/', byRoute };
}

/** A test, or why there is none. */
export type ProbeOrNot = Omit<MoveProbe, 'subject'> | { readonly because: string; readonly remedy?: string };

/** The tests of a gateway's backends, and what cannot be tested. */
export interface PlannedProbes {
  readonly probes: readonly MoveProbe[];
  readonly untested: readonly UndecidedFinding[];
}

/**
 * The tests of a gateway's backends from the target link, each backend once in a move; and a finding for each backend
 * that cannot be tested. Backends on the public internet are not tested: no link carries their calls.
 */
export function probesOf(
  { gateway, input }: NonNullable<JudgedMigration['found']>,
  to: LinkRef,
  tested: Set<string>,
): PlannedProbes {
  const { testCall, testedByRoute } = input.region.clouds.gateway(gateway.kind);
  const probes: MoveProbe[] = [];
  const untested: UndecidedFinding[] = [];
  for (const backend of input.backends) {
    const found =
      testedByRoute !== undefined
        ? testsByRoute(input.region.clouds, gateway, input.region.region.region, backend, to)
        : testCall === undefined
          ? []
          : [connectionProbe(backend, to, testCall.operation)];
    const { about, subject, integration = null } = aboutGateway(gateway, thing('backend', backend.name));
    for (const one of found) {
      if ('id' in one) {
        if (!tested.has(one.id)) probes.push({ ...one, subject });
        tested.add(one.id);
        continue;
      }

      const { because, remedy } = one;
      const accept = `ccept it: --accept-unknown "${PROBE_CHECK}:${subject}".`;
      untested.push({
        check: PROBE_CHECK,
        code: 'NOT_TESTED',
        verdict: 'unknown',
        severity: 'error',
        integration,
        about,
        subject,
        params: { backend: backend.name, link: to.id, because },
        message: `Cannot be determined: whether ${to.id} reaches ${backend.name}; ${because}`,
        evidence: [],
        remedy: remedy === undefined ? `A${accept}` : `${remedy}, or a${accept}`,
      });
    }
  }
  return { probes, untested };
}

/** A connection of the cloud to an authorization. */
function connectionProbe({ name, target, uses }: MovedBackend, to: LinkRef, operation: string): ProbeOrNot {
  if (target === undefined || (target.kind !== 'instance' && target.kind !== 'address')) {
    return { because: `${operation} tests authorizations only`, remedy: `Create an authorization for ${name}` };
  }

  const key = uses.find(({ kind }) => kind === 'route')?.name ?? 'GET /';
  const method = partsOfKey(key).method ?? 'GET';
  return { id: `${target.id} from ${to.id}`, key, targetId: target.id, method, path: placeholderPath(key) };
}
