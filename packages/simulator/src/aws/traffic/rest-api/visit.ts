import type { GatewayAnswer, GatewayCall, Trace } from '../../../simulation/traffic/gateway-call.js';
import type { AnswerHeaders } from '../../../simulation/traffic/backends/backend.js';
import { mergedHeaders } from '../../../simulation/traffic/merged-headers.js';
import type { Outcome } from '../../../simulation/traffic/outcomes.js';
import type { AnsweredType, Response } from '../../rest-api/execution/failure.js';
import type { MethodRequest } from '../../rest-api/execution/mapped-value.js';
import type { RestApiCopy, RestStageRow } from '../../rest-api/state.js';
import type { RestView } from '../api-view.js';
import type { Ground } from '../front.js';
import { httpDate } from '../../../simulation/time/http-date.js';
import type { Route } from './router.js';

/** The IDs of a call. */
export interface CallIds {
  readonly requestId: string;
  /** `x-amz-apigw-id`. */
  readonly extendedId: string;
}

/** A call that has reached a method of a stage. */
export interface Visit extends CallIds {
  readonly ground: Ground;
  readonly view: RestView;
  readonly call: GatewayCall;
  readonly stage: RestStageRow;
  /** What the stage, or its canary, serves. */
  readonly copy: RestApiCopy;
  readonly route: Route;
  readonly request: MethodRequest;
  readonly vpcEndpointId: string | undefined;
  readonly trace: Trace;
}

/** Why a call is not passed on. */
export interface Refusal {
  readonly type: AnsweredType;
  readonly outcome: Outcome;
  readonly because: string;
  /** In place of the default message of the type. */
  readonly message?: string | undefined;
}

/** What the caller gets, with the headers that every answer of a REST API has. */
export function answer(
  { ground, requestId, extendedId }: CallIds & { readonly ground: Pick<Ground, 'now'> },
  { status, headers, body }: Response,
  end: { readonly outcome: Outcome; readonly because?: string | undefined; readonly trace: Trace },
): GatewayAnswer {
  const { outcome, because, trace } = end;
  const Date = httpDate(ground.now());
  const hasType = 'Content-Type' in headers || 'content-type' in headers;
  const all = mergedHeaders<AnswerHeaders[string]>(
    hasType ? { Date } : { Date, 'Content-Type': 'application/json' },
    headers,
    { 'x-amzn-RequestId': requestId, 'x-amz-apigw-id': extendedId },
  );
  return { status, headers: all, body, outcome, because, trace };
}
