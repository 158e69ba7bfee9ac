import type { Gateway } from '@postern/core/internal/snapshot';
import {
  NOT_REACHED,
  OTHER_NAME,
  noBackend,
  noRoute,
  refused,
  type CallerAnswer,
  type GatewayRules,
  type MadeAnswer,
  type NoAddress,
} from '@postern/core/internal/kinds';
import { APIG_STAGE } from './types.js';

/** A gateway's own name answers 1,000 calls a day, over HTTP; callers use a custom domain. */
function gatewayDomain({ settings }: Gateway): string | NoAddress {
  const own = settings?.domains.find(({ kind }) => kind === 'public')?.name;
  if (own === undefined) return { because: 'the HTTP API has no public domain of its gateway', remedy: OTHER_NAME };

  return `http://${own}${(settings?.basePath ?? '').replace(/(?<!\/)\/+$/, '')}`;
}

/**
 * The engine's own answers: 404 without a body where no route matches; 503 with the text of Envoy where no backend
 * answers. What the authentication refuses has the engine's header. [I]: status of the two others.
 * @see https://www.alibabacloud.com/help/en/api-gateway/cloud-native-api-gateway/support/faq
 */
function cloudNative({ status, headers, body = '' }: CallerAnswer): MadeAnswer | undefined {
  if (status >= 500 && /^(?:upstream connect error|no healthy upstream|upstream request timeout)/.test(body))
    return noBackend(NOT_REACHED);
  if (headers['x-ca-error-message'] !== undefined) return refused('the authentication of the gateway refused the call');
  if (status === 404 && body === '' && headers['content-type'] === undefined)
    return noRoute('the gateway has no such route, or it is not published');

  return undefined;
}

export const APIG_HTTP_API_RULES: GatewayRules = {
  own: gatewayDomain,
  stage: { in: 'path', unnamed: APIG_STAGE },
  madeAnswer: cloudNative,
};
