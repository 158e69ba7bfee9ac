import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { RegionSnapshot } from '../../do/snapshot/snapshot.js';
import { mappingOf, mappingsTo, type MappedDomain } from '../../do/world/routes/custom-domains.js';
import type { JudgedWorld } from './judged-world.js';
import type { JudgedRoute } from './routes.js';

/** What becomes of a route whose callers lose the name that they call. */
export interface LostName {
  readonly verdict: 'fail' | 'unknown';
  readonly because: string;
  readonly remedy: string;
  /** Of the gateway that is replaced. */
  readonly address: string;
}

/**
 * A gateway that is replaced has another ID, and so another name where its cloud makes the name of the ID; and a custom domain may lead to
 * it no more. Callers of the old name get no answer, however well the gateway works. The removal of a route, or of a gateway without a
 * replacement, is what the plan declares: that is not a failure.
 */
export function lostName(
  before: JudgedRoute | undefined,
  { laid, clouds }: JudgedWorld,
  after: JudgedWorld,
): LostName | undefined {
  // A route that answered no call before the plan has none to lose.
  if (before === undefined || before.verdict === 'fail') return undefined;

  const address = laid.names.get(before.gatewayId);
  const replaced = after.laid.changes.some(
    ({ change, ids, ...one }) =>
      one.address === address &&
      ids[0] === before.gatewayId &&
      (change === 'delete and create' || change === 'create and delete'),
  );
  const [region, now] = [laid, after.laid].map(({ snapshot }) =>
    snapshot.regions.find(({ gateways }) => gateways.some(({ id }) => id === before.gatewayId)),
  );
  if (region === undefined) return undefined;

  const lost =
    address !== undefined && replaced
      ? lostIn(region, before.gatewayId, address, clouds)
      : now && (lostStages(before.gatewayId, region, now, after) ?? lostDomain(before, region, now, after));
  // Whether an undecided route has calls to lose is not known.
  return lost === undefined || before.verdict === 'pass' ? lost : { ...lost, verdict: 'unknown' };
}

/** The stages of a gateway that stays, where the plan deletes the last one. */
function lostStages(
  id: string,
  was: RegionSnapshot,
  now: RegionSnapshot,
  { laid, clouds }: JudgedWorld,
): LostName | undefined {
  const [had, has] = [was, now].map(({ gateways }) => gateways.find((one) => one.id === id));
  const isOpen = now.gaps.some((one) => one.of === 'gateways' && (one.id === undefined || one.id === id));
  if (had === undefined || had.stages.length === 0 || has?.stages.length !== 0 || isOpen) return undefined;
  if (clouds.gateway(had.kind).routesNeedDeployment !== true) return undefined;

  const address = laid.names.get(id) ?? id;
  return {
    verdict: 'fail',
    because: `${address} has no stage after the plan: it cannot be called`,
    remedy: 'Keep a stage, or deploy the routes to another one.',
    address,
  };
}

/** A custom domain that led to a gateway which stays, and that does not lead to its route any more, or to one like it. */
function lostDomain(
  { gatewayId, key }: JudgedRoute,
  { customDomains = [] }: RegionSnapshot,
  now: RegionSnapshot,
  { laid }: JudgedWorld,
): LostName | undefined {
  const has = (id: string | undefined): boolean =>
    now.gateways.find((one) => one.id === id)?.routes.some((one) => one.key === key) === true;
  if (!has(gatewayId)) return undefined;

  const isLost = ({ domain, mapping: { path } }: MappedDomain): boolean => {
    const found = mappingOf(now.customDomains ?? [], domain.id, `/${path}`)?.mapping;
    return found?.path !== path || !has(found.gatewayId);
  };
  const usable = mappingsTo(customDomains, gatewayId).filter(({ domain }) => domain.usable !== false);
  const [lost] = usable.filter(isLost);
  if (lost === undefined) return undefined;

  const { id } = lost.domain;
  const name = [id, lost.mapping.path].filter(Boolean).join('/');
  const isOpen = now.gaps.some((one) => one.of === 'customDomains' && (one.id === undefined || one.id === id));
  const address = laid.changes.find(({ ids }) => ids.includes(id))?.address ?? id;
  return {
    verdict: isOpen ? 'unknown' : 'fail',
    because: `callers of ${name} ${isOpen ? 'may get no answer' : 'get no answer'}: after the plan it does not lead to this route`,
    remedy: `Check ${address}: keep the mapping of ${name}, or lead it to an API with this route.`,
    address,
  };
}

function lostIn(region: RegionSnapshot, id: string, address: string, clouds: Clouds): LostName | undefined {
  const gateway = region.gateways.find((one) => one.id === id);
  const named = gateway === undefined ? undefined : clouds.gateway(gateway.kind).namedById;
  if (gateway === undefined || named === undefined) return undefined;

  const isUsed = gateway.endpoint !== 'disabled';
  const name = gateway.settings?.domains.find(({ kind }) => kind === 'public')?.name ?? `the ${named.name} of ${id}`;
  const parts = [`${address} is replaced, and the new one has another ID`];
  if (isUsed) parts.push(`Callers of ${name} get no answer`);
  const { customDomains } = region;
  const domain = customDomains?.find(({ mappings }) => mappings?.some(({ gatewayId }) => gatewayId === id) ?? true);
  const isCertain = named.bindsDomains === true || (isUsed && customDomains !== undefined && domain === undefined);
  if (named.bindsDomains === true) parts.push('Its custom domains and authorizations are bound to the old one');
  else if (domain !== undefined) parts.push(`Callers of ${domain.id} get one once its mapping names the new ID`);
  else if (!isCertain) parts.push('Custom domains that may lead to it were not read');
  return {
    verdict: isCertain ? 'fail' : 'unknown',
    because: parts.join('. '),
    remedy: named.remedy(address),
    address,
  };
}
