import { argumentError } from '../forms/check-argument.js';
import { portRanges } from '../allowlist/allow-entries.js';
import { calledPorts } from '../allowlist/called-ports.js';
import type { PortRange } from '../model/allowlist.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';
import type { LinkTarget } from './requests.js';

/**
 * The ports of a link's targets: those of its routes in the region, and those that were ensured.
 * @throws {InvalidInputError} `INVALID_INPUT` unless each of them is known.
 */
export function portsToAllow(
  region: RegionSnapshot,
  linkId: string,
  ensured: readonly LinkTarget[],
): readonly PortRange[] {
  const used = region.gateways
    .flatMap(({ routes }) => routes)
    .filter((route) => route.linkId === linkId)
    .map(({ targetId }) => ({ target: region.targets.find(({ id }) => id === targetId) }));
  const called = [...ensured.map((target) => ({ target })), ...used].map((one) => calledPorts(region, one));
  const ports = called.flatMap((one) => ('ports' in one ? one.ports : []));
  if (ports.length > 0 && called.every((one) => 'ports' in one)) return portRanges(ports);
  const why =
    called.length === 0 ? `link ${linkId} has no target yet` : `the port of a target of link ${linkId} is not known`;
  throw argumentError('allow', 'ports', {
    message: `the ports to open are not known: ${why}`,
    remedy: "Pass the ports, such as ports: [443], or ports: 'all'.",
  });
}
