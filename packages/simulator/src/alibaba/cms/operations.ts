import type { AlibabaCall } from '../operation/call.js';
import { familyOf } from '../operation/family.js';
import { required, type Parameter } from '../operation/operation.js';
import { pageByToken } from '../operation/page.js';
import { AlibabaError } from '../operation/service-error.js';
import { GATEWAY_METRICS, NAMESPACE } from './metrics.js';
import { instancesOf, notSimulated, periodOf, requireMinutes } from './parameters.js';

interface MetricListInput {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: string;
  readonly Period?: string;
  readonly StartTime?: string;
  readonly EndTime?: string;
  readonly Length?: number;
  readonly NextToken?: string;
}

const MINUTE_MS = 60_000;
const text: Parameter = { type: 'string' };

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
export const operations = familyOf('Cms')({
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
    run(
      call,
      { Namespace, MetricName, Dimensions, Period = '60', Length = 1_000, NextToken, ...given }: MetricListInput,
    ) {
      if (Namespace !== NAMESPACE) throw notSimulated(`metrics of ${Namespace}`);
      if (!GATEWAY_METRICS.has(MetricName)) {
        throw new AlibabaError('ResourceNotFound', 'The specified resource is not found.', 404);
      }
      const valueOf = GATEWAY_METRICS.get(MetricName);
      if (valueOf === undefined) throw notSimulated(`the metric ${MetricName}`);
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
