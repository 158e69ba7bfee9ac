import { CALLER, type GatewayAnswer, type GatewayCall } from './gateway-call.js';
import type { AnswerHeaders } from './backends/backend.js';
import type { LoadSpec, LoadStatus } from './load.js';
import { lowerCased, mergedHeaders } from './merged-headers.js';
import type { SocketPeer } from './sockets.js';
import type { Traffic } from './traffic.js';

/** A call of a gateway in this process. */
export interface TrafficCall {
  /** A name of the gateway: `abc123.execute-api.eu-west-1.amazonaws.com`. */
  readonly host: string;
  /** `GET` by default. */
  readonly method?: string | undefined;
  /** With its query string; `/` by default. */
  readonly path?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | Uint8Array | undefined;
}

type Header = AnswerHeaders[string];

/** What a call is answered. */
export interface TrafficAnswer extends Pick<GatewayAnswer, 'status' | 'outcome' | 'because' | 'trace'> {
  /** Names in lower case; `x-postern-outcome` among them. */
  readonly headers: AnswerHeaders;
  /** As UTF-8. */
  readonly body: string;
  readonly bytes: Uint8Array;
}

/** A load job in this process. */
export interface LoadJob {
  readonly id: string;
  readonly status: () => LoadStatus;
  /** Makes one more call of each path now, beside those that time makes. */
  readonly callNow: () => LoadStatus;
  /** Makes no more calls. */
  readonly end: () => LoadStatus;
}

/** The doors of {@link Traffic} in this process. */
export function trafficDoor(traffic: Traffic) {
  return {
    call: (call: TrafficCall): Promise<TrafficAnswer> => callInProcess(traffic, call),
    load: (spec: LoadSpec): LoadJob => {
      const id = traffic.load(spec);
      const status = (found: LoadStatus | undefined): LoadStatus => {
        if (!found) throw new RangeError(`Load job ${id} is gone: the simulation was reset.`);

        return found;
      };
      return {
        id,
        status: () => status(traffic.loadStatus(id)),
        callNow: () => status(traffic.callNow(id)),
        end: () => status(traffic.endLoad(id)),
      };
    },
    connect: (call: TrafficCall, peer: SocketPeer): Promise<OpenConnection | TrafficAnswer> =>
      connectInProcess(traffic, call, peer),
    counters: () => traffic.counters(),
    resetCounters: () => traffic.resetCounters(),
  };
}

async function callInProcess(traffic: Traffic, given: TrafficCall): Promise<TrafficAnswer> {
  return trafficAnswer(await traffic.call(gatewayCall(given)));
}

function gatewayCall(given: TrafficCall): GatewayCall {
  const { host, method = 'GET', path = '/', headers = {}, body = '' } = given;
  return {
    host: host.toLowerCase(),
    method,
    path,
    headers: lowerCased(headers),
    body: bytesOf(body),
    sourceIp: CALLER,
  };
}

async function trafficAnswer(answer: GatewayAnswer): Promise<TrafficAnswer> {
  const { status, outcome, because, trace, body, stream } = answer;
  const bytes = stream ? await wholeOf(stream) : bytesOf(body);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  const headers = withOutcome(lowerCased(answer.headers), answer);
  return { status, outcome, because, trace, headers, body: text, bytes };
}

const bytesOf = (body: string | Uint8Array): Uint8Array => (typeof body === 'string' ? Buffer.from(body) : body);

/** The body of an answer that is streamed: as much of it as arrives. */
async function wholeOf(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of stream) chunks.push(chunk);
  } catch {
    // the backend, or its time limit, ended the answer too early
  }
  return Buffer.concat(chunks);
}

/** A connection to a WebSocket API in this process. */
export interface OpenConnection {
  readonly id: string;
  /** Resolves when the API has dealt with the message; what it sends back goes to the peer. */
  readonly send: (text: string) => Promise<void>;
  readonly close: () => void;
}

async function connectInProcess(
  traffic: Traffic,
  given: TrafficCall,
  peer: SocketPeer,
): Promise<OpenConnection | TrafficAnswer> {
  const opened = await traffic.connect(gatewayCall(given), peer);
  if ('status' in opened) return trafficAnswer(opened);

  return { id: opened.session.id, send: (text) => opened.receive(text), close: () => opened.ended() };
}

/** The headers of an answer, with what became of the call. */
export function headersOf(answer: GatewayAnswer): AnswerHeaders {
  return withOutcome(mergedHeaders(answer.headers), answer);
}

function withOutcome(headers: Record<string, Header>, { outcome, because }: GatewayAnswer): AnswerHeaders {
  headers['x-postern-outcome'] = outcome;
  if (because !== undefined) headers['x-postern-because'] = plain(because);
  return headers;
}

/** Text that a header may hold. */
function plain(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, '?');
}
