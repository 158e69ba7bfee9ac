/**
 * Requests and answers of CloudMonitor, as far as they are used, in the form of the official models.
 * @see https://www.alibabacloud.com/help/en/cms/developer-reference/api-cms-2019-01-01-describemetriclist
 * @see https://github.com/aliyun/alibabacloud-typescript-sdk/tree/master/cms-20190101
 */

/** Which metric, of what, in which period: after `startTime`, up to and with `endTime`. */
export interface DescribeMetricListRequest {
  /** `acs_cnapigateway` */
  namespace: string;
  /** `EnvoyClientActiveConnection` */
  metricName: string;
  /** JSON: `[{"instanceId":"gw-1a2b3c"}]`. */
  dimensions: string;
  /** Seconds. */
  period: string;
  /** Milliseconds since the epoch. */
  startTime: string;
  endTime: string;
  nextToken?: string;
}

/** A page of data points. */
export interface MetricList {
  /** JSON: `[{"timestamp":1548777660000,"instanceId":"gw-1a2b3c","Minimum":1,"Average":1,"Maximum":1}]`. */
  datapoints?: string;
  nextToken?: string;
}
