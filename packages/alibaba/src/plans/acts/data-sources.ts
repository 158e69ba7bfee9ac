import {
  several,
  word,
  type Act,
  type ActValues,
  type Answer,
  type Caller,
  type Outputs,
} from '@postern/core/internal/overlay';

/** What a data source that is read during the apply finds, among what its filters let through. */
function read(list: string, find: (values: ActValues, caller: Caller) => readonly Outputs[]): Act {
  return {
    isAuxiliary: true,
    gives: ['ids', list],
    create: (values, caller) => {
      const named = several(values['ids']).map(String);
      const found = find(values, caller).filter(({ id }) => named.length === 0 || named.includes(String(id)));
      const ids = found.map(({ id }) => id);
      return { id: ids.join('-'), ids, [list]: found };
    },
  };
}

/** As many as one page has: what a plan creates fits there. */
const PAGE = { PageSize: 50 };

/** Data sources whose result follows from what the plan creates. */
export const dataSourceActs: Readonly<Record<string, Act>> = {
  'data.alicloud_vswitches': read('vswitches', (values, caller) => {
    const filters = { VpcId: word(values['vpc_id']), ZoneId: word(values['zone_id']), ...PAGE };
    const block = word(values['cidr_block']);
    return caller
      .call('Vpc.DescribeVSwitches', filters)
      .VSwitches.VSwitch.filter(({ CidrBlock }: Answer) => block === undefined || CidrBlock === block)
      .map((one: Answer) => ({
        id: one.VSwitchId,
        vpc_id: one.VpcId,
        zone_id: one.ZoneId,
        cidr_block: one.CidrBlock,
        name: one.VSwitchName,
        vswitch_name: one.VSwitchName,
      }));
  }),
  'data.alicloud_security_groups': read('groups', (values, caller) =>
    caller
      .call('Ecs.DescribeSecurityGroups', { VpcId: word(values['vpc_id']), ...PAGE })
      .SecurityGroups.SecurityGroup.map((one: Answer) => ({
        id: one.SecurityGroupId,
        name: one.SecurityGroupName,
        vpc_id: one.VpcId,
      })),
  ),
};
