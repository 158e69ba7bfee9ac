import type { Gateway } from '@postern/core/snapshot';
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
} from '@postern/core/kinds';
import { APIG_STAGE } from '../cloud-native/cloud/types.js';

/** A custom domain may have no certificate, or point elsewhere. The group's own name has neither fault. */
function groupDomain({ settings }: Gateway): string | NoAddress {
  const own = settings?.domains.find(({ kind }) => kind === 'public')?.name;
  if (own === undefined) return { because: 'the API group has no public domain', remedy: OTHER_NAME };
  return `https://${own}${(settings?.basePath ?? '').replace(/\/+$/, '')}`;
}

/** A gateway's own name answers 1,000 calls a day, over HTTP; callers use a custom domain. */
function gatewayDomain({ settings }: Gateway): string | NoAddress {
  const own = settings?.domains.find(({ kind }) => kind === 'public')?.name;
  if (own === undefined) return { because: 'the HTTP API has no public domain of its gateway', remedy: OTHER_NAME };
  return `http://${own}${(settings?.basePath ?? '').replace(/\/+$/, '')}`;
}

/**
 * An answer with an error code is of the gateway, one without is of the backend. D stands for the backend. I404: there is
 * no such API. I410: the group has left the instance.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/support/api-gateway-error-code-table
 */
function apiGroup({ status, headers }: CallerAnswer): MadeAnswer | undefined {
  const code = headers['x-ca-error-code'] ?? '';
  if (code === '') return undefined;
  const shown = /^[A-Z]\d{3}[A-Z]{2}$/.test(code) ? code : 'an unknown code';
  if (/^I4(?:04|10)/.test(code)) return noRoute(`the gateway does not serve the route on this stage (${shown})`);
  if (code.startsWith('D') || status >= 500) return noBackend(`${NOT_REACHED} (${shown})`);
  return refused(`the gateway refused the call (${shown})`);
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

/** @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/call-an-api */
export const API_GROUP_RULES: GatewayRules = {
  own: groupDomain,
  stage: { in: 'header', name: 'x-ca-stage' },
  madeAnswer: apiGroup,
};

export const APIG_HTTP_API_RULES: GatewayRules = {
  own: gatewayDomain,
  stage: { in: 'path', unnamed: APIG_STAGE },
  madeAnswer: cloudNative,
};
