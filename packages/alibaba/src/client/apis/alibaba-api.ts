/** The products that are called, with the version that a request names. */
export const PRODUCT_VERSIONS = {
  CloudAPI: '2016-07-14',
  Ecs: '2014-05-26',
  Vpc: '2016-04-28',
  Slb: '2014-05-15',
  Sts: '2015-04-01',
  Ram: '2015-05-01',
  VpcPeer: '2022-01-01',
  APIG: '2024-03-27',
  Alidns: '2015-01-09',
  Cms: '2019-01-01',
} as const;

/** A product by the name that its official clients have. */
export type Product = keyof typeof PRODUCT_VERSIONS;

/** Which action to call, and where. */
export interface AlibabaCallParams {
  readonly product: Product;
  /** `2016-07-14`. */
  readonly version: string;
  /** `DescribeInstances`. */
  readonly action: string;
  /** `cn-hangzhou`. */
  readonly region: string;
  /** Of an operation in the ROA style (`APIG`): `GET`, `POST`, `PUT`, `DELETE`. Parameters are its query. */
  readonly method?: string | undefined;
  /** Of such an operation: `/v1/gateways/gw-1a2b3c`, percent-encoded. */
  readonly pathname?: string | undefined;
  /** Of such an operation: what is sent as JSON. */
  readonly body?: Readonly<Record<string, unknown>> | undefined;
}

/** Where an operation in the ROA style is called. */
export type AlibabaResource = Pick<AlibabaCallParams, 'method' | 'pathname' | 'body'>;

/** A proper answer: its body as JSON reads it, with every member that the service sent. */
export interface AlibabaAnswer {
  readonly body: Readonly<Record<string, unknown>>;
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the headers of the answer, also of a refusal: their `Date` is the cloud's time. A client that does not call it works, too. */
  readonly onHeaders?: ((headers: Readonly<Record<string, unknown>>) => void) | undefined;
  /** Asked when a change is signed, before it is sent; it throws where that is too late, and then nothing may be sent. */
  readonly beforeSend?: (() => void) | undefined;
}

/**
 * The client that the adapter needs: one function. Parameters have their wire names and may be nested (`{ Tag: [{ Key:
 * 'a', Value: 'b' }] }`); the client flattens them. It rejects with an error that has the service's `code` and `data`
 * (the body), as `@alicloud/openapi-client` creates it. It also rejects as soon as `signal` is aborted.
 */
export interface AlibabaApi {
  readonly call: (
    params: AlibabaCallParams,
    query: Readonly<Record<string, unknown>>,
    options: CallOptions,
  ) => Promise<AlibabaAnswer>;
  /**
   * The id of the access key that signs the next call. A changed id shows changed credentials, and their
   * owner is then requested again. Without it the owner is requested once.
   */
  readonly accessKeyId?: (() => Promise<string | undefined>) | undefined;
}

/**
 * The wire form of an official model. The models' members are in camelCase (`instanceId`), and in PascalCase
 * on the wire (`InstanceId`). Their base class has an index signature, so plain use of them checks nothing.
 * `Wire` strips it. Every member may be missing, since the cloud does not guarantee any member.
 */
export type Wire<T> = T extends (infer Item)[]
  ? readonly Wire<Item>[]
  : T extends object
    ? {
        readonly [
          K in keyof T as K extends string
            ? string extends K
              ? never
              : T[K] extends (...args: never) => unknown
                ? never
                : Capitalize<K>
            : never
        ]?: Wire<T[K]> | undefined;
      }
    : T;

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

/**
 * Requests and answers of Alibaba Cloud DNS, as far as they are used, in the form of the official models: members are in
 * camelCase, and in PascalCase on the wire.
 * @see https://www.alibabacloud.com/help/en/dns/api-alidns-2015-01-09-overview
 * @see https://github.com/alibabacloud-go/alidns-20150109
 */

/** What a record says. */
export interface RecordValues {
  RR: string;
  type: string;
  value: string;
  TTL: number;
  line: string;
}

/** A record that is added to a zone. */
export interface AddDomainRecordRequest extends RecordValues {
  domainName: string;
}

/** What is set of a record that exists. */
export interface UpdateDomainRecordRequest extends RecordValues {
  recordId: string;
}

export interface DomainRecordAnswer {
  recordId: string;
}

export interface DescribeSubDomainRecordsRequest {
  /** `api.example.com`; of a zone itself `@.example.com`. */
  subDomain: string;
  domainName: string;
  pageNumber: number;
  pageSize: number;
}

/** A page of records. */
export interface DomainRecords {
  totalCount: number;
  domainRecords: {
    record: (AddDomainRecordRequest & {
      recordId: string;
      /** `ENABLE`, `DISABLE`. */
      status: string;
      /** Whether weights count for it. */
      lbaStatus: boolean;
      weight: number;
    })[];
  };
}

/** Weights on or off. */
export interface SetDnsSlbStatusRequest {
  subDomain: string;
  domainName: string;
  type: string;
  line: string;
  open: boolean;
}
