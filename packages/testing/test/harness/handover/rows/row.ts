import type { Simulation } from '@postern/simulator';
import type { Api, Classic } from '../classic.js';

/** An answer of the data path. */
export type Answer = Awaited<ReturnType<Simulation['traffic']['call']>>;

export interface RowGround extends Classic {
  /** The domain that the service gave the group. */
  readonly ownHost: string;
  /** By name. */
  readonly appIds: Readonly<Record<string, string>>;
  /** Simulated milliseconds since the epoch. */
  readonly now: number;
}

/** A row of the mapping that a call shows: an API of the group, and how both gateways answer after a run of the hand-over. */
export interface ShownRow {
  /** `plugin/caching` */
  readonly rule: string;
  readonly code: string;
  /** What differs, or what is kept: the title of the test. */
  readonly shows: string;
  readonly api: Api;
  /** Type and body of a plug-in of the API. */
  readonly plugin?: readonly [type: string, body: object];
  /** Before the API exists: what it names. */
  readonly needs?: (ground: RowGround) => void;
  /** Once it is published. */
  readonly has?: (ground: RowGround, apiId: string) => void;
  /** Minutes after that. */
  readonly later?: (ground: RowGround, apiId: string) => void;
  /** Of the call, beside the method and the path of the API. */
  readonly method?: string;
  readonly path?: string;
  /** `own`: the group's own. */
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The app that signs the call; `nonce`: with a nonce, which is the same in each call. */
  readonly signs?: { readonly app: string; readonly nonce?: string };
  /** How often it is made; the last one is looked at. */
  readonly times?: number;
  /** What the backend does meanwhile. */
  readonly backend?: { readonly status?: number; readonly body?: string; readonly delayMs?: number };
  /** Both gateways throttle. */
  readonly throttles?: true;
  /** Simulated time before the call. */
  readonly afterMs?: number;
  /** What is looked at of an answer; its status by default. */
  readonly see?: (answer: Answer) => unknown;
  readonly classic: unknown;
  readonly target: unknown;
}

const echoed = ({ body }: Answer): Readonly<Record<string, any>> => (body.startsWith('{') ? JSON.parse(body) : {});

/** A header that the backend gets. */
export const header =
  (name: string) =>
  (answer: Answer): unknown =>
    echoed(answer)['headers']?.[name];

/** `method`, `path`, `query` or `source`, as the backend sees it. */
export const backendSees =
  (name: string) =>
  (answer: Answer): unknown =>
    echoed(answer)[name];

/** A header that the caller gets. */
export const answered =
  (name: string) =>
  ({ headers }: Answer): unknown =>
    headers[name];

/** An API with a server behind it. */
export const api = (key: string, more: object = {}): Api => ({ key, backend: 'server', more });

/** An API whose backend differs by more than its path. */
export function served(key: string, service: object, vpc = 'server'): Api {
  const path = key.slice(key.indexOf(' ') + 1);
  const base = { ServiceProtocol: 'HTTP', ServiceTimeout: 10_000, ServicePath: path };
  const to = { ServiceVpcEnable: 'TRUE', VpcConfig: { Name: vpc, VpcScheme: 'HTTP' } };
  return api(key, { ServiceConfig: JSON.stringify({ ...base, ...to, ...service }) });
}

const list = (...rows: readonly object[]): string => JSON.stringify(rows);

/** A parameter of the caller that the backend gets in another place. */
export const moved = (
  from: readonly [place: string, name: string],
  to: readonly [place: string, name: string],
): object => ({
  RequestParameters: list({
    ApiParameterName: from[1],
    Location: from[0],
    ParameterType: 'String',
    Required: 'OPTIONAL',
  }),
  ServiceParameters: list({ ServiceParameterName: to[1], Location: to[0], ParameterType: 'String' }),
  ServiceParametersMap: list({ ServiceParameterName: to[1], RequestParameterName: from[1] }),
});

/** Declared parameters, in a mode that checks them. */
export const declared = (key: string, RequestMode: string, parameter: object): object => {
  const [RequestHttpMethod, RequestPath] = key.split(' ');
  return {
    RequestConfig: JSON.stringify({ RequestProtocol: 'HTTP,HTTPS', RequestHttpMethod, RequestPath, RequestMode }),
    RequestParameters: list({ Location: 'Query', ParameterType: 'String', Required: 'OPTIONAL', ...parameter }),
  };
};

export const constant = (Location: string, ServiceParameterName: string): object => ({
  ConstantParameters: list({ ServiceParameterName, ConstantValue: 'shop', Location }),
});

export const system = (ParameterName: string, ServiceParameterName: string): object => ({
  SystemParameters: list({ ParameterName, ServiceParameterName, Location: 'HEAD' }),
});
