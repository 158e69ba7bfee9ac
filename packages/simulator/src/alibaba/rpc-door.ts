import type { Dispatcher } from '../simulation/dispatch/dispatcher.js';
import type { FaultRule, OnCall } from '../simulation/world/faults.js';
import type { Gate } from '../simulation/dispatch/gate.js';
import { errorBody, successBody } from './answers.js';
import { callerOf, DEFAULT_REGION } from './caller.js';
import type { Alibaba } from './dispatch.js';
import { decodeInput } from './request/decode-input.js';
import { journalName } from './gate.js';
import { KNOWN_ACTIONS } from './known-actions/index.js';
import { endpointOf, productOf, type ProductName } from './operation/product.js';
import { findAlibabaRegion } from './operation/regions.js';
import type { RpcRequest } from './request/rpc-request.js';
import { AlibabaError } from './operation/operation.js';
import { alibabaRegistry } from './services.js';
import { gatewayWords } from './operation/words.js';

/** An answer before it is written down. */
export interface RpcAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly requestId: string;
  readonly error: AlibabaError | undefined;
  readonly fault: FaultRule | undefined;
  readonly release: (() => void) | undefined;
}

/** Answers calls of the RPC style, over HTTP or in this process. */
export class RpcDoor {
  constructor(
    private readonly dispatcher: Dispatcher<Alibaba>,
    private readonly gate: Gate<Alibaba>,
    private readonly requestId: () => string,
  ) {}

  /**
   * `host` is the endpoint that was called, if it was a real one. `accessKeyId` returns the caller's access
   * key ID, or throws when the caller is refused.
   */
  answer(rpc: RpcRequest, host: string | undefined, accessKeyId: () => string, onCall?: OnCall): RpcAnswer {
    const requestId = this.requestId();
    const product = productOf(rpc.version);
    const region = rpc.regionId ?? DEFAULT_REGION;
    const hostId = host ?? endpointOf(product ?? 'Ram', region);
    const refused = (error: AlibabaError): RpcAnswer => {
      const { status } = error;
      const body = errorBody(error, requestId, hostId, product);
      return { status, body, requestId, error, fault: undefined, release: undefined };
    };
    try {
      const { action, operation } = named(rpc, product);
      const caller = callerOf(this.dispatcher, region, accessKeyId());
      if (!operation) throw gatewayWords.notSimulated(product as ProductName, action);
      if (!findAlibabaRegion(region)) throw gatewayWords.unknownRegion();

      const input = decodeInput(operation, rpc.parameters);
      const { output, error, status, fault, release } = this.gate.pass({ operation, region, caller, input, onCall });
      const body = error ? errorBody(error, requestId, hostId, product) : successBody(output, requestId);
      return { status, body, requestId, error, fault, release };
    } catch (error) {
      if (!(error instanceof AlibabaError)) throw error;

      this.gate.record(product ? journalName(product) : 'alibaba', rpc.action ?? '', error.status);
      return refused(error);
    }
  }
}

/** Which action a request names. @throws {AlibabaError} when it names none that the product has */
function named({ action, version, format }: RpcRequest, product: ProductName | undefined) {
  if (action === undefined || action === '') throw gatewayWords.noAction();
  if (version === undefined || version === '') throw gatewayWords.noVersion();
  if (!product) throw gatewayWords.unknownVersion();
  if (format !== undefined && format.toUpperCase() !== 'JSON') throw gatewayWords.unknownFormat();

  const operation = alibabaRegistry.find(product, action);
  if (!operation && !KNOWN_ACTIONS[product].has(action)) throw gatewayWords.unknownAction();

  return { action, operation };
}
