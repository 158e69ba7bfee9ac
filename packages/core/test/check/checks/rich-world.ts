import type { World } from './world.js';

/** Gives a world what a cloud reports besides what a path needs, in words of its own. */
export function rich({ region }: World): void {
  for (const link of region.links) {
    link.reason = 'ready';
    link.settings = {
      httpsPolicy: 'HTTPS2_TLS1_2',
      requestsPerSecond: 2_500,
      spec: 'api.s1.small',
      callersFrom: 'both',
    };
    link.native = {
      chargeType: 'PostPaid',
      expiresAt: '2027-06-01T00:00:00Z',
      zones: [],
      access: 'internet',
      ...link.native,
    };
  }
  for (const gateway of region.gateways) {
    gateway.settings = {
      httpsPolicy: 'HTTPS2_TLS1_2',
      domains: [],
      migration: { state: 'Finished', running: false },
    };
  }
  for (const group of region.targetGroups ?? []) {
    group.protocolVersion = 'HTTP1';
    for (const target of group.targets ?? []) target.reason = 'Target.Timeout';
  }
  for (const { id } of region.targetGroups ?? []) {
    (region.registrars ??= []).push({
      id: 'arn:aws:ecs:eu-west-1:111122223333:service/c/orders',
      kind: 'service',
      targetGroups: [{ targetGroupId: id }],
      registries: [],
      stoppedReason: 'Essential container in task exited',
      raw: null,
    });
  }
  for (const { id, kind } of region.loadBalancers) {
    for (const listener of region.listeners) {
      if (listener.loadBalancerId !== id || kind === 'network') continue;
      const conditions = [{ kind: 'path' as const, values: ['/orders*'] }];
      listener.rules = [{ id: `${listener.id}/1`, priority: 1, conditions, actions: listener.actions ?? [] }];
    }
  }
  region.quotas = { ...region.quotas, 'newly-made': 1 };
}
