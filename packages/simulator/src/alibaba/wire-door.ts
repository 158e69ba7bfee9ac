import { answerOverWire } from '../simulation/dispatch/dispatcher.js';
import type { WireAnswer, WireRequest } from '../simulation/wire.js';
import { PRODUCTS } from './operation/operation.js';
import type { RoaDoor, RpcAnswer, RpcDoor } from './doors.js';
import { isRoaRequest, readRoaRequest, type RoaRequest } from './request/roa-request.js';
import { header, PRODUCT_HOST, readRpcRequest, type RpcRequest } from './request/rpc-request.js';
import type { Verifier } from './signature/verifier.js';

const VERSIONS: ReadonlySet<string> = new Set(Object.values(PRODUCTS).map(({ version }) => version));

/** Alibaba Cloud on the wire: reads requests, writes answers. */
export class WireDoor {
  constructor(
    private readonly rpc: RpcDoor,
    private readonly roa: RoaDoor,
    private readonly verifier: Verifier,
  ) {}

  /** Whether a request is addressed to Alibaba Cloud: by its header, its parameters or its host. */
  recognizes(request: WireRequest): boolean {
    if (header(request, 'x-acs-action') !== undefined || PRODUCT_HOST.test(request.host)) return true;
    if (isRoaRequest(request)) return true;
    if (request.path !== '/') return false;

    const parameters = new URLSearchParams(
      `${request.query}&${request.body.length < 65_536 ? request.body.toString('utf8') : ''}`,
    );
    return (
      parameters.has('Action') && (parameters.has('SignatureNonce') || VERSIONS.has(parameters.get('Version') ?? ''))
    );
  }

  handle(request: WireRequest): WireAnswer {
    const host = PRODUCT_HOST.test(request.host) ? request.host : undefined;
    const answer = isRoaRequest(request) ? this.#answerRoa(request, host) : this.#answerRpc(request, host);
    return answerOverWire(write(answer), answer);
  }

  #answerRpc(request: WireRequest, host: string | undefined): RpcAnswer {
    const { rpc, refused } = read(request);
    return this.rpc.answer(rpc, host, () => {
      if (refused) throw refused;

      return this.verifier.accessKeyId(request, rpc);
    });
  }

  /** Signatures of this style are in headers. */
  #answerRoa(request: WireRequest, host: string | undefined): RpcAnswer {
    const { roa, refused } = readRoa(request);
    return this.roa.answer(roa, host, () => {
      if (refused) throw refused;

      return this.verifier.accessKeyId(request, NOTHING);
    });
  }
}

function readRoa(request: WireRequest): { readonly roa: RoaRequest; readonly refused?: Error } {
  try {
    return { roa: readRoaRequest(request) };
  } catch (error) {
    const { method, path } = request;
    return { roa: { method, path, query: new Map(), body: {}, regionId: undefined }, refused: error as Error };
  }
}

const NOTHING: RpcRequest = {
  action: undefined,
  version: undefined,
  format: undefined,
  regionId: undefined,
  parameters: new Map(),
};

/** An unreadable request is refused later, when there is a request ID. */
function read(request: WireRequest): { readonly rpc: RpcRequest; readonly refused?: Error } {
  try {
    return { rpc: readRpcRequest(request) };
  } catch (error) {
    const named = { action: header(request, 'x-acs-action'), version: header(request, 'x-acs-version') };
    return { rpc: { ...NOTHING, ...named }, refused: error as Error };
  }
}

function write({ status, body, requestId }: RpcAnswer): WireAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json;charset=utf-8', 'x-acs-request-id': requestId },
    body: JSON.stringify(body),
  };
}
