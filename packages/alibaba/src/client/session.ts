import type { CallContext, Identity } from '@postern/core/internal/library';
import {
  ifText,
  defined,
  call,
  CloudError,
  pinIdentity,
  sessionSecrets,
  type SessionSecrets,
} from '@postern/core/internal/adapter';
import type { Actions, Answer, Query } from './apis/actions.js';
import type { AlibabaAnswer, AlibabaApi, AlibabaResource, Product } from './apis/alibaba-api.js';
import { APIG_OPERATIONS, type ApigAnswer, type ApigOperation, type ApigRequest } from './apis/apig.js';
import { callParams, sent } from './plain.js';
import { createApi } from './client.js';
import { mapAlibabaError } from './errors.js';
import { limitsOf } from '../limits.js';
import type { AlibabaOptions } from '../options.js';

/** `read` and `idempotent` are tried again, `create` is not. */
export type CallKind = 'read' | 'idempotent' | 'create';

/** Region, client and identity of one driver, and the one way in which its files call Alibaba Cloud. */
export interface Session {
  readonly region: string;
  readonly identity: (ctx: CallContext) => Promise<Identity>;
  /** The account of the credentials. @throws {InvalidInputError} `WRONG_ACCOUNT` where another account is expected. */
  readonly account: (ctx: CallContext) => Promise<string>;
  /**
   * Calls one action. The call is paced and traced, its errors are mapped, and it is retried where that is
   * safe. The name of the action shows reads (`Describe`, `List`, `Get`) and creates. All others count as
   * idempotent. `kind` overrides this.
   */
  readonly call: <P extends Product, N extends keyof Actions[P] & string>(
    ctx: CallContext,
    product: P,
    action: N,
    query: Query<P, N>,
    kind?: CallKind,
  ) => Promise<Answer<P, N>>;
  /**
   * Calls an operation of Cloud-native API Gateway, as `call` does, and returns the `data` of its answer. An answer
   * with HTTP status 200 and a code other than `Ok` is an error.
   */
  readonly apig: <N extends ApigOperation>(
    ctx: CallContext,
    operation: N,
    request: ApigRequest,
    kind?: CallKind,
  ) => Promise<ApigAnswer<N>>;
  /** Registers secrets that are read from one service and sent to another. Errors of this session do not show them. */
  readonly noteSecrets: SessionSecrets['note'];
}

/** Opens a session. No SDK package is loaded, and nothing is called, before it is needed. */
export function createSession(options: AlibabaOptions, region: string): Session {
  const secrets = sessionSecrets();
  const api = createApi({ ...options, region }, undefined, secrets);
  const { account: expected } = options;
  const calls: Calls = { api, secrets };
  const who = pinIdentity({
    request: (ctx) => requestIdentity(ctx, calls, { region, account: expected }),
    accessKeyId: async () => {
      const keyId = await api.accessKeyId?.();
      secrets.note([keyId]);
      return keyId;
    },
    expected,
  });
  return {
    region,
    noteSecrets: secrets.note,
    identity: who.identity,
    account: who.account,
    call: async <P extends Product, N extends keyof Actions[P] & string>(
      ctx: CallContext,
      product: P,
      action: N,
      query: Query<P, N>,
      kind: CallKind = kindOf(action),
    ) => {
      requireIds(action, query as object);
      const account = await who.account(ctx);
      const send = () => sendAs(ctx, calls, { account, region, product, action, kind }, { ...(query as object) });
      const { answers } = ctx;
      const answer = answers === undefined || kind !== 'read' ? send() : answers.to([product, action, query], send);
      return (await answer) as Answer<P, N>;
    },
    apig: async (ctx, operation, request, kind = kindOf(operation)) => {
      const resource = resourceOf(operation, request);
      const account = await who.account(ctx);
      const what = { account, region, product: 'APIG', action: operation, kind, resource } as const;
      const send = () => sendAs(ctx, calls, what, defined(request.query ?? {}));
      const { answers } = ctx;
      const answer = answers === undefined || kind !== 'read' ? send() : answers.to(['APIG', operation, request], send);
      return ((await answer)['data'] ?? {}) as ApigAnswer<typeof operation>;
    },
  };
}

function kindOf(action: string): CallKind {
  if (/^(?:Get|List|Describe)/.test(action)) return 'read';

  return /^(?:Create|Set)/.test(action) ? 'create' : 'idempotent';
}

/** Without an ID the service finds nothing to delete, which would count as gone: an answer lacked it. @throws {CloudError} `BAD_RESPONSE` */
function requireIds(action: string, query: object): void {
  if (!/^(?:Delete|Remove|Abolish)/.test(action)) return;

  for (const [name, value] of Object.entries(query))
    sent(value === '' ? undefined : (value ?? 'left out'), name, action);
}

/** Method, path and body of a request. Parts of a path are encoded. @throws {CloudError} `BAD_RESPONSE` for an ID that an answer lacked */
function resourceOf(operation: ApigOperation, { path = {}, body }: ApigRequest): AlibabaResource {
  const { method, path: pattern } = APIG_OPERATIONS[operation];
  const pathname = pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(sent(path[name] || undefined, name, operation)),
  );
  return { method, pathname, ...defined({ body }) };
}

interface Sent {
  readonly account: string;
  readonly region: string;
  readonly product: Product;
  readonly action: string;
  readonly kind: CallKind;
  readonly resource?: AlibabaResource | undefined;
}

/** The client of a session, and what it signs with. */
interface Calls {
  readonly api: AlibabaApi;
  readonly secrets: SessionSecrets;
}

/** How OpenTelemetry names the cloud: https://opentelemetry.io/docs/specs/semconv/registry/attributes/cloud/ */
const SPANS = { system: 'alibaba-api', provider: 'alibaba_cloud', requestId: 'alibaba.request_id' } as const;

async function sendAs(ctx: CallContext, { api, secrets }: Calls, sent: Sent, query: Readonly<Record<string, unknown>>) {
  const { account, region, product, action, kind, resource } = sent;
  const description = {
    provider: 'alibaba',
    account,
    region,
    service: product.toLowerCase(),
    operation: action,
    limits: limitsOf(product, action),
    kind,
    // The time of a signature (`x-acs-date`) has to be within the 15 minutes before the request:
    // https://help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature
    acceptedMs: 900_000,
    secrets: secrets.values(),
    span: { ...SPANS, service: product.toLowerCase() },
  };
  const params = callParams(product, action, region, resource);
  // ECS, VPC and CLB require the region as a parameter. API Gateway takes it from the endpoint and accepts
  // the parameter, too.
  const full = resource === undefined ? { RegionId: region, ...query } : query;
  const { body } = await call(
    ctx,
    description,
    async (signal, heard, beforeSend) => {
      // A proxy on the way has no request ID of the service.
      const onHeaders: typeof heard = (headers) => void (headers['x-acs-request-id'] !== undefined && heard(headers));
      const answer = await api.call(params, full, { signal, onHeaders, beforeSend });
      onHeaders(answer.headers); // a client that does not report them returns them
      if (resource !== undefined) refuseCode(answer);
      return answer;
    },
    (error) => mapAlibabaError(error, { operation: action, product, kind }),
    ({ body, statusCode }) => ({
      requestId: ifText(resource === undefined ? body['RequestId'] : body['requestId']),
      status: statusCode,
    }),
  );
  return body;
}

/** The service answers errors with HTTP status 200, too, which the official client takes for an answer. */
function refuseCode({ body, statusCode }: AlibabaAnswer): void {
  const { code } = body;
  if (typeof code !== 'string' || code === '' || /^ok$/i.test(code)) return;

  throw Object.assign(new Error(code), { code, data: body, statusCode });
}

async function requestIdentity(
  ctx: CallContext,
  calls: Calls,
  { region, account = 'unknown' }: { readonly region: string; readonly account: string | undefined },
): Promise<Identity> {
  const what = { account, region, product: 'Sts', action: 'GetCallerIdentity', kind: 'read' } as const;
  const { AccountId, Arn } = (await sendAs(ctx, calls, what, {})) as Answer<'Sts', 'GetCallerIdentity'>;
  if (AccountId === undefined) {
    throw new CloudError('BAD_RESPONSE', 'the response names no account', { operation: 'GetCallerIdentity' });
  }

  return { account: AccountId, arn: Arn };
}
