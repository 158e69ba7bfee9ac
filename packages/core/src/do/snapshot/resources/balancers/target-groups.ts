import { strict } from '../../../forms/form.js';
import { targetGroupShape, type GroupTarget, type TargetGroup } from '../../../model/load-balancer.js';
import { part, resource } from '../resource.js';

/** See {@link TargetGroup}. */
export const targetGroups = resource(strict<TargetGroup>()(targetGroupShape), {
  key: 'id',
  noun: 'target group',
  diffOrder: 13,
  holds: 'scope',
  parts: {
    targets: part<GroupTarget>(
      'target',
      ({ id, port, health, reason }) =>
        `${id}${port === undefined ? '' : `:${port}`} ${health}${reason === undefined ? '' : ` (${reason})`}`,
      ({ id, port, zone }) => `${id}${port === undefined ? '' : `:${port}`}${zone === undefined ? '' : ` in ${zone}`}`,
    ),
  },
});
