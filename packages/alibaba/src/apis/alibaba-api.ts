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

/** The options of a call. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the headers of the answer, also of a refusal: their `Date` is the cloud's time. A client that does not call it works, too. */
  readonly onHeaders?: ((headers: Readonly<Record<string, unknown>>) => void) | undefined;
}

/**
 * The client that the adapter needs: one function. Parameters have their wire names and may be nested (`{
 * Tag: [{ Key: 'a', Value: 'b' }] }`); the client flattens them. It rejects with an error that has the
 * service's `code` and `data` (the body), as `@alicloud/openapi-client` creates it. It also rejects as soon
 * as `signal` is aborted.
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
