import type { ServiceName } from '../../../src/aws/operation/operation.js';
import { SERVICES } from '../../../src/aws/service-table.js';
import type { WireAnswer, WireRequest } from '../../../src/simulation/wire.js';

/** The request as the SDK passes it to its HTTP handler. */
interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

type Exports = Readonly<Record<string, new (argument: unknown) => { send: (command: unknown) => Promise<unknown> }>>;

/** The SDK's own client, with `answer` where its HTTP handler would be: nothing leaves the process. */
export async function sdkClient(service: ServiceName, answer: (request: WireRequest) => WireAnswer) {
  const exports = (await SERVICES[service].load()) as Exports;
  const [, Client] = Object.entries(exports).find(([name]) => /^[A-Z]\w*Client$/.test(name)) ?? [];
  if (!Client) throw new Error(`the package of ${service} exports no client`);
  const client = new Client({
    region: 'eu-west-1',
    endpoint: 'http://127.0.0.1:4010',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
    disableHostPrefix: true,
    requestHandler: {
      handle: (request: SdkRequest) => {
        const { status, headers, body } = answer(wireRequest(request));
        return Promise.resolve({ response: { statusCode: status, headers: { ...headers }, body: Buffer.from(body) } });
      },
    },
  });
  return {
    send: (operation: string, input: unknown) => {
      const Command = exports[`${operation}Command`];
      if (!Command) throw new Error(`${operation}Command is not exported`);
      return client.send(new Command(input)) as Promise<Record<string, unknown>>;
    },
  };
}

function wireRequest({ method, path, query = {}, headers, body = '' }: SdkRequest): WireRequest {
  const pairs = Object.entries(query).flatMap(([key, value]) =>
    (typeof value === 'string' || value === null ? [value ?? ''] : value).map(
      (item) => `${encodeURIComponent(key)}=${encodeURIComponent(item)}`,
    ),
  );
  const text = pairs.join('&');
  return {
    method,
    path,
    query: text,
    target: text === '' ? path : `${path}?${text}`,
    host: '127.0.0.1',
    headers,
    body: typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength),
  };
}
