/** What an API calls. */
export interface SourceBackend {
  readonly kind: 'vpc' | 'http' | 'function' | 'mock' | 'discovery' | 'oss' | 'event-bridge' | 'unknown';
  readonly scheme: 'http' | 'https';
  /** Of `http`: `http://10.0.0.5:8080`, `https://orders.example.com`. */
  readonly address?: string | undefined;
  /** Of `vpc`: the name of the authorization. */
  readonly accessName?: string | undefined;
  /** The ID of the named backend that it goes through. */
  readonly namedBackend?: string | undefined;
  /** Undefined: that of the request. */
  readonly path?: string | undefined;
  /** Undefined: that of the request. */
  readonly method?: string | undefined;
  readonly timeoutMs?: number | undefined;
  readonly mock?: SourceMock | undefined;
  readonly function?: SourceFunction | undefined;
  readonly discovery?: SourceDiscovery | undefined;
}

/** A fixed answer. */
export interface SourceMock {
  readonly status: number;
  readonly headers: readonly string[];
  /** Whether it has a body: the body itself is read when the hand-over runs. */
  readonly hasBody: boolean;
}

/** A function. */
export interface SourceFunction {
  /** `FC_EVENT`, `FC_HTTP` of Function Compute 2.0; `FC_EVENT_V3`, `FC_HTTP_V3` of 3.0. */
  readonly type: string;
  readonly name: string;
  readonly service?: string | undefined;
}

/** A registry of services. */
export interface SourceDiscovery {
  readonly registry: 'nacos' | 'zookeeper' | 'other';
  /** `mse-1-nacos-ans.mse.aliyuncs.com:8848`. */
  readonly server: string;
  /** Whether the provider runs it (Microservices Engine). */
  readonly managed: boolean;
}

/** A VPC access authorization, with the address behind it. */
export interface SourceAccess {
  readonly name: string;
  readonly id: string;
  readonly vpcId: string;
  /** `i-…`, `lb-…`, or a private address. */
  readonly instanceId: string;
  readonly port: number;
  /** The Host header and server name towards the backend. */
  readonly hostName?: string | undefined;
  readonly resolved: ResolvedAddress;
}

/** Where a backend is, at one instant: APIG keeps an address, and does not follow a server that changes it. */
export type ResolvedAddress =
  | { readonly is: 'found'; readonly address: string; readonly at: string; readonly groupIds: readonly string[] }
  /** The server or load balancer does not exist. */
  | { readonly is: 'absent'; readonly at: string }
  | { readonly is: 'unknown'; readonly why: string };

/** A backend that is defined once and named by APIs, on the stages. */
export interface SourceNamedBackend {
  readonly id: string;
  readonly name: string;
  readonly models: readonly { readonly stage: string; readonly backend: SourceBackend }[];
}
