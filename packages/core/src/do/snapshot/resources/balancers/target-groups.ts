import { oneOf, optional, strict } from '../../../forms/form.js';
import { set, sorted } from '../../../forms/lists.js';
import { count, flag, optionalFlag, optionalText, port, raw, text } from '../../../forms/resource-values.js';
import type { GroupTarget, MinimumHealthy, TargetGroup } from '../../../model/load-balancer.js';
import { part, resource } from '../resource.js';

const minimumHealthy = strict<MinimumHealthy>()({ count: optional(count), percent: optional(count) });

/** See {@link TargetGroup}. */
export const targetGroups = resource(
  strict<TargetGroup>()({
    id: text,
    name: optionalText,
    kind: oneOf('instance', 'address', 'load-balancer', 'lambda'),
    protocol: optionalText,
    protocolVersion: optionalText,
    port: optional(port),
    networkId: optionalText,
    loadBalancerIds: set(text),
    crossZone: optionalFlag,
    preservesClientAddress: optionalFlag,
    minimumHealthy: optional(minimumHealthy),
    minimumHealthyInDns: optional(minimumHealthy),
    healthCheck: optional(
      strict<NonNullable<TargetGroup['healthCheck']>>()({
        enabled: flag,
        protocol: optionalText,
        port: optional(port),
      }),
    ),
    targets: optional(
      sorted(
        strict<GroupTarget>()({
          id: text,
          port: optional(port),
          zone: optionalText,
          health: oneOf('healthy', 'unhealthy', 'initial', 'draining', 'unused', 'unavailable', 'unknown'),
          reason: optionalText,
        }),
        ['id', 'port', 'zone'],
      ),
    ),
    raw,
  }),
  {
    key: 'id',
    noun: 'target group',
    diffOrder: 13,
    holds: 'scope',
    parts: {
      targets: part<GroupTarget>(
        'target',
        ({ id, port, health, reason }) =>
          `${id}${port === undefined ? '' : `:${port}`} ${health}${reason === undefined ? '' : ` (${reason})`}`,
        ({ id, port, zone }) =>
          `${id}${port === undefined ? '' : `:${port}`}${zone === undefined ? '' : ` in ${zone}`}`,
      ),
    },
  },
);
