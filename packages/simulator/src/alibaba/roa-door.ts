import type { Dispatcher } from '../simulation/dispatch/dispatcher.js';
import type { Gate } from '../simulation/dispatch/gate.js';
import type { OnCall } from '../simulation/world/faults.js';
import { errorBody, roaErrorBody, roaSuccessBody } from './answers.js';
import { callerOf, DEFAULT_REGION } from './caller.js';
import type { Alibaba } from './dispatch.js';
import { journalName } from './gate.js';
import { APIG_REGIONS, findAlibabaRegion } from './operation/regions.js';
import { endpointOf } from './operation/product.js';
import { AlibabaError } from './operation/operation.js';
import { gatewayWords } from './operation/words.js';
import { decodeInput } from './request/decode-input.js';
import { flatParameters, routeOf, type RoaRequest } from './request/roa-request.js';
import type { RpcAnswer } from './rpc-door.js';
import { alibabaRegistry } from './services.js';

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
