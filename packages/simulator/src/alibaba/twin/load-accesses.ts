import { formatMark } from '@postern/core/adapter';
import { textOf } from '../cloud-api/request/json-object.js';
import { madeId, type Building } from './building.js';
import { isService } from './load-apig.js';
import { byText, nativeRows } from './native.js';
import { isPlain } from './plain-target.js';

/** VPC access authorizations. Plain addresses are called without one. */
export function loadAccesses(building: Building): void {
  const { snapshot, state, now } = building;
  const known = byText(nativeRows(snapshot, 'accesses'), 'name');
  for (const target of snapshot.targets) {
    if (isPlain(target) || isService(target)) continue;
    const native = known.get(target.id);
    const id = (native && textOf(native, 'id')) || madeId('vpc-access', target.id);
    state.cloudApi.vpcAccesses.set(id, {
      id,
      name: target.id,
      vpcId: target.networkId ?? '',
      instanceId: target.resourceId ?? '',
      port: target.port ?? 0,
      targetHostName: native ? textOf(native, 'hostName') : hostNameOf(building, target.id),
      description: target.owner === undefined ? '' : formatMark(target.owner),
      createdAt: now,
    });
  }
}

function hostNameOf({ snapshot }: Building, targetId: string): string {
  const routes = snapshot.gateways.flatMap((gateway) => gateway.routes);
  return routes.find((route) => route.targetId === targetId && route.tls?.serverName)?.tls?.serverName ?? '';
}
