import { aboutGateway } from '../validate/about-gateway.js';
import type { UndecidedFinding } from '../../do/findings/finding.js';
import { thing } from '../../do/findings/subject.js';
import { PROBE_CHECK } from '../validate/accept.js';
import type { JudgedMigration } from '../validate/validate.js';
import type { LinkRef } from '../../do/model/reference.js';
import { partsOfKey, placeholderPath } from '../../do/probe/probe-path.js';
import type { MovedBackend } from '../../do/world/uses/gateway-uses.js';
import type { MoveProbe } from './move-plan.js';
import { testsByRoute, type ProbeOrNot } from './route-tests.js';

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
