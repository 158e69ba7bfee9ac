import type { FigureFilter, MinuteFigures } from '../../../../simulation/traffic/figures.js';
import type { AlibabaCall } from '../../../operation/operation.js';
import { family, say, written } from '../request/parameters.js';
import { getApi, getGroup, getInstance, getStage } from '../request/find.js';
import type { ApiRow } from '../state.js';
import { textOf } from '../../../state/json-object.js';
import { required, text, action } from '../../../operation/family.js';

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

/** What the service counts of calls. Bytes, latencies and open connections are not simulated. */
export const figureActions = family({
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
