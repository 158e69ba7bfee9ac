import { plainCopy } from '@postern/core/internal/adapter';
import type { ClientOptions, FaultRule } from '../simulation/world/faults.js';
import { answerInProcess, suffer } from '../simulation/dispatch/dispatcher.js';
import { httpDate } from '../simulation/time/time.js';
import type { World } from '../simulation/world/world.js';
import { flatten } from './request/rpc-request.js';
import type { RoaDoor, RpcAnswer, RpcDoor } from './doors.js';
import { requireFresh } from './signature/verifier.js';

/** Which action to call, and where, as the official clients name it. */
export interface AlibabaCallParams {
  /** `CloudAPI`, `Ecs`, …: for the reader; the version identifies the product. */
  readonly product: string;
  /** `2016-07-14`. */
  readonly version: string;
  readonly action: string;
  readonly region: string;
  /** Of an ROA product: method, path (`/v1/gateways/gw-1`) and body. Parameters are the query. */
  readonly method?: string | undefined;
  readonly pathname?: string | undefined;
  readonly body?: Readonly<Record<string, unknown>> | undefined;
}

/** What was answered: the body as JSON reads it. */
export interface AlibabaResponse {
  readonly body: Record<string, unknown>;
  readonly statusCode: number;
  readonly headers: Record<string, string>;
}

/**
 * A client that calls the simulation without any wire between. Parameters may be nested; they are flattened as the
 * official clients do it. Refusals are thrown in the shape of `@alicloud/openapi-client`'s errors: `code`, `data`.
 */
export interface SimulatedAlibaba {
  readonly call: (
    params: AlibabaCallParams,
    query: Readonly<Record<string, unknown>>,
    options?: {
      readonly signal?: AbortSignal | undefined;
      /** Called with the headers that the answer has over HTTP. */
      readonly onHeaders?: ((headers: Readonly<Record<string, string>>) => void) | undefined;
      /** Asked before the request leaves. */
      readonly beforeSend?: (() => void) | undefined;
    },
  ) => Promise<AlibabaResponse>;
}

/** Creates the client of a region. A call that names another region is sent there. */
export function simulatedAlibaba(
  world: World,
  doors: { readonly rpc: RpcDoor; readonly roa: RoaDoor },
  region: string,
  { onCall, machineClock }: ClientOptions,
): SimulatedAlibaba {
  return {
    call: async (params, query, { signal, onHeaders, beforeSend } = {}) => {
      signal?.throwIfAborted();
      beforeSend?.();
      const end = world.begin();
      try {
        const parameters = flatten(query);
        const regionId = parameters.get('RegionId') ?? (params.region === '' ? region : params.region);
        const signer = (): string => {
          if (machineClock) requireFresh(machineClock(), world.now());
          return 'LTAIPOSTERNSIMULATOR';
        };
        const { action, version, method = 'GET', pathname, body = {} } = params;
        const answer =
          pathname === undefined
            ? doors.rpc.answer({ action, version, format: undefined, regionId, parameters }, undefined, signer, onCall)
            : doors.roa.answer(
                { method, path: pathname, query: parameters, body, regionId },
                undefined,
                signer,
                onCall,
              );
        const headers = { date: httpDate(world.now()), 'x-acs-request-id': answer.requestId };
        await answerInProcess(answer, end, (fault) => sufferAsTheClient(world, fault, answer.status));
        onHeaders?.(headers);
        signal?.throwIfAborted();
        return responseOf(answer, headers);
      } finally {
        end();
      }
    },
  };
}

/** What a fault does to the answer. An answer that is not JSON has the status that came with it. */
async function sufferAsTheClient(world: World, fault: FaultRule, statusCode: number): Promise<void> {
  try {
    await suffer(world, fault);
  } catch (error) {
    throw error instanceof SyntaxError ? Object.assign(error, { statusCode }) : error;
  }
}

/** @throws {Error} as `@alicloud/tea-typescript` makes it of an answer of 400 or above */
function responseOf({ status, body, requestId }: RpcAnswer, headers: AlibabaResponse['headers']): AlibabaResponse {
  const copy = plainCopy(body) as Record<string, unknown>;
  if (status < 400) return { body: copy, statusCode: status, headers };

  const code = String(copy['Code'] ?? copy['code']);
  const text = String(copy['Message'] ?? copy['message']);
  const message = `${code}: code: ${status}, ${text} request id: ${requestId}`;
  throw Object.assign(new Error(message), {
    code,
    statusCode: status,
    data: { ...copy, statusCode: status },
    description: String(copy['Description']),
    accessDeniedDetail: copy['AccessDeniedDetail'],
  });
}
