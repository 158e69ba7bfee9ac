import { defined } from '../../../../simulation/defined.js';
import type { ModifyInstanceAttributeRequest } from '@alicloud/cloudapi20160714';
import { changeInstance, startBlockChange } from '../instance/instance-life.js';
import { family, type Given, HTTPS_POLICIES, say, isReplay, useToken, written } from '../request/parameters.js';
import { getInstance, getApi, getGroup, getStage } from '../request/find.js';
import type { Parameter, Wire, AlibabaCall } from '../../../operation/operation.js';
import type { GatewayInstanceRow, ConnectionRow, ApiRow } from '../state.js';
import { readBlock } from '../../../../simulation/addresses.js';
import { findVSwitch } from '../../../vpc/network.js';
import type { AlibabaRegionState } from '../../../state/alibaba-state.js';
import { isJsonObject, textOf } from '../../../state/json-object.js';
import { flag, required, text, whole, action } from '../../../operation/family.js';
import type { FigureFilter, MinuteFigures } from '../../../../simulation/traffic/figures.js';

const MEMBERS = ['CidrBlock', 'Customized', 'VswitchId', 'VSwitchId', 'ZoneId'];
const invalid = (why: string) => say.invalid('ToConnectVpcIpBlock', why);

/**
 * The block that `ToConnectVpcIpBlock` adds: one JSON object, custom or a vSwitch's. The service does not
 * check whether a custom block is in the VPC or connected to it. Terraform's acceptance test adds an
 * unconnected one.
 * @throws {AlibabaError} `InvalidToConnectVpcIpBlock`
 */
function readConnectBlock(state: AlibabaRegionState, { vpcId }: ConnectionRow, value: unknown): string {
  if (!isJsonObject(value)) throw invalid('ToConnectVpcIpBlock must be one JSON object.');

  const unknown = Object.keys(value).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined) throw invalid(`ToConnectVpcIpBlock has no member ${unknown}.`);

  const text = textOf(value, 'CidrBlock');
  const block = /^[\d.]+\/\d+$/.test(text) ? readBlock(text) : undefined;
  if (!block?.exact) throw invalid('The CidrBlock of ToConnectVpcIpBlock is not valid.');

  if (!/^true$/i.test(textOf(value, 'Customized'))) {
    // The official client spells VswitchId; Terraform's provider sends VSwitchId.
    const vSwitch = findVSwitch(state, textOf(value, 'VswitchId') || textOf(value, 'VSwitchId'));
    if (vSwitch?.vpcId !== vpcId || vSwitch.cidrBlock !== text || vSwitch.zoneId !== textOf(value, 'ZoneId')) {
      throw invalid('The vSwitch of ToConnectVpcIpBlock does not fit.');
    }
  }
  return text;
}

type ModifyInstanceAttributeInput = Given<Wire<ModifyInstanceAttributeRequest>, 'InstanceId'>;

/** Booleans are texts here. */
const flagText: Parameter = { type: 'string', values: ['true', 'false'] };

const CLOCK = /^([01]\d|2[0-3]):[0-5]\dZ$/;

const VPC_ATTRIBUTE = 'ModifyInstanceVpcAttributeForConsole';

function attributes(input: ModifyInstanceAttributeInput): Partial<GatewayInstanceRow> {
  const { InstanceName, HttpsPolicy, IPV6Enabled, EgressIpv6Enable, VpcSlbIntranetEnable } = input;
  const { IntranetSegments, MaintainStartTime, MaintainEndTime } = input;
  if (IntranetSegments !== undefined && !isTextArray(IntranetSegments)) throw say.invalid('IntranetSegments');
  if (MaintainStartTime !== undefined && !CLOCK.test(MaintainStartTime)) throw say.invalid('MaintainStartTime');
  if (MaintainEndTime !== undefined && !CLOCK.test(MaintainEndTime)) throw say.invalid('MaintainEndTime');

  return {
    ...defined({ name: InstanceName, httpsPolicy: HttpsPolicy }),
    ...(IPV6Enabled !== undefined && { ipv6: IPV6Enabled === 'true' }),
    ...(EgressIpv6Enable !== undefined && { egressIpv6: EgressIpv6Enable === 'true' }),
    ...(VpcSlbIntranetEnable !== undefined && { vpcSlbIntranet: VpcSlbIntranetEnable === 'true' }),
    ...defined({
      intranetSegments: IntranetSegments,
      maintainStartTime: MaintainStartTime,
      maintainEndTime: MaintainEndTime,
    }),
  };
}

/** Whether a text holds a JSON array of texts. */
function isTextArray(json: string): boolean {
  try {
    const value = JSON.parse(json) as unknown;
    return Array.isArray(value) && value.every((item) => typeof item === 'string');
  } catch {
    return false;
  }
}

interface Period {
  readonly StartTime: string;
  readonly EndTime: string;
}

const TIMES = { StartTime: required(text), EndTime: required(text) };
const PERIOD = { ...TIMES, StageName: required(text) };

/** The figures of whole minutes that have ended. A minute without calls has no item [U]. */
function minutesOf(call: AlibabaCall, of: FigureFilter, { StartTime, EndTime }: Period): readonly MinuteFigures[] {
  const from = instant(StartTime, 'StartTime');
  const to = instant(EndTime, 'EndTime');
  if (from > to) throw say.invalid('EndTime');

  return call.figures(of, from, Math.min(to, call.now));
}

/** `2016-07-23T08:28:48Z`. */
function instant(given: string, name: string): number {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?Z$/.test(given)) throw say.invalid(name);

  const ms = Date.parse(given);
  if (Number.isNaN(ms)) throw say.invalid(name);

  return ms;
}

const items = (minutes: readonly MinuteFigures[], valueOf: (one: MinuteFigures) => number) => ({
  MonitorItem: minutes.map((one) => ({ ItemTime: written(one.at), ItemValue: String(valueOf(one)) })),
});

/** Calls a second, in whole numbers as the examples of the documentation have them: few calls are shown as 0 [I]. */
const perSecond = ({ calls }: MinuteFigures): number => Math.round(calls / 60);

/** The routes that an API was published with. */
const routesOf = ({ history }: ApiRow): ReadonlySet<string> =>
  new Set(
    history.map(
      ({ definition: { requestConfig } }) =>
        `${textOf(requestConfig, 'RequestHttpMethod').toUpperCase()} ${textOf(requestConfig, 'RequestPath')}`,
    ),
  );

/** Settings of instances, and what the service counts of calls. Bytes, latencies and open connections are not simulated. */
export const instanceSettingsActions = family({
  /**
   * Changes attributes at once, and accessible blocks after a while. During that time the instance is not RUNNING and
   * accepts no further change. Deleting a block that does not exist is not an error. One call may delete and add [?].
   */
  ModifyInstanceAttribute: {
    parameters: {
      InstanceId: required(text),
      InstanceName: { type: 'string', pattern: /^[A-Za-z0-9_-]+$/, length: [1, 64] },
      HttpsPolicy: { type: 'string', values: HTTPS_POLICIES },
      IPV6Enabled: flagText,
      EgressIpv6Enable: flagText,
      VpcSlbIntranetEnable: flagText,
      IntranetSegments: text,
      MaintainStartTime: text,
      MaintainEndTime: text,
      ToConnectVpcIpBlock: { type: 'json' },
      DeleteVpcIpBlock: text,
      Token: { type: 'string', length: [0, 64] },
    },
    run(call, input) {
      const row = getInstance(call.state, input.InstanceId);
      if (isReplay(call, 'ModifyInstanceAttribute', input)) return {};
      if (row.kind === 'shared') throw say.invalid('InstanceId', 'The shared instance cannot be changed.');
      if (row.status !== 'RUNNING') throw say.busy();

      const changes = attributes(input);
      const { ToConnectVpcIpBlock: wanted, DeleteVpcIpBlock: remove = '' } = input;
      if (wanted !== undefined || remove !== '') {
        if (!row.connection) throw say.invalid(wanted ? 'ToConnectVpcIpBlock' : 'DeleteVpcIpBlock');

        const add = wanted === undefined ? '' : readConnectBlock(call.state, row.connection, wanted);
        startBlockChange(call, row.id, add, remove);
      }
      changeInstance(call, row.id, changes);
      useToken(call, 'ModifyInstanceAttribute', input);
      return {};
    },
  },

  /** Sets or removes the VPC of a dedicated instance's callers. VPCs of other accounts are not checked. */
  ModifyInstanceVpcAttributeForConsole: {
    parameters: {
      InstanceId: required(text),
      VpcId: required(text),
      VswitchId: text,
      VpcOwnerId: whole,
      DeleteVpcAccess: flag,
      Token: { type: 'string', length: [0, 64] },
    },
    run(call, input) {
      const { InstanceId, VpcId, VswitchId = '', VpcOwnerId, DeleteVpcAccess = false } = input;
      const row = getInstance(call.state, InstanceId);
      if (isReplay(call, VPC_ATTRIBUTE, input)) return {};
      if (row.kind === 'shared') throw say.invalid('InstanceId', 'The shared instance is called from every VPC.');
      if (row.status !== 'RUNNING') throw say.busy();

      const { vpcs, vSwitches } = call.state.network;
      const ours = VpcOwnerId === undefined || String(VpcOwnerId) === call.account;
      if (ours && !DeleteVpcAccess) {
        if (!vpcs.has(VpcId)) throw say.notFound('Vpc');
        if (VswitchId !== '' && vSwitches.get(VswitchId)?.vpcId !== VpcId) throw say.invalid('VswitchId');
      }
      changeInstance(
        call,
        row.id,
        DeleteVpcAccess ? { vpcIntranet: false, clientVpcId: undefined } : { vpcIntranet: true, clientVpcId: VpcId },
      );
      useToken(call, VPC_ATTRIBUTE, input);
      return {};
    },
  },

  /** Calls a second of a group on a stage. */
  DescribeGroupQps: action({ GroupId: required(text), ...PERIOD }, (call, { GroupId, StageName, ...period }) => {
    const group = getGroup(call.state, GroupId);
    getStage(group, StageName);
    return { GroupQps: items(minutesOf(call, { gateway: group.id, stage: StageName }, period), perSecond) };
  }),

  /** Calls a second of an instance on a stage, of all its groups. */
  DescribeInstanceQps: {
    parameters: { InstanceId: required(text), ...PERIOD },
    run(call, { InstanceId, StageName, ...period }) {
      const { id } = getInstance(call.state, InstanceId);
      return { InstanceQps: items(minutesOf(call, { link: id, stage: StageName }, period), perSecond) };
    },
  },

  /** New connections of an instance. Calls have no connections here: each opens one, so that all statistics are the same [I]. */
  DescribeInstanceNewConnections: {
    parameters: {
      InstanceId: required(text),
      SbcName: required({ type: 'string', values: ['Maximum', 'Minimum', 'Average'] }),
      ...TIMES,
    },
    run(call, { InstanceId, ...period }) {
      const { id } = getInstance(call.state, InstanceId);
      return { InstanceNewConnections: items(minutesOf(call, { link: id }, period), perSecond) };
    },
  },

  /** Calls of an API in each minute: those that succeeded, and those that failed, here with a status of 400 or more [U]. */
  DescribeApiQpsData: {
    parameters: { GroupId: text, ApiId: required(text), ...PERIOD, StageName: text },
    run(call, { GroupId, ApiId, StageName = 'RELEASE', ...period }) {
      const api = getApi(call.state, ApiId, GroupId);
      const of = { gateway: api.groupId, stage: StageName, routes: routesOf(api) };
      const minutes = minutesOf(call, of, period);
      return {
        CallSuccesses: items(minutes, ({ calls, failed }) => calls - failed),
        CallFails: items(minutes, ({ failed }) => failed),
      };
    },
  },
});
