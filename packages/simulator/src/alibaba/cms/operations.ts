import { raise } from '../../simulation/raise.js';
import { AlibabaError, type AlibabaCall } from '../operation/operation.js';
import { words } from '../operation/words.js';
import { ownFamilyOf, required, text, pageByToken } from '../operation/family.js';

const say = words('Cms');
const DAY_MS = 86_400_000;
/** The longest period of a request, and how long points of a minute are kept. */
const KEPT_MS = 31 * DAY_MS;
const LARGEST_DIMENSIONS = 50;
const DIMENSIONS: ReadonlySet<string> = new Set(['instanceId', 'userId', 'regionId']);

/** What is refused because the simulation does not have it, and not because the service refuses it. */
const notSimulated = (what: string): AlibabaError =>
  new AlibabaError('NotImplemented', `Postern does not simulate ${what}.`, 501);

/**
 * The moments of a request, after the first and up to the second.
 * @throws {AlibabaError} for moments in another form, an end that is not after the start, and more than 31 days
 */
function periodOf(
  { StartTime, EndTime }: { readonly StartTime?: string | undefined; readonly EndTime?: string | undefined },
  now: number,
): { readonly from: number; readonly to: number } {
  // What the service shows then is not documented.
  if (StartTime === undefined || EndTime === undefined) throw notSimulated('metrics without StartTime and EndTime');

  const [from, to] = [instant(StartTime, 'StartTime'), instant(EndTime, 'EndTime')];
  if (from >= to) throw say.invalid('StartTime');
  if (to - from > KEPT_MS) throw say.invalid('EndTime');

  return { from: Math.max(from, now - KEPT_MS), to: Math.min(to, now) };
}

/** Milliseconds, or `2019-01-30 00:00:00`, whose time zone is not documented. */
function instant(given: string, name: string): number {
  if (/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(given))
    throw notSimulated(`${name} in another form than milliseconds`);
  if (!/^\d{13}$/.test(given)) throw say.invalid(name);

  return Number(given);
}

/**
 * The instances that dimensions name; undefined for all of them.
 * @throws {AlibabaError} for what is not `[{"instanceId":"gw-1a2b3c"}]`, other dimensions, more than 50
 */
function instancesOf(text: string | undefined): ReadonlySet<string> | undefined {
  if (text === undefined) return undefined;

  const given = parsed(text);
  const all: unknown[] = Array.isArray(given) ? given : [given];
  if (all.length === 0 || all.length > LARGEST_DIMENSIONS) throw say.invalid('Dimensions');

  return new Set(
    all.map((one) => {
      if (typeof one !== 'object' || one === null || Array.isArray(one)) throw say.invalid('Dimensions');

      const { instanceId, ...others } = one as Readonly<Record<string, unknown>>;
      const isKnown = Object.entries(others).every(
        ([name, value]) => DIMENSIONS.has(name) && typeof value === 'string',
      );
      if (typeof instanceId !== 'string' || !isKnown) throw say.invalid('Dimensions');

      return instanceId;
    }),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw say.invalid('Dimensions');
  }
}

/** Periods of the documentation, in seconds. */
const PERIODS: ReadonlySet<string> = new Set(['15', '60', '300', '900', '3600']);

/** Only minutes are simulated. @throws {AlibabaError} */
function requireMinutes(period: string): void {
  if (!PERIODS.has(period)) throw say.invalid('Period');
  if (period !== '60') throw notSimulated(`metrics over ${period} seconds`);
}

/**
 * Metrics of gateways of Cloud-native API Gateway. Calls of the data path have no connections: here each call opens one, which is open
 * for its minute [I]. The other metrics are not simulated.
 * @see https://cloudmonitor.console.alibabacloud.com/metric-meta/acs_cnapigateway/cnapigateway
 */
const NAMESPACE = 'acs_cnapigateway';

type ValueOf = (calls: number) => number;

/** Open connections between callers and the gateway. */
const open: ValueOf = (calls) => calls;
/** Connections a second. */
const perSecond: ValueOf = (calls) => calls / 60;

/** The value of a minute by the calls of that minute; undefined for a metric that is not simulated. */
const GATEWAY_METRICS: ReadonlyMap<string, ValueOf | undefined> = new Map<string, ValueOf | undefined>([
  ['EnvoyClientActiveConnection', open],
  ['EnvoyClientNewConnection', perSecond],
  ['EnvoyClientDestroyConnection', perSecond],
  ...[
    'EnvoyClientDestroySSL',
    'EnvoyClientNewSSL',
    'EnvoyClientReuseSSL',
    'EnvoyCpuUsageRate',
    'EnvoyFsReadBytes',
    'EnvoyFsWriteBytes',
    'EnvoyMemoryUsage',
    'EnvoyMemoryUsageRate',
    'EnvoyNetworkInBytes',
    'EnvoyNetworkOutBytes',
    'EnvoyRateLimitRequests',
    'EnvoyUpstreamActiveConnection',
    'EnvoyUpstreamDestroyConnection',
    'EnvoyUpstreamNewConnection',
    'Ipv4EipRateIn',
    'Ipv4EipRateOut',
    'Ipv6GatewayRateIn',
    'Ipv6GatewayRateOut',
    'SlbInstanceTrafficRX',
    'SlbInstanceTrafficTX',
  ].map((name) => [name, undefined] as const),
]);

const MINUTE_MS = 60_000;

/** The calls of each whole minute of a gateway, also of those without a call. A minute is known by its start [U]. */
function minutesOf(call: AlibabaCall, gateway: string, since: number, { from, to }: ReturnType<typeof periodOf>) {
  const calls = new Map(call.figures({ gateway }, from, call.now).map((one) => [one.at, one.calls]));
  const first = Math.floor(Math.max(from, since) / MINUTE_MS) + 1;
  const last = Math.min(Math.floor(to / MINUTE_MS), Math.floor(call.now / MINUTE_MS) - 1);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const at = (first + index) * MINUTE_MS;
    return { at, calls: calls.get(at) ?? 0 };
  });
}

/**
 * The simulated actions of CloudMonitor: figures of gateways of Cloud-native API Gateway. It has no package among the dependencies: the
 * types are our own.
 * @see https://github.com/aliyun/alibabacloud-typescript-sdk/tree/master/cms-20190101
 */
export const operations = ownFamilyOf('Cms')({
  /**
   * A point for each whole minute in which a gateway exists. Instances that do not exist have none [I]. The refusals are those of other
   * products: the page has none [I].
   * @see https://www.alibabacloud.com/help/en/cms/developer-reference/api-cms-2019-01-01-describemetriclist
   */
  DescribeMetricList: {
    parameters: {
      Namespace: required(text),
      MetricName: required(text),
      Dimensions: text,
      Period: text,
      StartTime: text,
      EndTime: text,
      Length: { type: 'integer', range: [1, 1_440] },
      NextToken: text,
    },
    ramAction: 'QueryMetricList',
    perSecond: 50,
    run(call, { Namespace, MetricName, Dimensions, Period = '60', Length = 1_000, NextToken, ...given }) {
      if (Namespace !== NAMESPACE) throw notSimulated(`metrics of ${Namespace}`);
      if (!GATEWAY_METRICS.has(MetricName)) {
        throw new AlibabaError('ResourceNotFound', 'The specified resource is not found.', 404);
      }

      const valueOf = GATEWAY_METRICS.get(MetricName) ?? raise(notSimulated(`the metric ${MetricName}`));

      requireMinutes(Period);
      const instances = instancesOf(Dimensions);
      const period = periodOf(given, call.now);
      const points = [...call.state.apig.gateways.values()]
        .filter(({ id }) => instances?.has(id) ?? true)
        .flatMap(({ id, createdAt }) =>
          minutesOf(call, id, createdAt, period).map(({ at, calls }) => {
            const value = valueOf(calls);
            const dimensions = { userId: call.account, regionId: call.region, instanceId: id };
            return { timestamp: at, ...dimensions, Minimum: value, Average: value, Maximum: value };
          }),
        );
      const list = JSON.stringify([MetricName, Dimensions, given]);
      const rules = {
        operation: { product: 'Cms', name: 'DescribeMetricList' },
        list,
        defaultSize: 1_000,
        largest: 1_440,
      } as const;
      const page = pageByToken(points, { MaxResults: Length, NextToken }, rules);
      return {
        Code: '200',
        Success: true,
        Period,
        Datapoints: JSON.stringify(page.items),
        ...(page.NextToken === '' ? {} : { NextToken: page.NextToken }),
      };
    },
  },
});
