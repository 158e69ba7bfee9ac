import { defined } from '../../ground/defined.js';
import { hashText } from '../../ground/hash.js';
import type { DiscoveryService, GroupTarget, TargetGroup } from '../../do/model/load-balancer.js';
import type { Registrar } from '../../do/model/registrar.js';
import type { ToolWords } from '../declared/tool-plan.js';
import type { DraftRegion, PlaceMembers } from '../draft/draft-region.js';
import { freeAddress } from '../draft/free-address.js';
import type { MemberList, Placement, Registration } from '../draft/registrations.js';
import type { ForeignResource } from '../rows/foreign-resources.js';

/** A group or a service, and the port with which members are registered there. */
interface Entry {
  readonly list: MemberList;
  readonly id: string;
  readonly port: number | undefined;
  readonly container?: string | undefined;
}

/** A member to come: where it will be. */
interface Member {
  readonly address: string;
  readonly instanceId: string;
  readonly zone: string | undefined;
}

/**
 * Registers the members to come: those that registrars of the plan will have, one in each of their subnets. What else may
 * register members makes a group or service without any unknown: an empty group that a plan creates proves nothing where
 * something else may fill it.
 */
export function layMembers(draft: DraftRegion, foreignResources: readonly ForeignResource[], words: ToolWords): void {
  const scaler = foreignResources.find(({ scales }) => scales);
  for (const { id } of draft.all('registrars')) if (draft.isCompleted('registrars', id)) layOf(draft, id, scaler);
  for (const { list, id, why, whenEmpty } of draft.registrations.possible) {
    const members = id === undefined ? undefined : membersOf(draft, list, id);
    if (id !== undefined && members !== undefined && (whenEmpty !== true || members.length === 0))
      doubt(draft, list, id, why, whenEmpty === true ? 'the deployment' : undefined);
  }
  // The members of a registrar that goes are deregistered, as those of one that wants none.
  for (const { list, id = '' } of draft.registrations.left) {
    const isTaken = draft.all('registrars').some((one) => entriesOf(one).some((entry) => entry.id === id));
    const why = otherRegistrar(draft, list);
    if (isTaken || (membersOf(draft, list, id)?.length ?? 0) === 0) continue;
    if (why === undefined) put(draft, { list, id, port: undefined }, []);
    else doubt(draft, list, id, why);
  }
  for (const list of ['targetGroups', 'services'] as const)
    for (const { id } of draft.all(list)) {
      // What the snapshot shows is so.
      if (draft.inBase(list, id) || membersOf(draft, list, id)?.length !== 0) continue;

      const why = whoElse(draft, list, id, foreignResources, words);
      if (why !== undefined) doubt(draft, list, id, why);
    }
}

function layOf(draft: DraftRegion, id: string, scaler: ForeignResource | undefined): void {
  const found = draft.get('registrars', id);
  if (found === undefined) return;

  const how = draft.registrations.registrars.get(id);
  const place = how?.place(draft) ?? livePlace(found);
  const registrar = { ...found, subnetIds: place.subnetIds ?? found.subnetIds };
  draft.uses.set(id, place.uses);
  const entries = entriesOf(registrar).filter((one) => changes(draft, registrar, how, place, one));
  const isChanged = draft.isChanged('registrars', id);
  const fault = isChanged
    ? (place.fault ?? entries.map((one) => misfit(draft, registrar, place, one)).find(isThere))
    : undefined;
  draft.patch('registrars', id, () => ({
    subnetIds: registrar.subnetIds,
    securityGroupIds: place.securityGroupIds.length > 0 ? place.securityGroupIds : registrar.securityGroupIds,
    ...defined({ stoppedReason: fault }),
  }));
  for (const entry of entries) {
    const isAlone = draft.all('registrars').every((one) => one.id === id || !has(one, entry));
    const isBefore = how?.before !== undefined && has(how.before, entry);
    const known = isAlone && isBefore ? [] : (membersOf(draft, entry.list, entry.id) ?? []);
    const of = `${how?.address ?? registrar.name ?? id} registers them`;
    if (registrar.desired === 0 && scaler !== undefined)
      doubt(draft, entry.list, entry.id, `${of}, and ${scaler.address} decides how many there are`);
    else if (registrar.desired === 0) put(draft, entry, known);
    else if (fault !== undefined) continue;
    else if (place.doubt !== undefined) doubt(draft, entry.list, entry.id, `${of}, and ${place.doubt}`);
    else {
      const { subnetIds = [] } = registrar;
      const members = subnetIds.map((subnetId) => memberIn(draft, registrar, how, place, subnetId));
      const first =
        subnetIds.length === 0 ? 'its subnets are not known' : members.find((one) => typeof one === 'string');
      if (typeof first === 'string') doubt(draft, entry.list, entry.id, `${of}, and ${first}`);
      else {
        const ports = place.ports?.(entry.container, entry.port) ?? [entry.port];
        const own = members.flatMap((one) => ports.map((port) => registered({ ...entry, port }, one as Member, place)));
        put(draft, entry, [...known, ...own]);
      }
    }
  }
}

/** Of a registrar that the plan does not have: where the snapshot shows its members. */
function livePlace({ kind, securityGroupIds = [], subnetIds }: Registrar): Placement {
  return {
    byAddress: kind === 'service',
    securityGroupIds,
    uses: [],
    ...(subnetIds === undefined || securityGroupIds.length === 0
      ? { doubt: 'the snapshot does not have its members' }
      : {}),
  };
}

/** Whether the plan decides about the members of an entry: it is new, or its members are replaced. */
function changes(
  draft: DraftRegion,
  now: Registrar,
  how: Registration<PlaceMembers> | undefined,
  { securityGroupIds }: Placement,
  entry: Entry,
): boolean {
  if (membersOf(draft, entry.list, entry.id) === undefined) return false;
  if (!draft.inBase(entry.list, entry.id)) return true;
  if (!draft.isChanged('registrars', now.id)) return false;

  const { before } = how ?? {};
  const same = before && entriesOf(before).find((one) => one.id === entry.id);
  if (before === undefined || same === undefined) return true;

  return (
    same.port !== entry.port ||
    (before.desired === 0) !== (now.desired === 0) ||
    differ(before.subnetIds, now.subnetIds) ||
    differ(before.securityGroupIds, securityGroupIds)
  );
}

function differ(before: readonly string[] | undefined, now: readonly string[] | undefined): boolean {
  if (before === undefined || now === undefined) return false;

  return before.length !== now.length || before.some((one) => !now.includes(one));
}

/** Why the cloud does not register members of this kind and place. */
function misfit(
  draft: DraftRegion,
  { subnetIds = [] }: Registrar,
  { byAddress }: Placement,
  { list, id }: Entry,
): string | undefined {
  if (list === 'services') return undefined;

  const group = draft.get('targetGroups', id);
  if (group === undefined) return undefined;

  const { name = id, kind, networkId } = group;
  if (kind !== (byAddress ? 'address' : 'instance'))
    return `the target type of ${name} is ${TYPES[kind]}, and its members are registered ${byAddress ? 'by their addresses (ip)' : 'as instances'}`;

  const other = subnetIds.find((one) => {
    const own = draft.get('subnets', one)?.networkId;
    return own !== undefined && networkId !== undefined && own !== networkId;
  });
  return other === undefined
    ? undefined
    : `its subnet ${other} is in ${draft.get('subnets', other)?.networkId}, and ${name} in ${networkId}`;
}

const TYPES: Readonly<Record<TargetGroup['kind'], string>> = {
  instance: 'instance',
  address: 'ip',
  'load-balancer': 'alb',
  lambda: 'lambda',
};

/** A member in a subnet, or why it is not known where it is. */
function memberIn(
  draft: DraftRegion,
  { id, name }: Registrar,
  how: Registration<PlaceMembers> | undefined,
  { byAddress, securityGroupIds }: Placement,
  subnetId: string,
): Member | string {
  const subnet = draft.get('subnets', subnetId);
  if (subnet === undefined) return `${subnetId} is not known`;

  const hash = hashText(`${id} ${subnetId}`);
  const [interfaceId, instanceId] = [`eni-${hash.slice(0, 17)}`, `i-${hash.slice(0, 17)}`];
  const known = draft.get('interfaces', interfaceId)?.addresses[0];
  const address = known ?? freeAddress(draft, subnetId);
  if (address === undefined) return `rules are about a part of ${subnetId}, in which the cloud chooses their addresses`;

  if (known === undefined) {
    draft.putInterface({
      id: interfaceId,
      networkId: subnet.networkId,
      subnetId,
      addresses: [address],
      securityGroupIds,
      ...(byAddress ? {} : { attachedTo: instanceId }),
    });
    for (const one of [interfaceId, instanceId, address]) draft.symbols.set(one, how?.address ?? name ?? id);
  }
  return { address, instanceId, zone: subnet.zone };
}

type Registered = GroupTarget | NonNullable<DiscoveryService['instances']>[number];

/** No plan says whether a program answers, so a member counts as healthy: whether calls reach it is judged. */
function registered(
  { list, port }: Entry,
  { address, instanceId, zone }: Member,
  { byAddress }: Placement,
): Registered {
  if (list === 'services') return { id: instanceId, address, ...defined({ port }) };

  return { id: byAddress ? address : instanceId, port, zone, health: 'healthy' };
}

function put(draft: DraftRegion, { list, id }: Entry, members: readonly Registered[]): void {
  if (list === 'services')
    draft.patch(list, id, ({ healthCheck }) => ({
      instances: (members as NonNullable<DiscoveryService['instances']>).map((one) =>
        healthCheck === 'none' ? one : { healthy: true, ...one },
      ),
    }));
  else
    draft.patch(list, id, ({ port }) => ({
      targets: (members as readonly GroupTarget[]).map((one) => ({ ...one, port: one.port ?? port })),
    }));
}

/** Why a group or a service without members may get some. */
function whoElse(
  draft: DraftRegion,
  list: MemberList,
  id: string,
  foreignResources: readonly ForeignResource[],
  { plan }: ToolWords,
): string | undefined {
  if (draft.all('registrars').some((one) => entriesOf(one).some((entry) => entry.id === id))) return undefined;
  if (draft.isFromState(list, id)) return 'the group exists, and no snapshot shows them';

  const other = foreignResources.find(({ scales }) => !scales);
  const why = otherRegistrar(draft, list);
  return why !== undefined || other === undefined
    ? why
    : `${other.address} may register some, which ${plan} does not show`;
}

/** Why a registrar of the plan may register members anywhere. */
function otherRegistrar(draft: DraftRegion, list: MemberList): string | undefined {
  const possible = draft.registrations.possible.find((one) => one.list === list && one.id === undefined);
  return possible?.why ?? draft.gaps.find(({ of }) => of === 'registrars')?.what;
}

function entriesOf({ targetGroups, registries }: Registrar): readonly Entry[] {
  return [
    ...targetGroups.map(
      ({ targetGroupId: id, port, container }) => ({ list: 'targetGroups', id, port, container }) as const,
    ),
    ...registries.map(({ serviceId: id, port }) => ({ list: 'services', id, port }) as const),
  ];
}

function has(registrar: Registrar, { id }: Entry): boolean {
  return entriesOf(registrar).some((one) => one.id === id);
}

function membersOf(draft: DraftRegion, list: MemberList, id: string): readonly Registered[] | undefined {
  return list === 'services' ? draft.get(list, id)?.instances : draft.get(list, id)?.targets;
}

function doubt(draft: DraftRegion, list: MemberList, id: string, why: string, by?: 'the deployment'): void {
  const { name = id } = draft.get(list, id) ?? {};
  draft.doubt(list, id, `the ${list === 'services' ? 'instances' : 'targets'} of ${name} (${why})`, by);
}

function isThere<T>(value: T | undefined): value is T {
  return value !== undefined;
}
