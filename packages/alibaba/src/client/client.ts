import type { Readable } from 'node:stream';
import { hasProxy, onAbort, type SessionSecrets } from '@postern/core/internal/adapter';
import type { AlibabaAnswer, AlibabaApi, AlibabaCallParams, CallOptions } from './apis/alibaba-api.js';
import { assumedRole, createCredentials, defaultExport, type Credentials } from './credentials.js';
import { readBounded, callGeneric, genericCall, type GeneratedClient } from './generated-client.js';
import { endpointOf, type Endpoint } from './endpoint.js';
import { BadAnswer, NoAnswer } from './errors.js';
import { flatten } from './plain.js';
import type { AlibabaOptions } from '../options.js';
import { watchRequest, type RequestWatch } from './request-watch.js';

/**
 * A connection is established in seconds or not at all. The slowest answers take well under a minute. The
 * clients' own 3 s are too short.
 */
const CONNECT_TIMEOUT_MS = 10_000;
const ANSWER_TIMEOUT_MS = 60_000;

/** Where a role is assumed if no region is given: `createSession` gives it. */
const DEFAULT_REGION = 'cn-hangzhou';

/** Postern's own timeouts. A call that is not over by then is aborted, whatever the library reports. */
export interface Timeouts {
  readonly connectMs: number;
  readonly answerMs: number;
}

/**
 * The client of one driver: the generic call of `@alicloud/openapi-client`, which is bundled and loaded on first use, signed with
 * ACS3-HMAC-SHA256, or a generated client of the user's for API Gateway. It never retries, has its own
 * timeouts, and rejects as soon as its signal is aborted. `secrets` gets the credentials as they are used.
 */
export function createApi(
  options: AlibabaOptions,
  timeouts: Timeouts = { connectMs: CONNECT_TIMEOUT_MS, answerMs: ANSWER_TIMEOUT_MS },
  secrets?: SessionSecrets,
): AlibabaApi {
  if (options.api !== undefined) return options.api;

  const { assumeRole, region = DEFAULT_REGION, ...withoutRole } = options;
  const source =
    assumeRole === undefined
      ? createCredentials(options)
      : assumedRole(createApi(withoutRole, timeouts, secrets), assumeRole, region);
  const credentials: Credentials = {
    getCredential: async () => {
      const credential = await source.getCredential();
      secrets?.note([credential.accessKeyId, credential.accessKeySecret, credential.securityToken]);
      return credential;
    },
  };
  const clients = new Map<string, Promise<GeneratedClient>>();

  const clientOf = (endpoint: Endpoint): Promise<GeneratedClient> => {
    const known = clients.get(endpoint.host);
    if (known !== undefined) return known;

    const loading = load(endpoint, credentials);
    // A failed load is not cached.
    loading.catch(() => clients.delete(endpoint.host));
    clients.set(endpoint.host, loading);
    return loading;
  };

  return {
    // What cannot be had becomes a proper error in the call itself.
    accessKeyId: () =>
      credentials.getCredential().then(
        ({ accessKeyId }) => accessKeyId,
        () => undefined,
      ),
    call: async (params, query, { signal, onHeaders, beforeSend }) => {
      signal?.throwIfAborted();
      const own = params.product === 'CloudAPI' ? options.cloudapi : undefined;
      const endpoint = endpointOf(params.product, params.region, options.endpoint);
      const client = own ?? (await clientOf(endpoint));
      signal?.throwIfAborted();
      return send(client, params, query, { protocol: endpoint.protocol, signal, onHeaders, beforeSend, timeouts });
    },
  };
}

async function load(endpoint: Endpoint, credential: Credentials): Promise<GeneratedClient> {
  if (hasProxy(process.env)) {
    const { proxiedClient } = await import('./proxy/proxied-client.js');
    return proxiedClient(endpoint, credential);
  }

  const { host, protocol } = endpoint;
  const Client = defaultExport(await import('@alicloud/openapi-client'));
  // The client reads these members only. Its Config class would make a copy and check nothing.
  const config = { endpoint: host, protocol, credential, userAgent: 'postern' };
  return new Client(config as ConstructorParameters<typeof Client>[0]);
}

interface Sending {
  readonly protocol: string;
  readonly signal: AbortSignal | undefined;
  readonly onHeaders: CallOptions['onHeaders'];
  readonly beforeSend: CallOptions['beforeSend'];
  readonly timeouts: Timeouts;
}

async function send(
  client: GeneratedClient,
  params: AlibabaCallParams,
  query: Readonly<Record<string, unknown>>,
  { protocol, signal, onHeaders, beforeSend, timeouts }: Sending,
): Promise<AlibabaAnswer> {
  const nonce = crypto.randomUUID();
  const watch = watchRequest(nonce, { connectMs: timeouts.connectMs, onHeaders, beforeSend });
  const [generic, request] = genericCall(params, flatten(query), protocol, { 'x-acs-signature-nonce': nonce });
  // The library's "connect timeout" is the time without any byte, the wait for an answer included.
  const runtime = { readTimeout: timeouts.answerMs, connectTimeout: timeouts.answerMs, autoretry: false };
  const answered = (async () => {
    const answer = (await callGeneric(client, generic, request, runtime)) as RawAnswer;
    return read(answer);
  })();
  try {
    return await ended(answered, watch, signal, timeouts.answerMs);
  } catch (error) {
    if (signal?.aborted) throw error;

    throw watch.refusal() ?? explained(error, watch);
  } finally {
    watch.stop();
  }
}

/**
 * Settles with the first of these: the response, the caller's abort, or the last timeout, for a library that
 * never settles.
 */
function ended<T>(
  answered: Promise<T>,
  watch: RequestWatch,
  signal: AbortSignal | undefined,
  answerMs: number,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const giveUp = (error: Error): void => {
      reject(error);
      watch.destroy();
    };
    const timer = setTimeout(() => giveUp(new NoAnswer(`no response after ${answerMs} ms`)), answerMs);
    const deaf = onAbort(signal, () => giveUp(abortError(signal)));
    const done = (): void => {
      clearTimeout(timer);
      deaf();
    };
    answered.then(resolve, reject).finally(done);
  });
}

interface RawAnswer {
  readonly body: Readable;
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
}

async function read({ body, statusCode, headers }: RawAnswer): Promise<AlibabaAnswer> {
  const text = await readBounded(body);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new BadAnswer(statusCode, 'it is not JSON', cause);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new BadAnswer(statusCode, 'it is not a JSON object', undefined);
  }

  return { body: parsed as Readonly<Record<string, unknown>>, statusCode, headers };
}

/**
 * The library parses the body of an error before it reports the status. HTML of a proxy is therefore a bare
 * SyntaxError there.
 */
function explained(error: unknown, watch: RequestWatch): unknown {
  const status = watch.status();
  const isParse = error instanceof SyntaxError || (error instanceof TypeError && status !== undefined);
  return isParse ? new BadAnswer(status, 'it is not JSON', error) : error;
}

function abortError(signal: AbortSignal | undefined): Error {
  const { reason } = signal ?? {};
  return reason instanceof Error
    ? reason
    : Object.assign(new Error('aborted', { cause: reason }), { name: 'AbortError' });
}
