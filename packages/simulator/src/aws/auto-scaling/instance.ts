import { setDesired } from './group.js';
import { family, groups, invalid, paged } from './request.js';
import { aliveOf, endInstance, scale } from './scaling.js';
import type { GroupInstanceRow } from './state.js';
import { health } from './views.js';
import { limited } from '../operation/family.js';

/** Instances of groups, and what became of them. */
export const instanceOperations = family({
  TerminateInstanceInAutoScalingGroup: limited({ InstanceId: { required: true } }, (call, input) => {
    const is = ({ InstanceId }: GroupInstanceRow): boolean => InstanceId === input.InstanceId;
    const row = groups.all(call).find(({ instances }) => instances.some(is));
    const one = row && aliveOf(row).find(is);
    if (!row || !one)
      throw invalid(`Instance Id not found - No managed instance found for instance ID: ${input.InstanceId}`);

    if (input.ShouldDecrementDesiredCapacity) setDesired(row, row.fields.DesiredCapacity - 1);
    const why = `instance ${one.InstanceId} was taken out of service in response to a user request.`;
    endInstance(call, row, one, why);
    const [activity] = row.activities;
    scale(call, row, why);
    return { Activity: activity };
  }),

  DescribeAutoScalingInstances(call, input, list) {
    const { InstanceIds: ids = [] } = input;
    const all = groups.all(call).flatMap((row) => row.instances.map((one) => ({ row, one })));
    const found = all.filter(({ one }) => ids.length === 0 || ids.includes(one.InstanceId));
    const { items, next } = paged(found, { ...input }, list, ({ one }) => one.InstanceId);
    return {
      AutoScalingInstances: items.map(({ row, one }) => ({
        ...one,
        AutoScalingGroupName: row.fields.AutoScalingGroupName,
        HealthStatus: health(call, one).toUpperCase(),
      })),
      NextToken: next,
    };
  },

  DescribeScalingActivities(call, input, list) {
    const { AutoScalingGroupName: name, ActivityIds: ids } = input;
    const rows = name === undefined ? groups.all(call) : [groups.find(call, name)].filter((row) => row !== undefined);
    const all = rows.flatMap((row) => row.activities);
    const { items, next } = paged(
      all.filter(({ ActivityId = '' }) => ids?.includes(ActivityId) ?? true),
      input,
      list,
      ({ ActivityId = '' }) => ActivityId,
    );
    return { Activities: items, NextToken: next };
  },
});
