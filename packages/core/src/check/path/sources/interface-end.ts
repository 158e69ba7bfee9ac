import type { Instance, NetworkInterface } from '../../../do/model/network.js';
import type { End } from '../model/end.js';
import { readSpan, type Span, spanText } from '../model/span.js';
import type { SubnetPlace, World } from '../model/world.js';

/** An interface's address as an end. */
export function interfaceEnd(world: World, one: NetworkInterface, span: Span): End {
  return {
    text: spanText(span),
    span,
    ...placed(world, one.subnetId),
    networkId: one.networkId,
    groups: world.groupSet(one.securityGroupIds),
    behindNetworkAcl: true,
    owner: one.attachedTo ?? one.id,
  };
}

/** An instance's address as an end: by its interface where that is known, which has more facts. */
export function instanceEnd(world: World, instance: Instance, span: Span): End {
  const { networkId, subnetId, securityGroupIds, id } = instance;
  const own = networkId === undefined ? undefined : world.interfaceAt(networkId, spanText(span));
  if (own !== undefined) return interfaceEnd(world, own, span);
  return {
    text: spanText(span),
    span,
    ...(subnetId === undefined ? {} : placed(world, subnetId)),
    networkId,
    groups: world.groupSet(securityGroupIds),
    behindNetworkAcl: true,
    owner: id,
  };
}

/** The IPv4 addresses of a list; its IPv6 ones where it has no others. */
export function firstFamily(addresses: readonly string[]): readonly Span[] {
  const spans = addresses.flatMap((text) => readSpan(text) ?? []);
  const four = spans.filter(({ family }) => family === 4);
  return four.length > 0 ? four : spans;
}

export function subnetPlace(world: World, subnetId: string): SubnetPlace | undefined {
  const found = world.place(subnetId);
  return found.is === 'found' ? found.value : undefined;
}

/** A subnet as a member of an end, or why it is not known. */
function placed(world: World, subnetId: string): Pick<End, 'place' | 'unplaced'> {
  const found = world.place(subnetId);
  if (found.is === 'found') return { place: found.value };
  return found.is === 'unknown' ? { unplaced: found.missing } : {};
}
