import { STATUS_CODES } from 'node:http';
import type { BackendResult, AnswerHeaders } from './backends/backend.js';
import type { Outcome } from './outcomes.js';

/** An answer that a load balancer makes itself. */
export type BalancerAnswer = Extract<BackendResult, { readonly kind: 'answered' }>;

/**
 * Two names of a status are those of nginx, also on the pages of an ALB [M].
 * @see https://github.com/awslabs/sagemaker-dashboards-for-ml/issues/3
 */
const NAMES: Readonly<Record<number, string>> = { 503: 'Service Temporarily Unavailable', 504: 'Gateway Time-out' };

/** A page of a load balancer: the status and its name; with a text, the page that nginx has for an error of its own. */
export function balancerPage(status: number, outcome: Outcome, headers: AnswerHeaders, text?: string): BalancerAnswer {
  const title = `${status} ${NAMES[status] ?? STATUS_CODES[status] ?? ''}`.trim();
  const head = text === undefined ? title : `${status} ${text}`;
  const more = text === undefined ? '' : `<center>${text}</center>\r\n`;
  const body = `<html>\r\n<head><title>${head}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n${more}</body>\r\n</html>\r\n`;
  return { kind: 'answered', status, headers, body, outcome };
}

/** What a load balancer that speaks HTTP answers where its server does not. `late` says which time limit has passed. */
export function answerForServer(result: BackendResult, headers: AnswerHeaders, late: string): BackendResult {
  if (result.kind === 'answered') return result;

  return result.kind === 'reset'
    ? { ...balancerPage(502, 'reset', headers), because: result.because }
    : { ...balancerPage(504, 'timeout', headers), because: late };
}
