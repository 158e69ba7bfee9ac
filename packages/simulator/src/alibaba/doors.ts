import type { Dispatcher } from '../simulation/dispatch/dispatcher.js';
import type { FaultRule, OnCall } from '../simulation/world/faults.js';
import type { Gate } from '../simulation/dispatch/gate.js';
import { callerOf, DEFAULT_REGION, type Alibaba } from './dispatch.js';
import { decodeInput } from './request/decode-input.js';
import { journalName } from './gate.js';
import { KNOWN_ACTIONS } from './known-actions/index.js';
import { findAlibabaRegion, APIG_REGIONS } from './operation/regions.js';
import type { RpcRequest } from './request/rpc-request.js';
import { endpointOf, productOf, type ProductName, AlibabaError } from './operation/operation.js';
import { alibabaRegistry } from './services.js';
import { gatewayWords } from './operation/words.js';
import { flatParameters, routeOf, type RoaRequest } from './request/roa-request.js';

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

/** The one product of the ROA style. */
const PRODUCT = 'APIG';

/**
 * Codes that the product itself answers. It writes its errors in small letters; those of the gateway in front of it begin with capitals.
 * @see https://help.aliyun.com/en/api-gateway/cloud-native-api-gateway/developer-reference/api-apig-2024-03-27-errorcodes
 */
const OWN_CODE = /^(?:APIG|Conflict|NotFound|DatabaseError|Error|InvalidParameter)\b/;

/** Answers calls of the ROA style, over HTTP or in this process. */
export class RoaDoor {
  constructor(
    private readonly dispatcher: Dispatcher<Alibaba>,
    private readonly gate: Gate<Alibaba>,
    private readonly requestId: () => string,
  ) {}

  /** As {@link RpcDoor.answer}. A call without a region is one of the region that has what its path names. */
  answer(roa: RoaRequest, host: string | undefined, accessKeyId: () => string, onCall?: OnCall): RpcAnswer {
    const requestId = this.requestId();
    const region = roa.regionId ?? this.#regionOf(roa.path) ?? DEFAULT_REGION;
    const hostId = host ?? endpointOf(PRODUCT, region);
    const bodyOf = (error: AlibabaError): Record<string, unknown> =>
      OWN_CODE.test(error.code) ? roaErrorBody(error, requestId) : errorBody(error, requestId, hostId, PRODUCT);
    let name = '';
    try {
      const route = routeOf(roa);
      ({ name } = route);
      const operation = alibabaRegistry.find(PRODUCT, name);
      const caller = callerOf(this.dispatcher, region, accessKeyId());
      if (!operation) throw gatewayWords.notSimulated(PRODUCT, name);
      if (!findAlibabaRegion(region) || !APIG_REGIONS.has(region)) throw gatewayWords.unknownRegion();

      const input = decodeInput(operation, flatParameters(operation, route.parameters, roa));
      const { output, error, status, fault, release } = this.gate.pass({ operation, region, caller, input, onCall });
      const body = error ? bodyOf(error) : roaSuccessBody(output, requestId, operation.isBare === true);
      return { status, body, requestId, error, fault, release };
    } catch (error) {
      if (!(error instanceof AlibabaError)) throw error;

      this.gate.record(journalName(PRODUCT), name, error.status);
      return { status: error.status, body: bodyOf(error), requestId, error, fault: undefined, release: undefined };
    }
  }

  #regionOf(path: string): string | undefined {
    const [id] = path.split('/').filter((segment) => /^[a-z]+-[0-9a-z]/.test(segment) && segment !== 'http-apis');
    if (id === undefined) return undefined;

    const has = (rows: unknown): boolean => rows instanceof Map && rows.has(id);
    const regions = [...this.dispatcher.state.regions.values()];
    return regions.find(({ apig }) => Object.values(apig).some(has))?.name;
  }
}

/** A success's body: what the action answered, and which request it was. */
export function successBody(output: unknown, requestId: string): Record<string, unknown> {
  return { ...(output as object | undefined), RequestId: requestId };
}

/** An error's body. @see https://www.alibabacloud.com/help/en/sdk/product-overview/rpc-mechanism */
function errorBody(
  { code, message, fields }: AlibabaError,
  requestId: string,
  host: string,
  product: ProductName | undefined,
): Record<string, unknown> {
  const about = product === undefined ? '' : `&product=${product}`;
  return {
    RequestId: requestId,
    HostId: host,
    Code: code,
    Message: message,
    Recommend: `https://api.aliyun.com/troubleshoot?q=${encodeURIComponent(code)}${about}&requestId=${requestId}`,
    ...fields,
  };
}

/** A success's body of an ROA product. `success` is not in the official models, but in answers. */
function roaSuccessBody(output: unknown, requestId: string, isBare: boolean): Record<string, unknown> {
  if (isBare) return { ...(output as object | undefined), RequestId: requestId };

  const data = output === undefined ? {} : { data: output };
  return { requestId, code: 'Ok', message: 'success', success: true, ...data };
}

/** An error's body of an ROA product, where the product itself refuses a call. */
function roaErrorBody({ code, message, fields }: AlibabaError, requestId: string): Record<string, unknown> {
  return { requestId, code, message, success: false, ...fields };
}
