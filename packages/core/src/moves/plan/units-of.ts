import { ALL_PORTS } from '../../ground/ports.js';
import { defined } from '../../ground/defined.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { MoveUnit } from '../../do/move-driver.js';
import { publicAddress } from '../../do/kinds/gateway/gateway-rules.js';
import type { Gateway } from '../../do/model/gateway.js';
import { gatewayRef, type LinkRef } from '../../do/model/reference.js';
import type { JudgedMigration } from '../validate/validate.js';
import type { PlannedUnit, WidenEntry } from './move-plan.js';
import type { MovePlace } from './place-of-request.js';
import type { GroupRule } from '../../do/group-rules.js';
import { listChangesFor } from '../../check/checks/path/outcomes.js';
import type { ListChange } from '../../check/path/model/step.js';
import { grouped } from '../../ground/grouped.js';

/** The parts of a gateway that move one by one: all of a group; the routes that share an integration. */
export function unitsOf(
  { gateway, input }: NonNullable<JudgedMigration['found']>,
  {
    from,
    to,
    route,
    stage,
    targetBalancer,
    formerBalancer,
  }: Omit<MovePlace, 'provider' | 'region' | 'account' | 'securityGroupIds'> & {
    readonly route?: string | undefined;
  },
): readonly Omit<PlannedUnit, 'probes'>[] {
  const ref = gatewayRef(gateway);
  const label = gateway.name === '' ? gateway.id : `${gateway.name} (${gateway.id})`;
  const address = addressOf(input.region.clouds, gateway, input.region.region.region, stage);
  if (input.region.clouds.gateway(gateway.kind).movesAsOne) {
    const unit: MoveUnit = { id: `${ref.kind} ${ref.id}`, gateway: ref, from, to };
    return [{ name: label, unit, ...address }];
  }
  if (stage !== undefined) {
    const unit: MoveUnit = { id: `${ref.kind} ${ref.id} ${stage}`, gateway: ref, from, to, stage, targetBalancer };
    return [{ name: `stage ${stage} of ${label}`, unit, ...address, formerBalancer }];
  }

  const moved = gateway.routes.filter(
    ({ linkId, key }) => linkId === from.id && (route === undefined || key === route),
  );
  const shared = grouped(moved, ({ id, integrationId }) => integrationId ?? id);
  return [...shared].map(([integration, own]) => {
    const routes = own.map(({ key }) => key);
    const unit: MoveUnit = { id: `${ref.kind} ${ref.id} ${integration}`, gateway: ref, from, to, routes, integration };
    return { unit, name: `${routes.join(', ')} of ${label}`, ...address };
  });
}

/** The public name of a gateway, with the stage that moves, or the one that most callers use. */
function addressOf(
  clouds: Clouds,
  gateway: Gateway,
  region: string,
  stage: string | undefined,
): Pick<PlannedUnit, 'address'> {
  const names = gateway.stages.map(({ name }) => name);
  const one = stage ?? ['$default', 'RELEASE'].find((name) => names.includes(name)) ?? names[0];
  if (one === undefined) return {};

  const found = publicAddress(clouds.gateway(gateway.kind).rules, gateway, region, one);
  return 'because' in found ? {} : { address: found };
}

/** Units by the ID of their gateway: those of one follow each other, and gateways do not depend on each other. */
export function unitsByGateway(units: readonly PlannedUnit[]): ReadonlyMap<string, readonly PlannedUnit[]> {
  return grouped(units, ({ unit }) => unit.gateway.id);
}

/**
 * What a judged move lacks and Postern may add: accessible blocks of the target link, and rules of the groups that the
 * user named. Nothing old is removed, so rules that must change or go are not among them.
 */
export function wantedEntries(
  { report, found }: JudgedMigration,
  link: LinkRef,
  manage: readonly string[],
): readonly WidenEntry[] {
  if (found === undefined) return [];

  const blocks = report.findings.flatMap(({ check, code, verdict, params }) =>
    check === 'migrate/accessible-blocks' && code === 'OUTSIDE_BLOCKS' && verdict === 'fail'
      ? [String(params['outside'])]
      : [],
  );
  const { input } = found;
  const rules = input.future.targets
    .flatMap((view) => listChangesFor(input.check, view))
    .flatMap((one) => ruleOf(one, manage));
  return [...blocks.map((address) => blockEntry(link, address)), ...rules.map((rule) => ruleEntry(link, rule))];
}

/** One block for one address: the smallest that the service accepts. */
function blockEntry(link: LinkRef, address: string): WidenEntry {
  const cidrBlock = `${address}/${address.includes(':') ? 128 : 32}`;
  return {
    kind: 'allowlist',
    id: `allow ${cidrBlock} on ${link.id}`,
    link,
    entry: { cidrBlock, protocol: 'all', ...ALL_PORTS },
  };
}

function ruleOf(wanted: ListChange, manage: readonly string[]): readonly GroupRule[] {
  if (wanted.list !== 'security-group' || !manage.includes(wanted.id) || (wanted.yields ?? []).length > 0) return [];

  const { id: groupId, direction, port, peer, priority } = wanted;
  const end = peer.includes('/') ? { cidr: peer } : { peerGroupId: peer };
  return [
    {
      groupId,
      direction: direction === 'in' ? 'ingress' : 'egress',
      fromPort: port,
      toPort: port,
      ...end,
      ...defined({ priority }),
    },
  ];
}

function ruleEntry(link: LinkRef, rule: GroupRule): WidenEntry {
  const { groupId, direction, fromPort, cidr, peerGroupId } = rule;
  const way = direction === 'ingress' ? 'from' : 'to';
  const id = `allow ${direction} tcp ${fromPort} ${way} ${cidr ?? peerGroupId ?? ''} in ${groupId}`;
  return { kind: 'group-rule', id, link, rule };
}
