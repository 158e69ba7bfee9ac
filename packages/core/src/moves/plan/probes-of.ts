import { GATEWAY_KINDS } from '../../kinds/gateway/gateway-table.js';
import type { Finding } from '../../findings/finding.js';
import { thing } from '../../findings/subject.js';
import type { LinkRef } from '../../model/reference.js';
import { PROBE_CHECK } from '../../migrate/accept.js';
import { aboutGateway } from '../../migrate/about-gateway.js';
import type { JudgedMigration } from '../../migrate/validate.js';
import { SAFE_METHODS } from '../../probe/probe-options.js';
import { partsOfKey, placeholderPath } from '../../probe/probe-path.js';
import type { MovedBackend } from '../../world/uses/gateway-uses.js';
import type { MoveProbe } from './move-plan.js';

/**
 * The tests of a gateway's backends from the target link, each backend once in a move; and a finding for each backend
 * that the cloud has no test for. Backends on the public internet are not tested: no link carries their calls.
 */
export function probesOf(
  { gateway, input }: NonNullable<JudgedMigration['found']>,
  to: LinkRef,
  tested: Set<string>,
): { readonly probes: readonly MoveProbe[]; readonly untested: readonly Finding[] } {
  const { testCall } = GATEWAY_KINDS[gateway.kind];
  if (testCall === undefined) return { probes: [], untested: [] };
  if (testCall.ofWorkingCopy === true) return { probes: methodProbes(input.backends, tested), untested: [] };
  const probes: MoveProbe[] = [];
  const untested: Finding[] = [];
  for (const { name, target, uses } of input.backends) {
    const isNamed = target !== undefined && (target.kind === 'instance' || target.kind === 'address');
    if (!isNamed) {
      const { about, subject, integration = null } = aboutGateway(gateway, thing('backend', name));
      untested.push({
        check: PROBE_CHECK,
        code: 'NOT_TESTED',
        verdict: 'unknown',
        severity: 'error',
        integration,
        about,
        subject,
        params: { backend: name, link: to.id, operation: testCall.operation },
        message: `Cannot be determined: whether ${to.id} reaches ${name}; ${testCall.operation} tests authorizations only`,
        evidence: [],
        remedy: `Create an authorization for ${name}, or accept it: --accept-unknown "${PROBE_CHECK}:${subject}".`,
      });
      continue;
    }
    if (tested.has(target.id)) continue;
    tested.add(target.id);
    const key = uses.find(({ kind }) => kind === 'route')?.name ?? 'GET /';
    const method = partsOfKey(key).method ?? 'GET';
    probes.push({ id: `${target.id} from ${to.id}`, key, targetId: target.id, method, path: placeholderPath(key) });
  }
  return { probes, untested };
}

/** Methods that change nothing, one for each backend; the cloud calls them after they were prepared. */
function methodProbes(backends: readonly MovedBackend[], tested: Set<string>): readonly MoveProbe[] {
  return backends.flatMap(({ name, uses }) => {
    const key = uses.map((use) => use.name).find((one) => SAFE_METHODS.includes(partsOfKey(one).method ?? ''));
    if (key === undefined || tested.has(name)) return [];
    tested.add(name);
    return [{ id: `${key} at ${name}`, key, method: partsOfKey(key).method ?? 'GET', path: placeholderPath(key) }];
  });
}
