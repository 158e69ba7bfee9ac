/** Where a parameter is. `system` and constant parameters have no place at the caller. */
export type ParameterPlace = 'path' | 'query' | 'header' | 'body' | 'form' | 'other';

/** An API of the group. */
export interface SourceApi {
  readonly id: string;
  readonly name: string;
  /** When its draft was changed: ISO 8601. */
  readonly draftModifiedAt?: string | undefined;
  /** API products that contain it. Undefined: not read. */
  readonly products?: readonly string[] | undefined;
  /** What callers get, by stage: never the draft. */
  readonly deployments: readonly SourceDeployment[];
}

/** What is published of an API on one stage. */
export interface SourceDeployment {
  readonly stage: string;
  readonly deployedAt?: string | undefined;
  /** `GET`, or `ANY`. */
  readonly method: string;
  /** Below the group's base path: `/orders/[id]`, `/files/*`. */
  readonly path: string;
  readonly protocols: readonly ('HTTP' | 'HTTPS' | 'WEBSOCKET')[];
  /** `MAPPING` lets only declared parameters pass; `PASSTHROUGH` passes all of them. */
  readonly mode: 'MAPPING' | 'MAPPING_PASSTHROUGH' | 'PASSTHROUGH';
  readonly auth: 'app' | 'anonymous' | 'openid';
  /** Whether an AppCode is enough. Undefined: the draft, which alone has it, was not read. */
  readonly appCode?: boolean | undefined;
  readonly signatureMethods: readonly string[];
  /** Whether each nonce is accepted once. */
  readonly forceNonce: boolean;
  /** Whether it is refused on the public name. */
  readonly internetDisabled: boolean;
  readonly parameters: readonly SourceParameter[];
  readonly mappings: readonly ParameterMapping[];
  /** Their values may be secrets, and are not here. */
  readonly constants: readonly AddedParameter[];
  readonly system: readonly SystemParameter[];
  readonly backend: SourceBackend;
  /** Names of stage variables in its definition: `HOST` of `#HOST#`. */
  readonly variables: readonly string[];
}

/** A declared parameter of the caller. */
export interface SourceParameter {
  readonly name: string;
  readonly place: ParameterPlace;
  readonly required: boolean;
  /** Whether the service checks more than its presence: a pattern, a range, an enumeration. */
  readonly checked: boolean;
}

/** Where a parameter of the caller goes. */
export interface ParameterMapping {
  readonly from: { readonly name: string; readonly place: ParameterPlace };
  readonly to: { readonly name: string; readonly place: ParameterPlace };
}

/** A parameter that the service adds. */
export interface AddedParameter {
  readonly name: string;
  readonly place: ParameterPlace;
}

/** A parameter whose value the service knows: `CaClientIp`. */
export interface SystemParameter extends AddedParameter {
  readonly system: string;
}

/** An app may call an API on a stage. */
export interface SourceAuthorization {
  readonly appId: string;
  readonly apiId: string;
  readonly stage: string;
  /** ISO 8601. Undefined: it does not end. */
  readonly until?: string | undefined;
}

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
  /** What is looked up there; empty where it is not read. */
  readonly service: string;
  readonly namespace: string;
  readonly group: string;
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
